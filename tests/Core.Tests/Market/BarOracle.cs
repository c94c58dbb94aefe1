using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

/// <summary>Bars the plain way: every trade names its period by itself, and the trades are grouped by it.</summary>
internal static class BarOracle
{
    public static List<Bar> TimeBars(IEnumerable<Trade> trades, Timeframe timeframe, SessionCalendar calendar) =>
        [.. trades.GroupBy(trade => Period(trade.Time, timeframe, calendar)).Select(group => Summary(group.Key.Start, group.Key.End, [.. group])).OrderBy(bar => bar.Start)];

    public static Bar Summary(Timestamp start, Timestamp end, List<Trade> trades) =>
        new(start, end, trades[0].Price, trades.Max(trade => trade.Price), trades.Min(trade => trade.Price), trades[^1].Price, trades.Sum(trade => trade.Size));

    /// <summary>Cuts the clock's period at every opening and close that lies in it, and takes the piece with the instant.</summary>
    public static (Timestamp Start, Timestamp End) Period(Timestamp time, Timeframe timeframe, SessionCalendar calendar)
    {
        Session next = calendar.SessionAt(time);
        if (timeframe.IsDaily) return (next.Open, next.Close);
        DateTimeOffset midnight = new(time.ToDateTimeOffset().UtcDateTime.Date, TimeSpan.Zero);
        var clock = new List<Timestamp>();
        for (DateTimeOffset edge = midnight; edge < midnight.AddDays(1); edge = edge.AddTicks(timeframe.Amount / 100)) clock.Add(Timestamp.From(edge));
        clock.Add(Timestamp.From(midnight.AddDays(1)));
        for (Timestamp look = Timestamp.From(midnight.AddDays(-5)); look < Timestamp.From(midnight.AddDays(2)); look += TimeSpan.FromHours(1))
        {
            Session session = calendar.SessionAt(look);
            clock.Add(session.Open);
            clock.Add(session.Close);
        }
        return (clock.Where(edge => edge <= time).Max(), clock.Where(edge => edge > time).Min());
    }
}
