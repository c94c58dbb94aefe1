using Tradewind.Core.Market;

namespace Tradewind.Core.Risk;

/// <summary>No new risk while the exchange is closed, by the instrument's calendar: outside the session, in the daily halt, on holidays, after an early close.</summary>
/// <param name="quietEnd">No new risk within this time before the session's close either; zero or more.</param>
/// <remarks>How it lies: an unforeseen halt of the exchange is not in the calendar; <see cref="StaleData"/> catches that.</remarks>
public sealed class MarketHours(TimeSpan quietEnd = default) : IRiskRule
{
    public string Name => "market-hours";

    public bool ChecksReductions => false;

    /// <summary>Measures the seconds until the close (below zero: until the next opening).</summary>
    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double limit = quietEnd.TotalSeconds;
        Session session = draft.Instrument.Calendar.SessionAt(view.Now);
        if (!draft.Instrument.Calendar.IsOpen(view.Now)) return RiskDecision.Deny(RiskCode.MarketClosed, Math.Min(0, (view.Now - session.Open).TotalSeconds), limit);
        double left = (session.Close - view.Now).TotalSeconds;
        return left > limit ? RiskDecision.Approve(left, limit) : RiskDecision.Deny(RiskCode.MarketClosed, left, limit);
    }
}
