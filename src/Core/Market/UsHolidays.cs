namespace Tradewind.Core.Market;

/// <summary>Dates of US holidays as markets observe them; null in a year without such a day.</summary>
internal static class UsHolidays
{
    /// <summary>A Sunday is made up on Monday; a Saturday is not made up (the year's last Friday is a normal trading day).</summary>
    public static DateOnly? NewYear(int year)
    {
        var date = new DateOnly(year, 1, 1);
        return date.DayOfWeek == DayOfWeek.Saturday ? null : Observed(date);
    }

    public static DateOnly? MartinLutherKing(int year) => Days.Nth(year, 1, DayOfWeek.Monday, 3);

    public static DateOnly? Presidents(int year) => Days.Nth(year, 2, DayOfWeek.Monday, 3);

    public static DateOnly? GoodFriday(int year) => Easter(year).AddDays(-2);

    /// <summary>Good Friday when it is the first Friday of April: the Employment Situation is published then, and CME keeps financial products open for it.</summary>
    public static DateOnly? GoodFridayWithJobsReport(int year) =>
        GoodFriday(year) is { Month: 4, Day: <= 7 } date ? date : null;

    public static DateOnly? Memorial(int year) => Days.Last(year, 5, DayOfWeek.Monday);

    public static DateOnly? Juneteenth(int year) => Observed(new(year, 6, 19));

    public static DateOnly? Independence(int year) => Observed(new(year, 7, 4));

    /// <summary>3 July when it is a trading day before a holiday on its own date (Monday to Thursday).</summary>
    public static DateOnly? IndependenceEve(int year) => Weekday(new(year, 7, 3), DayOfWeek.Monday, DayOfWeek.Thursday);

    public static DateOnly? Labor(int year) => Days.Nth(year, 9, DayOfWeek.Monday, 1);

    public static DateOnly? Thanksgiving(int year) => Days.Nth(year, 11, DayOfWeek.Thursday, 4);

    public static DateOnly? DayAfterThanksgiving(int year) => Thanksgiving(year)?.AddDays(1);

    /// <summary>24 December when Christmas follows on a weekday (Monday to Thursday).</summary>
    public static DateOnly? ChristmasEve(int year) => Weekday(new(year, 12, 24), DayOfWeek.Monday, DayOfWeek.Thursday);

    public static DateOnly? Christmas(int year) => Observed(new(year, 12, 25));

    /// <summary>The same holiday, in years in which it falls on this weekday only.</summary>
    public static Func<int, DateOnly?> On(DayOfWeek weekday, Func<int, DateOnly?> holiday) =>
        year => holiday(year) is { } date && date.DayOfWeek == weekday ? date : null;

    /// <summary>The Friday before a holiday that is always a Monday.</summary>
    public static Func<int, DateOnly?> FridayBefore(Func<int, DateOnly?> monday) => year => monday(year)?.AddDays(-3);

    /// <summary>Easter Sunday of the western churches, by the anonymous Gregorian computus (Nature, 20 April 1876; Meeus, Astronomical Algorithms, chapter 8).</summary>
    public static DateOnly Easter(int year)
    {
        int golden = year % 19;
        int century = year / 100;
        int yearOfCentury = year % 100;
        int correction = (century + 8) / 25;
        int epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7;
        int late = (golden + 11 * epact + 22 * weekday) / 451;
        int monthAndDay = epact + weekday - 7 * late + 114;
        return new(year, monthAndDay / 31, monthAndDay % 31 + 1);
    }

    /// <summary>Saturday is observed on Friday, Sunday on Monday.</summary>
    private static DateOnly Observed(DateOnly date) => date.DayOfWeek switch
    {
        DayOfWeek.Saturday => date.AddDays(-1),
        DayOfWeek.Sunday => date.AddDays(1),
        _ => date,
    };

    private static DateOnly? Weekday(DateOnly date, DayOfWeek from, DayOfWeek to) =>
        date.DayOfWeek >= from && date.DayOfWeek <= to ? date : null;
}
