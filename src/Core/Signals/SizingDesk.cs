using Tradewind.Core.Indicators;
using Tradewind.Core.Model;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Sees that a sizing has what it looks at: each strategy's results, and the range of its bars.</summary>
internal sealed class SizingDesk(ISizing sizing)
{
    private readonly Dictionary<int, Indicator> _ranges = [];

    public void Join(StrategySlot slot)
    {
        if (sizing.Memory > 0) slot.RoundTrips.Results = new(sizing.Memory);
        if (sizing.RangePeriod == 0) return;
        var range = new Atr(sizing.RangePeriod);
        slot.Series.Keep(range);
        _ranges.Add(slot.Index, range);
    }

    /// <summary>Units; where they come to nothing, why.</summary>
    public SignalRefusal Size(StrategySlot slot, double entry, double stop, double equity, out decimal units)
    {
        var request = new SizingRequest(slot.Instrument, entry, stop, equity) { Results = slot.RoundTrips.Results, AverageRange = RangeOf(slot) };
        units = sizing.Size(in request);
        return units.IsAboveZero ? SignalRefusal.None : sizing.WhyNothing(in request);
    }

    private double RangeOf(StrategySlot slot) => _ranges.Count > 0 && _ranges.TryGetValue(slot.Index, out Indicator? range) && range.IsReady ? range[0] : double.NaN;
}
