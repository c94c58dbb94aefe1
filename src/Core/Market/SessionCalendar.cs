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

    /// <summary>The session that a bar belongs to: the one of its start. A daily bar stamped with the midnights of UTC names a date, not an instant
    /// (in winter its midnight still lies in the late trading of the day before), and gets the session of that date or, when there was none, the next one.</summary>
    public Session SessionOf(in Bar bar)
    {
        bool isDate = bar.End.Nanoseconds - bar.Start.Nanoseconds == Timestamp.NanosecondsPerDay && bar.Start.Nanoseconds % Timestamp.NanosecondsPerDay == 0;
        return SessionAt(isDate ? bar.Start + TimeSpan.FromHours(12) : bar.Start);
    }

    public bool IsOpen(Timestamp time) => SessionAt(time).Contains(time);
}
