using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Chaikin money flow, −1 to 1: volume weighted by where each close stands in its bar, over the volume of <c>period</c> bars. Ready with the <c>period</c>-th.</summary>
/// <remarks>0 where nothing was traded in the window.</remarks>
[Indicator("cmf", "Chaikin")]
public sealed class ChaikinMoneyFlow : Indicator<Bar, ChaikinMoneyFlow.State>
{
    private readonly Window _flows;
    private readonly Window _volumes;

    public ChaikinMoneyFlow([Range(1, 100_000)] int period = 20, BarSource? bars = null) : base(bars, period) =>
        (_flows, _volumes) = (Own(new Window(period)), Own(new Window(period)));

    protected override int OwnWarmUp => _volumes.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        double flow = AccumulationDistribution.FlowOf(in bar);
        return new(Math.Min(state.Count + 1, _volumes.Length), flow, state.Sums.Slide(flow, bar.Volume, _flows.Leaving, _volumes.Leaving));
    }

    protected override double Read(in State state) => state.Count < _volumes.Length ? double.NaN : state.Sums.Or(0);

    protected override void Remember(in State next, in Bar bar)
    {
        _flows.Push(next.Flow);
        _volumes.Push(bar.Volume);
    }

    public readonly record struct State(int Count, double Flow, RatioOfSums Sums);
}
