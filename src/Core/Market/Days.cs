namespace Tradewind.Core.Market;

/// <summary>Dates as days since 1970-01-01, and the n-th weekday of a month.</summary>
internal static class Days
{
    private static readonly int Epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static int Number(DateOnly date) => date.DayNumber - Epoch;

    public static DateOnly ToDate(int day) => DateOnly.FromDayNumber(day + Epoch);

    public static bool IsWeekend(int day) => DayOfWeek(day) is System.DayOfWeek.Saturday or System.DayOfWeek.Sunday;

    /// <summary>1970-01-01 was a Thursday.</summary>
    public static DayOfWeek DayOfWeek(int day) => (DayOfWeek)(((day + 4) % 7 + 7) % 7);

    public static DateOnly Nth(int year, int month, DayOfWeek weekday, int nth)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays((weekday - first.DayOfWeek + 7) % 7 + 7 * (nth - 1));
    }

    public static DateOnly Last(int year, int month, DayOfWeek weekday)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-((last.DayOfWeek - weekday + 7) % 7));
    }
}
