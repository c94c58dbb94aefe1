using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

/// <summary>Bars the plain way: every trade names its period by itself, and the trades are grouped by it.</summary>
internal sealed class BarOracle(Timeframe timeframe, SessionCalendar calendar)
{
    private readonly Dictionary<DateTime, Timestamp[]> _edgesOfDay = [];

    public List<Bar> Bars(IEnumerable<Trade> trades) =>
        [.. trades.GroupBy(trade => Period(trade.Time)).Select(group => Summary(group.Key.Start, group.Key.End, [.. group])).OrderBy(bar => bar.Start)];

    public static Bar Summary(Timestamp start, Timestamp end, List<Trade> trades) =>
        new(start, end, trades[0].Price, trades.Max(trade => trade.Price), trades.Min(trade => trade.Price), trades[^1].Price, trades.Sum(trade => trade.Size));

    /// <summary>The piece with the instant, after cutting the clock's period at every opening and closing that lies in it.</summary>
    public (Timestamp Start, Timestamp End) Period(Timestamp time)
    {
        Session next = calendar.SessionAt(time);
        if (timeframe.IsDaily) return (next.Open, next.Close);
        DateTime midnight = time.ToDateTimeOffset().UtcDateTime.Date;
        TimeSpan length = TimeSpan.FromTicks(timeframe.Amount / 100);
        int index = (int)((time.ToDateTimeOffset().UtcDateTime - midnight) / length);
        var start = Timestamp.From(midnight + index * length);
        var end = Timestamp.From(midnight + (index + 1) * length);
        if (end > Timestamp.From(midnight.AddDays(1))) end = Timestamp.From(midnight.AddDays(1));
        foreach (Timestamp edge in EdgesAround(midnight))
        {
            if (edge <= time && edge > start) start = edge;
            if (edge > time && edge < end) end = edge;
        }
        return (start, end);
    }

    private Timestamp[] EdgesAround(DateTime midnight)
    {
        if (_edgesOfDay.TryGetValue(midnight, out Timestamp[]? edges)) return edges;
        var found = new List<Timestamp>();
        for (Timestamp look = Timestamp.From(midnight.AddDays(-5)); look < Timestamp.From(midnight.AddDays(2)); look += TimeSpan.FromHours(1))
        {
            Session session = calendar.SessionAt(look);
            found.AddRange([session.Open, session.Close]);
        }
        return _edgesOfDay[midnight] = [.. found.Distinct()];
    }
}
