using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Inspection;

/// <summary>Finds the open hours between records that follow each other in time.</summary>
/// <param name="calendar">When the venue trades.</param>
/// <param name="timeframe">Length of the bars; null for trades and quotes.</param>
/// <param name="silence">Open time without a trade or quote that counts as a gap.</param>
internal sealed class GapFinder(SessionCalendar calendar, Timeframe? timeframe, TimeSpan silence)
{
    private const int Kept = 10;

    private readonly List<DataGap> _longest = [];

    public long Count { get; private set; }

    public long MissingBars { get; private set; }

    public IReadOnlyList<DataGap> Longest => _longest;

    /// <summary>Looks at the time between the end of one record and the start of the next.</summary>
    public void Add(Timestamp start, Timestamp end, Timestamp next)
    {
        if (next <= end) return;
        DataGap gap = timeframe switch
        {
            { IsDaily: true, Amount: Timestamp.NanosecondsPerDay } => MissingDays(start, end, next),
            { Kind: TimeframeKind.Time, IsDaily: false } => MissingBarsBetween(end, next, timeframe.Value.Amount),
            null => Silence(end, next),
            _ => default, // weekly bars and bars of trades or volume say nothing about time
        };
        if (gap.Open > TimeSpan.Zero) Keep(gap);
    }

    private DataGap MissingBarsBetween(Timestamp from, Timestamp to, long length)
    {
        TimeSpan open = OpenTime(from, to);
        long missing = open.Ticks * 100 / length;
        return missing == 0 ? default : new(from, to, open, missing);
    }

    private DataGap Silence(Timestamp from, Timestamp to)
    {
        if (to - from < silence) return default;
        TimeSpan open = OpenTime(from, to);
        return open < silence ? default : new(from, to, open, 0);
    }

    /// <summary>Trading days between two daily bars, each a day's worth of open time.</summary>
    private DataGap MissingDays(Timestamp start, Timestamp end, Timestamp next)
    {
        DateOnly first = TradingDayOf(start), last = TradingDayOf(next);
        long missing = 0;
        TimeSpan open = TimeSpan.Zero;
        Session session = calendar.SessionAt(start);
        while (session.TradingDay < last)
        {
            if (session.TradingDay > first)
            {
                missing++;
                open += session.Close - session.Open;
            }
            session = Next(session);
        }
        return new(end, next, open, missing);
    }

    /// <summary>A daily bar of midnight UTC carries its date; any other lies in its session.</summary>
    private DateOnly TradingDayOf(Timestamp start) => start.Nanoseconds % Timestamp.NanosecondsPerDay == 0
        ? DateOnly.FromDateTime(start.ToDateTimeOffset().UtcDateTime)
        : calendar.SessionAt(start).TradingDay;

    private TimeSpan OpenTime(Timestamp from, Timestamp to)
    {
        TimeSpan open = TimeSpan.Zero;
        for (Session session = calendar.SessionAt(from); session.Open < to; session = Next(session))
        {
            Timestamp start = session.Open < from ? from : session.Open;
            Timestamp end = session.Close > to ? to : session.Close;
            if (end > start) open += end - start;
        }
        return open;
    }

    private Session Next(Session session) => calendar.SessionAt(session.Close);

    private void Keep(DataGap gap)
    {
        Count++;
        MissingBars += gap.MissingBars;
        int at = _longest.FindIndex(other => other.Open < gap.Open);
        if (at < 0) at = _longest.Count;
        if (at >= Kept) return;
        _longest.Insert(at, gap);
        if (_longest.Count > Kept) _longest.RemoveAt(Kept);
    }
}
