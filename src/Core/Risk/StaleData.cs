using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>No new risk on old market data, or while the feed says that its data cannot be trusted.</summary>
/// <param name="maximumAge">Oldest market data that an entry may rest on, above zero.</param>
public sealed class StaleData(TimeSpan maximumAge) : IRiskRule
{
    public string Name => "stale-data";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double limit = maximumAge.TotalSeconds;
        Timestamp last = view.LastMarketData(draft.InstrumentIndex);
        if (last == Timestamp.MinValue) return RiskDecision.Deny(RiskCode.NoPrice, 0, limit);
        TimeSpan age = view.Now - last;
        double seconds = age.TotalSeconds;
        return age <= maximumAge && !view.IsFeedDown(draft.InstrumentIndex)
            ? RiskDecision.Approve(seconds, limit)
            : RiskDecision.Deny(RiskCode.StaleData, seconds, limit);
    }
}
