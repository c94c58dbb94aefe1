using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Percent rank, 0 to 100: how many percent of the <c>period</c> inputs before are smaller than this one. Ready with input <c>period + 1</c>. Each update costs O(period).</summary>
[Indicator("percentRank", "Connors and Alvarez, An Introduction to ConnorsRSI, 2012; some charts also count equal ones")]
public sealed class PercentRank : Indicator<double, PercentRank.State>
{
    private readonly Window _window;

    public PercentRank([Range(1, 100_000)] int period = 100, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length + 1;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, OwnWarmUp), 100.0 * _window.CountBelow(input) / _window.Length);

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Rank;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Rank);
}
