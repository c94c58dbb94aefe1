using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>One-minute bars by the minute they start in, and what follows from neighbouring ones.</summary>
internal sealed class MinuteSeries
{
    private readonly SortedDictionary<long, Bar> _bars = [];

    public MinuteSeries(IEnumerable<Bar> bars)
    {
        foreach (Bar bar in bars) _bars.Add(MinuteOf(bar.Start), bar);
    }

    public IReadOnlyCollection<Bar> Bars => _bars.Values;

    /// <summary>The minutes between 09:30 and 16:00 in New York.</summary>
    public MinuteSeries RegularHours => new(Bars.Where(bar => ClockOf(bar) is >= 930 and < 1600));

    public MinuteSeries OtherHours => new(Bars.Where(bar => ClockOf(bar) is < 930 or >= 1600));

    /// <summary>Builds the bars plainly, trade by trade.</summary>
    public static MinuteSeries Of(IEnumerable<Trade> trades)
    {
        var bars = new Dictionary<long, Bar>();
        foreach (Trade trade in trades)
        {
            long minute = MinuteOf(trade.Time);
            var start = new Timestamp(minute * Timestamp.NanosecondsPerMinute);
            bars[minute] = bars.TryGetValue(minute, out Bar bar)
                ? new(bar.Start, bar.End, bar.Open, Math.Max(bar.High, trade.Price), Math.Min(bar.Low, trade.Price), trade.Price, bar.Volume + trade.Size)
                : new(start, start + TimeSpan.FromMinutes(1), trade.Price, trade.Price, trade.Price, trade.Price, trade.Size);
        }
        return new(bars.Values);
    }

    /// <summary>Logarithmic returns from close to close in the order of time, where the minute before has a bar too.</summary>
    public double[] Returns() => [.. Pairs().Select(pair => pair.Return)];

    /// <summary>Returns over so many minutes, not overlapping.</summary>
    public double[] Returns(int minutes) =>
    [
        .. from pair in _bars
           where pair.Key % minutes == 0 && _bars.ContainsKey(pair.Key - minutes)
           select Math.Log(pair.Value.Close / _bars[pair.Key - minutes].Close),
    ];

    /// <summary>Volumes of the minutes of <see cref="Returns()"/>.</summary>
    public double[] Volumes() => [.. Pairs().Select(pair => _bars[pair.Minute].Volume)];

    /// <summary>Mean volume per minute between two times in New York, as hours and minutes; a minute without a bar counts as 0.</summary>
    public double MeanVolume(int from, int to)
    {
        Bar[] chosen = [.. Bars.Where(bar => ClockOf(bar) >= from && ClockOf(bar) < to)];
        int days = chosen.Select(bar => UsTime.NewYork.ToLocal(bar.Start).Date).Distinct().Count();
        int minutes = (to / 100 - from / 100) * 60 + to % 100 - from % 100;
        return chosen.Sum(bar => bar.Volume) / (days * (double)minutes);
    }

    /// <summary>Correlation of the returns of two series over the minutes that both have.</summary>
    public static double Correlation(MinuteSeries a, MinuteSeries b)
    {
        var other = b.Pairs().ToDictionary();
        (double A, double B)[] both = [.. a.Pairs().Where(pair => other.ContainsKey(pair.Minute)).Select(pair => (pair.Return, other[pair.Minute]))];
        return Moments.Correlation([.. both.Select(pair => pair.A)], [.. both.Select(pair => pair.B)]);
    }

    private IEnumerable<(long Minute, double Return)> Pairs()
    {
        foreach ((long minute, Bar bar) in _bars)
        {
            if (_bars.TryGetValue(minute - 1, out Bar before)) yield return (minute, Math.Log(bar.Close / before.Close));
        }
    }

    private static int ClockOf(Bar bar)
    {
        DateTime local = UsTime.NewYork.ToLocal(bar.Start);
        return local.Hour * 100 + local.Minute;
    }

    private static long MinuteOf(Timestamp time) => time.Nanoseconds / Timestamp.NanosecondsPerMinute;
}
