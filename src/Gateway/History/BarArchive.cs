using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>All bars of one product: the source's history and what has been streamed, exactly.</summary>
/// <remarks>Keeps about a trading day of seconds and about 100 trading days of minutes; larger units are put together from these. Not thread-safe.</remarks>
internal sealed class BarArchive(Instrument instrument)
{
    public const int SecondsKept = 100_000;
    public const int MinutesKept = 140_000;

    private readonly BarSeries _seconds = new(Timestamp.NanosecondsPerSecond, SecondsKept);
    private readonly BarSeries _minutes = new(Timestamp.NanosecondsPerMinute, MinutesKept);

    public void Add(in Trade trade)
    {
        int price = Ticks(trade.Price);
        Add(new SmallBar(trade.Time, price, price, price, price, (long)trade.Size), withSeconds: true);
    }

    /// <summary>A bar of the past, at most a minute long.</summary>
    public void Add(in Bar bar) => Add(new(bar.Start, Ticks(bar.Open), Ticks(bar.High), Ticks(bar.Low), Ticks(bar.Close), (long)bar.Volume), bar.End - bar.Start <= TimeSpan.FromSeconds(1));

    /// <summary>Newest first: bars that start within [from, to), at most so many.</summary>
    /// <param name="now">Everything before it has been added. The bar that contains it is partial.</param>
    public List<HistoryBar> Newest(BarQuery query, Timestamp now)
    {
        BarSeries series = query.Unit == BarUnit.Second ? _seconds : _minutes;
        var grouping = new BarGrouping(instrument.Calendar, query.Unit, query.Number);
        var bars = new List<HistoryBar>(Math.Min(query.Limit, 1024));
        for (int last = series.Count - 1; last >= 0 && bars.Count < query.Limit;)
        {
            long key = grouping.KeyOf(series[last].Start);
            int first = last;
            while (first > 0 && grouping.KeyOf(series[first - 1].Start) == key) first--;
            if (first == 0 && series.HasForgotten) break;
            Timestamp start = grouping.StartOf(series[first].Start);
            if (start < query.From) break;
            if (start < query.To && (query.IncludePartial || !grouping.IsForming(series[first].Start, now))) bars.Add(Join(series, first, last, start));
            last = first - 1;
        }
        return bars;
    }

    private HistoryBar Join(BarSeries series, int first, int last, Timestamp start)
    {
        SmallBar bar = series[first];
        for (int i = first + 1; i <= last; i++) bar = bar.With(series[i]);
        return new(start.ToDateTimeOffset(), Price(bar.Open), Price(bar.High), Price(bar.Low), Price(bar.Close), bar.Volume);
    }

    private void Add(in SmallBar piece, bool withSeconds)
    {
        if (withSeconds) _seconds.Add(piece);
        _minutes.Add(piece);
    }

    private int Ticks(double price) => (int)Math.Round(price * instrument.TicksPerPoint, MidpointRounding.AwayFromZero);

    private decimal Price(int ticks) => ticks * instrument.TickSize;
}
