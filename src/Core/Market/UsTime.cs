using Tradewind.Core.Model;

namespace Tradewind.Core.Market;

/// <summary>Wall-clock time of Chicago and New York from the daylight-saving rules of US law alone; no table of the operating system is read.</summary>
/// <remarks>
/// Right from 1967-01-01 to 2261, as long as the law of 2007 stands. Rules: 1967 to 1986 last Sunday of April to last Sunday of October
/// (1974 from 6 January, 1975 from 23 February), 1987 to 2006 from the first Sunday of April, since 2007 second Sunday of March to first Sunday
/// of November; the change is at 02:00 wall clock. Before 1967 it answers with standard time all year, which clocks did not show.
/// </remarks>
public sealed class UsTime
{
    public static readonly UsTime Chicago = new(-6);
    public static readonly UsTime NewYork = new(-5);

    private const int FirstYear = 1967;
    private const int LastYear = 2262;

    /// <summary>Per year: the first and the last instant of daylight time, as nanoseconds of standard wall clock since 1970.</summary>
    private static readonly (long Begin, long End)[] Daylight = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(DaylightOf)];

    private readonly long _standard;

    private UsTime(int standardHours) => _standard = standardHours * Timestamp.NanosecondsPerHour;

    /// <summary>What to add to UTC to read the wall clock: -5 h or -6 h in Chicago.</summary>
    public TimeSpan OffsetAt(Timestamp time) => new(Offset(time.Nanoseconds) / 100);

    /// <summary>The wall clock at an instant, at 100 ns resolution. The hour after 01:00 on the first day of standard time is shown twice.</summary>
    public DateTime ToLocal(Timestamp time) => new(time.ToDateTimeOffset().Ticks + Offset(time.Nanoseconds) / 100, DateTimeKind.Unspecified);

    /// <summary>The instant at which the wall clock shows this time. An hour shown twice means its first pass; an hour that is skipped reads as if the clock had not been moved yet.</summary>
    public Timestamp ToUtc(DateTime local) => new(ToUtc((local.Ticks - DateTime.UnixEpoch.Ticks) * 100));

    /// <summary>The same on nanoseconds of wall clock since 1970.</summary>
    internal long ToUtc(long local)
    {
        (long begin, long end) = DaylightOn(local);
        bool isDaylight = local >= begin + Timestamp.NanosecondsPerHour && local < end + Timestamp.NanosecondsPerHour;
        return local - _standard - (isDaylight ? Timestamp.NanosecondsPerHour : 0);
    }

    internal long ToLocal(long utc) => utc + Offset(utc);

    private long Offset(long utc)
    {
        long standard = utc + _standard;
        (long begin, long end) = DaylightOn(standard);
        return standard >= begin && standard < end ? _standard + Timestamp.NanosecondsPerHour : _standard;
    }

    private static (long Begin, long End) DaylightOn(long wallClock)
    {
        int year = Days.ToDate((int)Timestamp.FloorDivide(wallClock, Timestamp.NanosecondsPerDay)).Year;
        return year is < FirstYear or > LastYear ? (long.MaxValue, long.MaxValue) : Daylight[year - FirstYear];
    }

    /// <summary>Begins at 02:00 of standard time and ends when daylight time shows 02:00, which is 01:00 of standard time.</summary>
    private static (long Begin, long End) DaylightOf(int year)
    {
        DateOnly first = year switch
        {
            >= 2007 => Days.Nth(year, 3, DayOfWeek.Sunday, 2),
            >= 1987 => Days.Nth(year, 4, DayOfWeek.Sunday, 1),
            1974 => new(1974, 1, 6),
            1975 => new(1975, 2, 23),
            _ => Days.Last(year, 4, DayOfWeek.Sunday),
        };
        DateOnly last = year >= 2007 ? Days.Nth(year, 11, DayOfWeek.Sunday, 1) : Days.Last(year, 10, DayOfWeek.Sunday);
        return (Days.Number(first) * Timestamp.NanosecondsPerDay + 2 * Timestamp.NanosecondsPerHour,
            Days.Number(last) * Timestamp.NanosecondsPerDay + Timestamp.NanosecondsPerHour);
    }
}
