using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Price volume trend: the running sum of volume × relative change of the close, from 0 on. Ready with the first bar.</summary>
/// <remarks>A change from a close of 0 adds nothing.</remarks>
[Indicator("pvt", "Achelis, Technical Analysis from A to Z, 1995")]
public sealed class PriceVolumeTrend : Indicator<Bar, PriceVolumeTrend.State>
{
    public PriceVolumeTrend(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar) =>
        new(bar.Close, state.Close == 0 ? state.Sum : state.Sum.Plus(bar.Volume * (bar.Close - state.Close) / state.Close));

    protected override double Read(in State state) => state.Sum.Total;

    public readonly record struct State(double Close, CompensatedSum Sum);
}
