using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Linearly weighted moving average: the newest of the last <c>period</c> inputs weighs <c>period</c>, the oldest 1. Ready with the <c>period</c>-th.</summary>
[Indicator("wma", "TA-Lib WMA")]
public sealed class Wma : Indicator<double, Wma.State>
{
    private readonly Window _window;

    public Wma([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) =>
        new(Math.Min(state.Count + 1, _window.Length), state.Sum.After(input, _window.Leaving, _window.Length));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Sum.Mean(_window.Length);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, WeightedSum Sum);
}
