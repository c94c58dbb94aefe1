using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Negative volume index: from 1000 on, it takes part in price changes on falling volume only. Ready with the first bar.</summary>
/// <remarks>A change from or to a price that is not above 0 is left out.</remarks>
[Indicator("nvi", "Fosback, Stock Market Logic, 1976")]
public sealed class NegativeVolumeIndex : Indicator<Bar, NegativeVolumeIndex.State>
{
    public NegativeVolumeIndex(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar) => new(state.Index.After(in bar, bar.Volume < state.Index.Volume));

    protected override double Read(in State state) => state.Index.Index;

    public readonly record struct State(VolumeIndex Index);
}
