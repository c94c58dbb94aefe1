using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Simple moving average: the mean of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
/// <remarks>The running sum carries its rounding with it: the value is the mean of the window, correctly rounded, after any number of updates.</remarks>
[Indicator("sma", "TA-Lib SMA")]
public sealed class Sma : Indicator<double, Sma.State>
{
    private readonly Window _window;
    private readonly int _period;
    private readonly double _divisor;
    private readonly double _inverse;

    public Sma([Range(1, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _window = Own(new Window(period));
        _period = period;
        _divisor = period;
        _inverse = 1.0 / period;
    }

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input) =>
        new(Math.Min(state.Count + 1, _period), state.Sum.Slide(input, _window.Leaving));

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Sum.Over(_divisor, _inverse);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, CompensatedSum Sum);
}
