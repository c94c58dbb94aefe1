using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>
/// No new risk while the exchange is closed, by the instrument's calendar (outside the session, in the daily halt, on holidays, after an early close), and for a minute after the
/// venue refused an order because the instrument does not trade.
/// </summary>
/// <param name="quietEnd">No new risk within this time before the session's close either; zero or more.</param>
/// <remarks>How it lies: an unforeseen halt is in no calendar, and venues tell of it by refusing the first order; <see cref="StaleData"/> catches the ones in which prices stop.</remarks>
public sealed class MarketHours(TimeSpan quietEnd = default) : IRiskRule
{
    public string Name => "market-hours";

    public bool ChecksReductions => false;

    /// <summary>Measures the seconds until the close (below zero: until the next opening); in a halt those until the next try.</summary>
    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double limit = quietEnd.TotalSeconds;
        Timestamp halted = view.HaltedUntil(draft.InstrumentIndex);
        if (view.Now < halted) return RiskDecision.Deny(RiskCode.NotTrading, (halted - view.Now).TotalSeconds, 0);
        Session session = draft.Instrument.Calendar.SessionAt(view.Now);
        if (!draft.Instrument.Calendar.IsOpen(view.Now)) return RiskDecision.Deny(RiskCode.MarketClosed, Math.Min(0, (view.Now - session.Open).TotalSeconds), limit);
        double left = (session.Close - view.Now).TotalSeconds;
        return left > limit ? RiskDecision.Approve(left, limit) : RiskDecision.Deny(RiskCode.MarketClosed, left, limit);
    }
}
