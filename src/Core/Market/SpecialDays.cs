namespace Tradewind.Core.Market;

/// <summary>The hours of a venue's trading day from a date on, in minutes of wall clock counted from midnight of the trading date; negative minutes lie on the eve.</summary>
/// <param name="From">First trading date with these hours.</param>
/// <param name="OpenAfterClosure">The opening when the eve was no full trading day: a weekend, a holiday or an early close.</param>
internal readonly record struct TradingHours(DateOnly From, int Open, int Close, int OpenAfterClosure)
{
    public TradingHours(DateOnly from, int open, int close) : this(from, open, close, open)
    {
    }
}

/// <summary>A row of a venue's table: a day that differs from the regular hours, in the years given.</summary>
internal sealed record SpecialDay(Func<int, DateOnly?> Date, int FirstYear, int LastYear, int? Close, int? Open = null)
{
    /// <summary>No trading on that date at all.</summary>
    public const int Closed = int.MinValue;

    public const int Always = 9999;

    public static SpecialDay OnDate(int year, int month, int day, int? close, int? open = null) =>
        new(_ => new DateOnly(year, month, day), year, year, close, open);
}

/// <summary>The rows of a venue's table laid out by date. A row touches its own date and nothing else; of several rows for one date the last one counts.</summary>
/// <remarks>Laid out for the years 1990 to 2100; outside them a venue has no special days.</remarks>
internal sealed class SpecialDays
{
    private const int FirstYear = 1990;
    private const int LastYear = 2100;

    private readonly int[] _days;
    private readonly SpecialDay[] _rows;

    public SpecialDays(IEnumerable<SpecialDay> rows)
    {
        var byDay = new SortedDictionary<int, SpecialDay>();
        foreach (SpecialDay row in rows)
        {
            for (int year = Math.Max(row.FirstYear, FirstYear); year <= Math.Min(row.LastYear, LastYear); year++)
            {
                if (row.Date(year) is { } date) byDay[Days.Number(date)] = row;
            }
        }
        _days = [.. byDay.Keys];
        _rows = [.. byDay.Values];
    }

    public SpecialDay? On(int day)
    {
        int index = Array.BinarySearch(_days, day);
        return index < 0 ? null : _rows[index];
    }
}
