using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage.Recording;

namespace Tradewind.Storage.Inspection;

/// <summary>Counts what records in a file's order tell: span, duplicates, disorder, gaps.</summary>
internal static class RecordSurvey
{
    /// <summary>Completes a report. Gaps are looked for between records in the order of time, whatever their order in the file.</summary>
    public static MarketDataReport Of<T>(MarketDataReport report, ReadOnlySpan<T> records, SessionCalendar? calendar, TimeSpan silence) where T : unmanaged
    {
        if (records.IsEmpty) return report with { Calendar = calendar?.Name };
        (long duplicates, long disorder) = CountOrder(records);
        T[]? sorted = disorder > 0 ? Sorted(records) : null;
        ReadOnlySpan<T> inOrder = sorted ?? records;
        var gaps = new GapFinder(calendar ?? ContinuousCalendar.Instance, report.Timeframe, silence);
        long outside = calendar is not null && report.Timeframe is not { IsDaily: true } ? CountOutside(inOrder, calendar) : 0;
        for (int i = 1; i < inOrder.Length; i++)
        {
            gaps.Add(RecordLayout.FromOf(inOrder[i - 1]), RecordLayout.ToOf(inOrder[i - 1]), RecordLayout.FromOf(inOrder[i]));
        }
        return report with
        {
            Count = records.Length,
            From = RecordLayout.FromOf(inOrder[0]),
            To = RecordLayout.ToOf(inOrder[^1]),
            Duplicates = duplicates,
            Disorder = disorder,
            CrossedQuotes = CountCrossed(records),
            OutsideSessions = outside,
            Calendar = calendar?.Name,
            GapCount = gaps.Count,
            MissingBars = gaps.MissingBars,
            LongestGaps = gaps.Longest,
        };
    }

    private static (long Duplicates, long Disorder) CountOrder<T>(ReadOnlySpan<T> records) where T : unmanaged
    {
        long duplicates = 0, disorder = 0;
        for (int i = 1; i < records.Length; i++)
        {
            Timestamp before = RecordLayout.FromOf(records[i - 1]), time = RecordLayout.FromOf(records[i]);
            if (time < before) disorder++;
            else if (typeof(T) == typeof(Bar) ? time == before : EqualityComparer<T>.Default.Equals(records[i], records[i - 1])) duplicates++;
        }
        return (duplicates, disorder);
    }

    private static T[] Sorted<T>(ReadOnlySpan<T> records) where T : unmanaged
    {
        T[] sorted = records.ToArray();
        Array.Sort(sorted, (a, b) => RecordLayout.FromOf(a).CompareTo(RecordLayout.FromOf(b)));
        return sorted;
    }

    private static long CountCrossed<T>(ReadOnlySpan<T> records) where T : unmanaged
    {
        if (typeof(T) != typeof(Quote)) return 0;
        long crossed = 0;
        foreach (T record in records)
        {
            if (record is Quote quote && quote.Bid > quote.Ask) crossed++;
        }
        return crossed;
    }

    private static long CountOutside<T>(ReadOnlySpan<T> records, SessionCalendar calendar) where T : unmanaged
    {
        long outside = 0;
        Session session = calendar.SessionAt(RecordLayout.FromOf(records[0]));
        foreach (ref readonly T record in records)
        {
            Timestamp time = RecordLayout.FromOf(record);
            if (time >= session.Close) session = calendar.SessionAt(time);
            if (!session.Contains(time)) outside++;
        }
        return outside;
    }
}
