using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Rate of change in percent: 100·(x / x of <c>period</c> inputs ago − 1). Ready with input <c>period + 1</c>.</summary>
/// <remarks>0 where the earlier input is 0.</remarks>
[Indicator("roc", "TA-Lib ROC")]
public sealed class Roc : Indicator<double, Roc.State>
{
    private readonly Window _window;

    public Roc([Range(1, 100_000)] int period = 10, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length + 1;

    /// <summary>The change from one number to another in percent; 0 where the first is 0.</summary>
    public static double Percent(double from, double to) => from == 0 ? 0 : 100 * (to - from) / from;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, OwnWarmUp), Percent(_window.Leaving, input));

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Change;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Change);
}
