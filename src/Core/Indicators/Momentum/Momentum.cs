using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Momentum: x − x of <c>period</c> inputs ago. Ready with input <c>period + 1</c>.</summary>
[Indicator("momentum", "TA-Lib MOM")]
public sealed class Momentum : Indicator<double, Momentum.State>
{
    private readonly Window _window;

    public Momentum([Range(1, 100_000)] int period = 10, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length + 1;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, OwnWarmUp), input - _window.Leaving);

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Change;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Change);
}
