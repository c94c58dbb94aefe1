using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Cuts time into the days of the futures market: from 18:00 to 18:00 in New York, named by the date on which they end.</summary>
/// <remarks>Days are counted from 1970-01-01.</remarks>
internal static class NewYorkClock
{
    public const int MinutesPerDay = 1440;

    /// <summary>The day on which summer time ends has one hour more.</summary>
    public const int LongestDayMinutes = 1500;

    /// <summary>The day that contains the instant.</summary>
    public static int DayAt(Timestamp time) => (UsTime.NewYork.ToLocal(time).AddHours(6) - DateTime.UnixEpoch).Days;

    public static Timestamp StartOf(int day) => UsTime.NewYork.ToUtc(DateTime.UnixEpoch.AddDays(day).AddHours(-6));

    public static DayOfWeek DayOfWeek(int day) => DateTime.UnixEpoch.AddDays(day).DayOfWeek;
}
