using Tradewind.Core.Model;

namespace Tradewind.Core.Market;

/// <summary>One trading day of a venue: [<see cref="Open"/>, <see cref="Close"/>), named by the venue's trade date.</summary>
public readonly record struct Session(DateOnly TradingDay, Timestamp Open, Timestamp Close)
{
    public bool Contains(Timestamp time) => time >= Open && time < Close;
}

/// <summary>When a venue trades. Pure and immutable: the same answer for the same instant, everywhere.</summary>
public abstract class SessionCalendar
{
    /// <summary>Stable name, written to recordings and shown to people: <c>cme-equity</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The session that contains the instant or, when the venue is closed then, the next one.</summary>
    public abstract Session SessionAt(Timestamp time);

    public bool IsOpen(Timestamp time) => SessionAt(time).Contains(time);
}
