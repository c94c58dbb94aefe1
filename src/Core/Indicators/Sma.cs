using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Simple moving average: the mean of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
/// <remarks>The running sum is added up afresh once a round of the window, so rounding never piles up beyond one round.</remarks>
[Indicator("sma", "TA-Lib SMA")]
public sealed class Sma : Indicator<double, Sma.State>
{
    private readonly Window _window;
    private readonly double _weight;

    public Sma([Range(1, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _window = Own(new Window(period));
        _weight = 1.0 / period;
    }

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input)
    {
        double sum = _window.CompletesRound ? _window.SumWith(input) : state.Sum + input - _window.Leaving;
        return new(sum, Math.Min(state.Count + 1, _window.Length));
    }

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Sum * _weight;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(double Sum, int Count);
}
