using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Sum of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("sum", "TA-Lib SUM")]
public sealed class Sum : Indicator<double, Sum.State>
{
    private readonly Window _window;

    public Sum([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _window.Length), state.Total.Slide(input, _window.Leaving));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Total.Total;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, CompensatedSum Total);
}
