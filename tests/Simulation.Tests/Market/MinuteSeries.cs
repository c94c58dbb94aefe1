using Tradewind.Core.Model;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>One-minute bars by the minute they start in, and what follows from two neighbouring ones.</summary>
internal sealed class MinuteSeries
{
    private readonly SortedDictionary<long, Bar> _bars = [];

    public MinuteSeries(IEnumerable<Bar> bars)
    {
        foreach (Bar bar in bars) _bars.Add(MinuteOf(bar.Start), bar);
    }

    public IReadOnlyCollection<Bar> Bars => _bars.Values;

    /// <summary>Logarithmic returns from close to close in the order of time, of minutes whose predecessor has a bar too, with their minute.</summary>
    public IEnumerable<(long Minute, double Return)> Returns()
    {
        foreach ((long minute, Bar bar) in _bars)
        {
            if (_bars.TryGetValue(minute - 1, out Bar before)) yield return (minute, Math.Log(bar.Close / before.Close));
        }
    }

    /// <summary>The same without the minutes.</summary>
    public double[] PlainReturns() => [.. Returns().Select(pair => pair.Return)];

    /// <summary>Returns over so many minutes that follow each other without a gap, not overlapping.</summary>
    public double[] Returns(int minutes) =>
    [
        .. from pair in _bars
           where pair.Key % minutes == 0 && _bars.ContainsKey(pair.Key - minutes)
           select Math.Log(pair.Value.Close / _bars[pair.Key - minutes].Close),
    ];

    /// <summary>Minutes since midnight in New York.</summary>
    public static int ClockOf(Bar bar)
    {
        DateTime local = Core.Market.UsTime.NewYork.ToLocal(bar.Start);
        return local.Hour * 60 + local.Minute;
    }

    /// <summary>Mean volume per minute between two times in New York, written as hours and minutes, on weekdays; minutes without a bar count as 0.</summary>
    public double MeanVolume(int from, int to)
    {
        Bar[] chosen = [.. _bars.Values.Where(bar => ClockOf(bar) >= Minutes(from) && ClockOf(bar) < Minutes(to))];
        int days = chosen.Select(bar => Core.Market.UsTime.NewYork.ToLocal(bar.Start).Date).Distinct().Count();
        return chosen.Sum(bar => bar.Volume) / (days * (double)(Minutes(to) - Minutes(from)));
    }

    /// <summary>Returns of two series over the minutes that both have.</summary>
    public static (double[] A, double[] B) Common(MinuteSeries a, MinuteSeries b)
    {
        var other = b.Returns().ToDictionary();
        var pairs = a.Returns().Where(pair => other.ContainsKey(pair.Minute)).Select(pair => (pair.Return, Other: other[pair.Minute])).ToList();
        return ([.. pairs.Select(pair => pair.Return)], [.. pairs.Select(pair => pair.Other)]);
    }

    private static int Minutes(int clock) => clock / 100 * 60 + clock % 100;

    private static long MinuteOf(Timestamp time) => time.Nanoseconds / Timestamp.NanosecondsPerMinute;
}
