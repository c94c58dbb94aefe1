using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <summary>Small bars of one product, exactly of the trades that were streamed.</summary>
/// <remarks>Keeps about a day of seconds and about 100 trading days of minutes; larger units are put together from these. Not thread-safe.</remarks>
internal sealed class BarArchive(Instrument instrument)
{
    public const int SecondsKept = 100_000;
    public const int MinutesKept = 140_000;

    private readonly BarSeries _seconds = new(Timestamp.NanosecondsPerSecond, SecondsKept);
    private readonly BarSeries _minutes = new(Timestamp.NanosecondsPerMinute, MinutesKept);

    public void Add(in Trade trade)
    {
        int price = SmallBar.Ticks(instrument, trade.Price);
        var piece = new SmallBar(trade.Time, price, price, price, price, (long)trade.Size);
        _seconds.Add(piece);
        _minutes.Add(piece);
    }

    /// <summary>A bar of a recording. A longer one than a minute counts in the minute in which it starts.</summary>
    public void Add(in Bar bar)
    {
        SmallBar piece = SmallBar.Of(instrument, bar);
        if (bar.End - bar.Start <= TimeSpan.FromSeconds(1)) _seconds.Add(piece);
        _minutes.Add(piece);
    }

    /// <summary>Gives bars newest first. True when older ones may follow from elsewhere.</summary>
    public bool GiveTo(BarJoiner joiner, BarUnit unit)
    {
        BarSeries series = unit == BarUnit.Second ? _seconds : _minutes;
        for (int i = series.Count - 1; i >= 0; i--)
        {
            if (!joiner.Add(series[i])) return false;
        }
        if (!series.HasForgotten) return true;
        joiner.Forget();
        return false;
    }
}
