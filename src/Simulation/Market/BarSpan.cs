using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>From when to when a bar reaches, and how small bars join to larger ones.</summary>
internal readonly record struct BarSpan(Timestamp Start, Timestamp End)
{
    /// <summary>The last multiple of a unit of time up to the instant, counted from 1970.</summary>
    public static Timestamp Floor(Timestamp time, long unit) => new(time.Nanoseconds / unit * unit);

    public static Timestamp After(Timestamp time, long nanoseconds) => new(time.Nanoseconds + nanoseconds);

    /// <summary>The bar that contains the instant: below one day counted from midnight UTC, a daily bar is the venue's session.</summary>
    public static BarSpan Of(Timestamp time, Timeframe timeframe, SessionCalendar calendar)
    {
        if (timeframe.IsDaily)
        {
            Session session = calendar.SessionAt(time);
            return new(session.Open, session.Close);
        }
        Timestamp midnight = Floor(time, Timestamp.NanosecondsPerDay);
        Timestamp start = After(midnight, (time.Nanoseconds - midnight.Nanoseconds) / timeframe.Amount * timeframe.Amount);
        long end = Math.Min(start.Nanoseconds + timeframe.Amount, midnight.Nanoseconds + Timestamp.NanosecondsPerDay);
        return new(start, new(end));
    }

    /// <summary>Joins small bars in the order of time to bars of the timeframe.</summary>
    public static List<Bar> Join(List<Bar> small, Timeframe timeframe, SessionCalendar calendar)
    {
        var joined = new List<Bar>();
        foreach (Bar bar in small)
        {
            if (joined.Count > 0 && bar.Start < joined[^1].End)
            {
                joined[^1] = Joined(joined[^1], bar);
                continue;
            }
            BarSpan span = Of(bar.Start, timeframe, calendar);
            joined.Add(bar with { Start = span.Start, End = span.End });
        }
        return joined;
    }

    /// <summary>One bar that ends with the later one's close.</summary>
    public static Bar Joined(in Bar bar, in Bar later) => bar with
    {
        High = Math.Max(bar.High, later.High),
        Low = Math.Min(bar.Low, later.Low),
        Close = later.Close,
        Volume = bar.Volume + later.Volume,
    };

    /// <exception cref="InputException">The timeframe is not of time, longer than a day, or no whole number of seconds.</exception>
    public static void ThrowIfUnfit(Timeframe timeframe)
    {
        bool fits = timeframe.Kind == TimeframeKind.Time && timeframe.Amount is > 0 and <= Timestamp.NanosecondsPerDay
            && timeframe.Amount % Timestamp.NanosecondsPerSecond == 0;
        if (!fits) throw new InputException($"The market generator makes bars of whole seconds up to one day; found {timeframe}.");
    }
}
