using static Tradewind.Core.Market.SpecialDay;
using static Tradewind.Core.Market.UsHolidays;

namespace Tradewind.Core.Market;

/// <summary>Hours of US shares, New York time: 09:30 to 16:00, or 04:00 to 20:00 with what trades before and after, and the days that differ.</summary>
/// <remarks>
/// Source: the calendars and closing notices of the New York Stock Exchange; certain from 1998 to 2025, later years follow the published rules.
/// How the model lies: pauses inside a day (circuit breakers, moments of silence, failures of single systems) are not in it; hours before 09:30 and
/// after 16:00 were shorter in the years before about 2006, and on a short day the late session is taken to end at 17:00.
/// </remarks>
internal static class UsEquityHours
{
    public static readonly TradingHours[] Regular = [new(DateOnly.MinValue, At(9, 30), At(16, 0))];

    public static readonly TradingHours[] Extended = [new(DateOnly.MinValue, At(4, 0), At(20, 0))];

    public static readonly SpecialDay[] RegularDays =
    [
        .. Days(At(13, 0)),
        OnDate(2001, 9, 17, null, At(9, 33)),
        OnDate(2001, 10, 8, null, At(9, 31)),
        OnDate(2002, 9, 11, null, At(12, 0)),
        OnDate(2003, 3, 20, null, At(9, 32)),
        OnDate(2004, 6, 7, null, At(9, 32)),
        OnDate(2005, 6, 1, At(15, 56)),
        OnDate(2006, 12, 27, null, At(9, 32)),
    ];

    public static readonly SpecialDay[] ExtendedDays = Days(At(17, 0));

    private static SpecialDay[] Days(int earlyClose) =>
    [
        new(IndependenceEve, 1998, Always, earlyClose),
        new(On(DayOfWeek.Wednesday, IndependenceEve), 1998, 2012, null),
        OnDate(2002, 7, 5, earlyClose),
        new(DayAfterThanksgiving, 1998, Always, earlyClose),
        new(ChristmasEve, 1998, Always, earlyClose),
        OnDate(2003, 12, 26, earlyClose),
        new(NewYear, 1998, Always, Closed),
        new(MartinLutherKing, 1998, Always, Closed),
        new(Presidents, 1998, Always, Closed),
        new(GoodFriday, 1998, Always, Closed),
        new(Memorial, 1998, Always, Closed),
        new(Juneteenth, 2022, Always, Closed),
        new(Independence, 1998, Always, Closed),
        new(Labor, 1998, Always, Closed),
        new(Thanksgiving, 1998, Always, Closed),
        new(Christmas, 1998, Always, Closed),
        OnDate(2001, 9, 11, Closed),
        OnDate(2001, 9, 12, Closed),
        OnDate(2001, 9, 13, Closed),
        OnDate(2001, 9, 14, Closed),
        OnDate(2004, 6, 11, Closed),
        OnDate(2007, 1, 2, Closed),
        OnDate(2012, 10, 29, Closed),
        OnDate(2012, 10, 30, Closed),
        OnDate(2018, 12, 5, Closed),
        OnDate(2025, 1, 9, Closed),
    ];

    private static int At(int hour, int minute) => hour * 60 + minute;
}
