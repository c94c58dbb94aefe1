using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>The units of a history request; the numbers are the protocol's.</summary>
internal enum BarUnit
{
    Second = 1,
    Minute = 2,
    Hour = 3,
    Day = 4,
    Week = 5,
    Month = 6,
}

/// <summary>Which bar an instant belongs to.</summary>
/// <remarks>
/// Seconds to hours are aligned to midnight UTC and cut where a session opens or closes. Days are trading days and start when their
/// session opens; weeks (Monday to Friday) and months hold whole trading days. Several days count from the Monday of 0001-01-01 without
/// weekends, several weeks from the same Monday, several months from January of year 0. How the original aligns its bars is not known.
/// </remarks>
internal sealed class BarGrouping(SessionCalendar calendar, BarUnit unit, int number)
{
    private Session _session;

    /// <summary>A number that all instants of one bar share, growing with time.</summary>
    public long KeyOf(Timestamp time) => unit switch
    {
        <= BarUnit.Hour => Aligned(time),
        BarUnit.Day => Weekdays(SessionOf(time).TradingDay) / number,
        BarUnit.Week => SessionOf(time).TradingDay.DayNumber / 7 / number,
        _ => (SessionOf(time).TradingDay.Year * 12L + SessionOf(time).TradingDay.Month - 1) / number,
    };

    /// <summary>The first instant of the bar, given its first trade.</summary>
    public Timestamp StartOf(Timestamp firstTrade)
    {
        if (unit <= BarUnit.Hour) return new(KeyOf(firstTrade));
        return SessionOf(firstTrade).Open;
    }

    /// <summary>Whether the bar of this trade can still change at a later instant.</summary>
    public bool IsForming(Timestamp firstTrade, Timestamp now)
    {
        if (unit > BarUnit.Hour) return KeyOf(now) <= KeyOf(firstTrade);
        Session session = SessionOf(firstTrade);
        long end = Floor(firstTrade) + Length;
        return now.Nanoseconds < (session.Contains(firstTrade) ? Math.Min(end, session.Close.Nanoseconds) : end);
    }

    private long Length => number * unit switch
    {
        BarUnit.Second => Timestamp.NanosecondsPerSecond,
        BarUnit.Minute => Timestamp.NanosecondsPerMinute,
        _ => Timestamp.NanosecondsPerHour,
    };

    private long Aligned(Timestamp time)
    {
        Session session = SessionOf(time);
        return session.Contains(time) ? Math.Max(Floor(time), session.Open.Nanoseconds) : Floor(time);
    }

    private long Floor(Timestamp time)
    {
        long sinceOrigin = Length <= Timestamp.NanosecondsPerDay ? Modulo(time.Nanoseconds, Timestamp.NanosecondsPerDay) : time.Nanoseconds;
        return time.Nanoseconds - Modulo(sinceOrigin, Length);
    }

    private Session SessionOf(Timestamp time)
    {
        if (!_session.Contains(time)) _session = calendar.SessionAt(time);
        return _session;
    }

    private static long Weekdays(DateOnly day) => day.DayNumber / 7 * 5L + Math.Min(day.DayNumber % 7, 4);

    private static long Modulo(long value, long divisor) => (value % divisor + divisor) % divisor;
}
