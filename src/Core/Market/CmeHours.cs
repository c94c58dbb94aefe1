using static Tradewind.Core.Market.SpecialDay;
using static Tradewind.Core.Market.UsHolidays;

namespace Tradewind.Core.Market;

/// <summary>Hours of CME Globex, Chicago time: Sunday 17:00 to Friday 16:00 with a halt from 16:00 to 17:00, and the days that differ.</summary>
/// <remarks>
/// How the tables were made: each row is a holiday by rule and the closing time that CME Group's holiday schedules named for it in those years;
/// dates of their own (mourning, storm) come from its notices.
/// Certain: closures, regular closing times since November 2012, equity and rate closes 2012 to 2025, energy and metal closes 2012 to 2022, FX 2020 to 2022.
/// Less certain: energy and metals on Labor Day 2023 to 2025 and on Fridays that are holidays, FX before 2020 and after 2022, everything from 2026 on
/// (schedules are final about two weeks before the day). Before 2012 only the yearly rules hold, and opening hours were others.
/// How the model lies: a holiday's short session is a trading day of its own (CME books it to the next one); the pauses of equity products at 15:15 to 15:30
/// (until June 2021) are not closures; until 2014 energy and metals sometimes reopened late after Christmas and New Year.
/// </remarks>
internal static class CmeHours
{
    private const int Evening = -7 * 60;
    private static readonly DateOnly LongerEquityDay = new(2012, 11, 19);
    private static readonly DateOnly CommonClose = new(2015, 9, 21);

    /// <summary>Until 16 November 2012 the equity day ended at 15:15 and the next began at 15:30; until 18 September 2015 it ended at 16:15.</summary>
    public static readonly TradingHours[] Equity =
    [
        new(DateOnly.MinValue, At(15, 30) - 24 * 60, At(15, 15), Evening),
        new(LongerEquityDay, Evening, At(16, 15)),
        new(CommonClose, Evening, At(16, 0)),
    ];

    public static readonly TradingHours[] EnergyAndMetals =
    [
        new(DateOnly.MinValue, Evening, At(16, 15)),
        new(CommonClose, Evening, At(16, 0)),
    ];

    public static readonly TradingHours[] FxAndRates = [new(DateOnly.MinValue, Evening, At(16, 0))];

    public static readonly SpecialDay[] EquityDays =
    [
        new(IndependenceEve, 1998, Always, At(12, 15)),
        new(DayAfterThanksgiving, 1998, Always, At(12, 15)),
        new(ChristmasEve, 1998, Always, At(12, 15)),
        new(MartinLutherKing, 1998, 2014, At(10, 30)),
        new(MartinLutherKing, 2015, Always, At(12, 0)),
        new(Presidents, 1998, 2014, At(10, 30)),
        new(Presidents, 2015, Always, At(12, 0)),
        new(Memorial, 1998, 2013, At(10, 30)),
        new(Memorial, 2014, Always, At(12, 0)),
        new(Juneteenth, 2022, Always, At(12, 0)),
        new(Independence, 1998, 2013, At(10, 30)),
        new(Independence, 2014, Always, At(12, 0)),
        new(Labor, 1998, 2013, At(10, 30)),
        new(Labor, 2014, Always, At(12, 0)),
        new(Thanksgiving, 1998, 2013, At(10, 30)),
        new(Thanksgiving, 2014, Always, At(12, 0)),
        .. Closures,
        new(GoodFridayWithJobsReport, 2010, Always, At(8, 15)),
        OnDate(2012, 10, 29, At(8, 15)),
        OnDate(2012, 10, 30, At(8, 15)),
        OnDate(2018, 12, 5, At(8, 30)),
        OnDate(2025, 1, 9, At(8, 30)),
    ];

    /// <summary>A holiday that is a Friday ends at 12:00, since nothing reopens that evening.</summary>
    public static readonly SpecialDay[] EnergyAndMetalsDays =
    [
        new(DayAfterThanksgiving, 1998, 2025, At(12, 45)),
        new(DayAfterThanksgiving, 2026, Always, At(13, 45)),
        new(ChristmasEve, 1998, Always, At(12, 45)),
        new(MartinLutherKing, 1998, 2014, At(12, 15)),
        new(MartinLutherKing, 2015, 2021, At(12, 0)),
        new(MartinLutherKing, 2022, Always, At(13, 30)),
        new(Presidents, 1998, 2014, At(12, 15)),
        new(Presidents, 2015, 2021, At(12, 0)),
        new(Presidents, 2022, Always, At(13, 30)),
        new(Memorial, 1998, 2013, At(12, 15)),
        new(Memorial, 2014, 2021, At(12, 0)),
        new(Memorial, 2022, Always, At(13, 30)),
        new(Juneteenth, 2022, Always, At(13, 30)),
        new(On(DayOfWeek.Friday, Juneteenth), 2022, Always, At(12, 0)),
        new(Independence, 1998, 2013, At(12, 15)),
        new(Independence, 2014, 2021, At(12, 0)),
        new(Independence, 2022, Always, At(13, 30)),
        new(On(DayOfWeek.Friday, Independence), 2022, Always, At(12, 0)),
        new(Labor, 1998, 2013, At(12, 15)),
        new(Labor, 2014, 2022, At(12, 0)),
        new(Labor, 2023, Always, At(13, 30)),
        new(Thanksgiving, 1998, 2013, At(12, 15)),
        new(Thanksgiving, 2014, 2021, At(12, 0)),
        new(Thanksgiving, 2022, Always, At(13, 30)),
        .. Closures,
    ];

    /// <summary>Since 2022 the FX products trade through the Monday and Thursday holidays.</summary>
    public static readonly SpecialDay[] FxDays =
    [
        new(DayAfterThanksgiving, 1998, Always, At(12, 15)),
        new(ChristmasEve, 1998, Always, At(12, 15)),
        .. NoonHolidays(2021),
        .. Closures,
        new(GoodFridayWithJobsReport, 2010, Always, At(10, 15)),
    ];

    public static readonly SpecialDay[] RatesDays =
    [
        new(FridayBefore(MartinLutherKing), 1998, 2015, At(15, 15)),
        new(FridayBefore(Presidents), 1998, 2015, At(15, 15)),
        new(FridayBefore(Memorial), 1998, 2015, At(15, 15)),
        new(FridayBefore(Labor), 1998, 2014, At(15, 15)),
        new(DayAfterThanksgiving, 1998, Always, At(12, 15)),
        new(ChristmasEve, 1998, Always, At(12, 15)),
        .. NoonHolidays(Always),
        new(Juneteenth, 2022, Always, At(12, 0)),
        .. Closures,
        new(GoodFridayWithJobsReport, 2010, Always, At(10, 15)),
        OnDate(2012, 10, 29, At(11, 0)),
        OnDate(2018, 12, 5, Closed),
        OnDate(2025, 1, 9, At(12, 15)),
    ];

    private static SpecialDay[] Closures =>
    [
        new(NewYear, 1998, Always, Closed),
        new(GoodFriday, 1998, Always, Closed),
        new(Christmas, 1998, Always, Closed),
    ];

    private static SpecialDay[] NoonHolidays(int lastYear) =>
    [
        new(MartinLutherKing, 1998, lastYear, At(12, 0)),
        new(Presidents, 1998, lastYear, At(12, 0)),
        new(Memorial, 1998, lastYear, At(12, 0)),
        new(Independence, 1998, lastYear, At(12, 0)),
        new(Labor, 1998, lastYear, At(12, 0)),
        new(Thanksgiving, 1998, lastYear, At(12, 0)),
    ];

    private static int At(int hour, int minute) => hour * 60 + minute;
}
