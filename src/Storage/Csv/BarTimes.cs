using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Ends of bars in files that only tell the starts.</summary>
internal static class BarTimes
{
    private const long ShortestDay = 23 * Timestamp.NanosecondsPerHour;
    private const long LongestDay = 25 * Timestamp.NanosecondsPerHour;

    /// <summary>The bars' length as the file shows it; null where it does not, as with a single bar without its end.</summary>
    /// <param name="smallestStep">Between two starts.</param>
    public static long? LengthOf(ReadOnlySpan<Bar> bars, bool haveEnds, long smallestStep)
    {
        long length = haveEnds ? LengthOfShortest(bars) : LengthFromStep(smallestStep);
        return length is > 0 and < long.MaxValue ? length : null;
    }

    /// <summary>The bars' length when this is the smallest step between two starts: the step itself, and a day for the 23 to 25 hours of a day when clocks change.</summary>
    public static long LengthFromStep(long step) => step is >= ShortestDay and <= LongestDay ? Timestamp.NanosecondsPerDay : step;

    /// <summary>The bars' length where the file tells their ends: that of the shortest.</summary>
    private static long LengthOfShortest(ReadOnlySpan<Bar> bars)
    {
        long shortest = long.MaxValue;
        foreach (ref readonly Bar bar in bars) shortest = Math.Min(shortest, bar.End.Nanoseconds - bar.Start.Nanoseconds);
        return LengthFromStep(shortest);
    }

    /// <summary>Sets every end to start + length. Daily and longer bars end at the next one's start where that comes earlier.</summary>
    public static void SetEnds(Span<Bar> bars, long length)
    {
        bool isDaily = length >= Timestamp.NanosecondsPerDay;
        for (int i = 0; i < bars.Length; i++)
        {
            long end = bars[i].Start.Nanoseconds + length;
            if (isDaily && i + 1 < bars.Length && bars[i + 1].Start > bars[i].Start) end = Math.Min(end, bars[i + 1].Start.Nanoseconds);
            bars[i] = bars[i] with { End = new(end) };
        }
    }

    /// <summary>True when reading the starts alone gives the same timeframe and ends.</summary>
    public static bool EndsFollowFrom(ReadOnlySpan<Bar> bars, Timeframe timeframe)
    {
        if (timeframe.Kind != TimeframeKind.Time) return false;
        long smallestStep = bars.Length == 1 ? Timestamp.NanosecondsPerMinute : long.MaxValue;
        for (int i = 0; i < bars.Length; i++)
        {
            long end = bars[i].Start.Nanoseconds + timeframe.Amount;
            if (i + 1 < bars.Length) smallestStep = Math.Min(smallestStep, bars[i + 1].Start.Nanoseconds - bars[i].Start.Nanoseconds);
            if (i + 1 < bars.Length && timeframe.IsDaily) end = Math.Min(end, bars[i + 1].Start.Nanoseconds);
            if (bars[i].End.Nanoseconds != end) return false;
        }
        return LengthFromStep(smallestStep) == timeframe.Amount;
    }

    /// <summary>Index of the first bar that starts before the one before it has ended; -1 when there is none.</summary>
    public static int FirstOverlap(ReadOnlySpan<Bar> bars)
    {
        for (int i = 1; i < bars.Length; i++)
        {
            if (bars[i].Start < bars[i - 1].End) return i;
        }
        return -1;
    }
}
