using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Cuts time into the days of the futures market: from 18:00 to 18:00 in New York, named by the date on which they end.</summary>
/// <remarks>Days are counted from 1970-01-01. Summer time by the rule in force since 2007, also for the years before it.</remarks>
internal static class NewYorkClock
{
    public const int MinutesPerDay = 1440;

    /// <summary>The day on which summer time ends has one hour more.</summary>
    public const int LongestDayMinutes = 1500;

    private const long EveningNanoseconds = 6 * Timestamp.NanosecondsPerHour;

    /// <summary>The day that contains the instant.</summary>
    public static int DayAt(Timestamp time)
    {
        int day = (int)Math.DivRem(time.Nanoseconds + 2 * Timestamp.NanosecondsPerHour, Timestamp.NanosecondsPerDay).Quotient;
        return time < StartOf(day) ? day - 1 : time >= StartOf(day + 1) ? day + 1 : day;
    }

    public static Timestamp StartOf(int day)
    {
        int evening = day - 1;
        long offset = IsSummerEvening(evening) ? 4 : 5;
        return new(day * Timestamp.NanosecondsPerDay - EveningNanoseconds + offset * Timestamp.NanosecondsPerHour);
    }

    public static DayOfWeek DayOfWeek(int day) => (DayOfWeek)((day + 4) % 7);

    /// <summary>Summer time starts and ends at 02:00 on a Sunday, so the evening of a date already has that date's new time.</summary>
    private static bool IsSummerEvening(int day)
    {
        int year = DateTime.UnixEpoch.AddDays(day).Year;
        return day >= FirstSunday(year, 3) + 7 && day < FirstSunday(year, 11);
    }

    private static int FirstSunday(int year, int month)
    {
        int first = (new DateTime(year, month, 1) - DateTime.UnixEpoch).Days;
        return first + (7 - (int)DayOfWeek(first)) % 7;
    }
}
