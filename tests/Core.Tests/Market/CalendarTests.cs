using System.Diagnostics;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class CalendarTests
{
    /// <summary>One row a venue: calendar, column of the table, time zone, opening and closing hours of a regular day, hours added to an early close.</summary>
    public static TheoryData<string, string, string, double, double, double> Venues => new()
    {
        { "cme-equity", "equity", "America/Chicago", -7, 16, 0 },
        { "cme-energy-metals", "energy", "America/Chicago", -7, 16, 0 },
        { "cme-fx", "fx", "America/Chicago", -7, 16, 0 },
        { "cme-rates", "rates", "America/Chicago", -7, 16, 0 },
        { "us-equity", "shares", "America/New_York", 9.5, 16, 0 },
        { "us-equity-extended", "shares", "America/New_York", 4, 20, 4 },
        { "fx", "", "America/New_York", -7, 17, 0 },
    };

    /// <summary>Twelve years, minute by minute, against sessions laid out with the time zone database and the hand-written table.</summary>
    [Theory]
    [MemberData(nameof(Venues))]
    public void EveryMinuteIsOpenOrClosedAsTheTableSaysAndBelongsToItsTradingDay(string name, string column, string zone, double open, double close, double addedToEarlyClose)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? known), $"This machine has no time zone database with {zone}: install tzdata.");
        SessionCalendar calendar = Find(name);
        List<Session> sessions = Sessions(column, known!, open, close, addedToEarlyClose, later => name is "cme-equity" or "cme-energy-metals" && later < new DateOnly(2015, 9, 21) ? 0.25 : 0);
        Timestamp end = Timestamp.FromUtc(HolidayTable.LastYear, 12, 31);
        int next = 0;
        long wrong = 0;
        Timestamp first = default;
        for (Timestamp minute = Timestamp.FromUtc(HolidayTable.FirstYear, 1, 1, 2); minute < end; minute += TimeSpan.FromMinutes(1))
        {
            while (minute >= sessions[next].Close) next++;
            if (calendar.SessionAt(minute) == sessions[next]) continue;
            if (wrong++ == 0) first = minute;
        }
        Assert.True(wrong == 0, $"{wrong} minutes of {name} differ, the first is {first}: {calendar.SessionAt(first)}");
    }

    /// <summary>An override applies to its own date: the weeks after each special day follow the plain rule again.</summary>
    [Fact]
    public void TheMondayAfterAMondayHolidayIsARegularDay()
    {
        Session holiday = Calendars.CmeEquity.SessionAt(Timestamp.FromUtc(2024, 9, 2, 12));
        Session weekLater = Calendars.CmeEquity.SessionAt(Timestamp.FromUtc(2024, 9, 9, 12));
        Assert.Equal(Timestamp.FromUtc(2024, 9, 2, 17), holiday.Close);
        Assert.Equal(Timestamp.FromUtc(2024, 9, 9, 21), weekLater.Close);
        Assert.Equal(Timestamp.FromUtc(2024, 9, 8, 22), weekLater.Open);
    }

    [Fact]
    public void ATradingDayOfGlobexIsTheDateOnWhichItCloses()
    {
        Session session = Calendars.CmeEquity.SessionAt(Timestamp.FromUtc(2013, 10, 6, 22));
        Assert.Equal(new Session(new(2013, 10, 7), Timestamp.FromUtc(2013, 10, 6, 22), Timestamp.FromUtc(2013, 10, 7, 21, 15)), session);
    }

    [Fact]
    public void TheNextSessionAnswersForAClosedInstant()
    {
        Session session = Calendars.CmeEquity.SessionAt(Timestamp.FromUtc(2024, 3, 29, 15));
        Assert.Equal(new DateOnly(2024, 4, 1), session.TradingDay);
        Assert.False(Calendars.CmeEquity.IsOpen(Timestamp.FromUtc(2024, 3, 29, 15)));
    }

    /// <summary>CME moved the end of the equity day from 15:15 to 16:15 with trading date 2012-11-19 and to 16:00 with 2015-09-21 (its notices of those weeks).</summary>
    [Theory]
    [InlineData("2012-11-15", "2012-11-14T21:30:00Z", "2012-11-15T21:15:00Z")]
    [InlineData("2012-11-16", "2012-11-15T21:30:00Z", "2012-11-16T21:15:00Z")]
    [InlineData("2012-11-12", "2012-11-11T23:00:00Z", "2012-11-12T21:15:00Z")]
    [InlineData("2012-10-30", "2012-10-29T22:00:00Z", "2012-10-30T13:15:00Z")]
    [InlineData("2012-11-19", "2012-11-18T23:00:00Z", "2012-11-19T22:15:00Z")]
    [InlineData("2015-09-18", "2015-09-17T22:00:00Z", "2015-09-18T21:15:00Z")]
    [InlineData("2015-09-21", "2015-09-20T22:00:00Z", "2015-09-21T21:00:00Z")]
    public void TheHoursOfAnEquityDayAreThoseOfItsTime(string day, string open, string close)
    {
        Session session = Calendars.CmeEquity.SessionAt(Timestamp.From(DateTimeOffset.Parse(close, null) - TimeSpan.FromMinutes(1)));
        Assert.Equal((day, open, close), (session.TradingDay.ToString("yyyy-MM-dd", null), session.Open.ToString(), session.Close.ToString()));
    }

    /// <summary>What CME published for 2026 so far: shorter Fridays for energy and metals, longer Labor Day and day after Thanksgiving; the jobs report on Good Friday.</summary>
    [Theory]
    [InlineData("cme-energy-metals", "2026-06-19T17:00:00Z")]
    [InlineData("cme-energy-metals", "2026-07-03T17:00:00Z")]
    [InlineData("cme-energy-metals", "2026-09-07T18:30:00Z")]
    [InlineData("cme-energy-metals", "2026-11-27T19:45:00Z")]
    [InlineData("cme-energy-metals", "2026-12-24T18:45:00Z")]
    [InlineData("cme-equity", "2026-04-03T13:15:00Z")]
    [InlineData("cme-rates", "2025-01-09T18:15:00Z")]
    [InlineData("cme-equity", "2025-01-09T14:30:00Z")]
    [InlineData("us-equity", "2025-07-03T17:00:00Z")]
    [InlineData("us-equity", "2025-11-28T18:00:00Z")]
    [InlineData("us-equity-extended", "2025-12-24T22:00:00Z")]
    public void KnownClosesOfLaterYears(string name, string close)
    {
        Timestamp end = Timestamp.From(DateTimeOffset.Parse(close, null));
        Assert.Equal(end, Find(name).SessionAt(end - TimeSpan.FromMinutes(1)).Close);
    }

    [Theory]
    [InlineData("2001-09-11", false)]
    [InlineData("2001-09-14", false)]
    [InlineData("2001-09-17", true)]
    [InlineData("2004-06-11", false)]
    [InlineData("2007-01-02", false)]
    [InlineData("2012-10-29", false)]
    [InlineData("2012-10-30", false)]
    [InlineData("2012-10-31", true)]
    [InlineData("2018-12-05", false)]
    [InlineData("2021-06-18", true)]
    [InlineData("2022-06-20", false)]
    [InlineData("2025-01-09", false)]
    [InlineData("2021-12-31", true)]
    public void SharesAreClosedOnDaysOfMourningAndDisaster(string day, bool isOpen)
    {
        Timestamp noon = Timestamp.From(DateTimeOffset.Parse(day + "T17:00:00Z", null));
        Assert.Equal(isOpen, Calendars.UsEquity.IsOpen(noon));
        Assert.Equal(isOpen, Calendars.UsEquityExtended.IsOpen(noon));
    }

    /// <summary>A Tuesday in winter and one in summer: midnight UTC is 19:00 and 20:00 of the Monday in New York, where late trading ends at 20:00.</summary>
    [Theory]
    [InlineData(1, 9)]
    [InlineData(7, 9)]
    public void ADailyBarStampedWithMidnightUtcBelongsToTheSessionOfItsDate(int month, int day)
    {
        Timestamp midnight = Timestamp.FromUtc(2024, month, day);
        foreach (SessionCalendar calendar in Calendars.All)
        {
            Assert.Equal(new DateOnly(2024, month, day), calendar.SessionOf(new Bar(midnight, midnight + TimeSpan.FromDays(1), 1, 1, 1, 1, 1)).TradingDay);
            Assert.Equal(calendar.SessionAt(midnight), calendar.SessionOf(new Bar(midnight, midnight + TimeSpan.FromMinutes(1), 1, 1, 1, 1, 1)));
        }
    }

    [Theory]
    [InlineData("ES", "cme-equity")]
    [InlineData("MYM", "cme-equity")]
    [InlineData("MCL", "cme-energy-metals")]
    [InlineData("GC", "cme-energy-metals")]
    [InlineData("6E", "cme-fx")]
    [InlineData("ZN", "cme-rates")]
    [InlineData("SPY", "us-equity-extended")]
    [InlineData("EURUSD", "fx")]
    [InlineData("BTCUSD", "continuous")]
    public void AnInstrumentTradesByTheHoursOfItsVenue(string symbol, string calendar) =>
        Assert.Equal(calendar, BarBuilderTests.Find(symbol).Calendar.Name);

    [Fact]
    public void EveryCalendarIsFoundByItsNameInAnyCase()
    {
        foreach (SessionCalendar calendar in Calendars.All)
        {
            Assert.True(Calendars.TryFind(calendar.Name.ToUpperInvariant(), out SessionCalendar? found));
            Assert.Same(calendar, found);
        }
        Assert.Equal(8, Calendars.All.Count);
        Assert.False(Calendars.TryFind("CME-equity-RTH", out _));
    }

    [Fact]
    public void AnyInstantGetsASessionThatIsNotOverYetAndSessionsFollowOneAnother()
    {
        foreach (SessionCalendar calendar in Calendars.All)
        {
            Session last = default;
            for (Timestamp time = Timestamp.FromUtc(1985, 1, 1); time < Timestamp.FromUtc(2110, 1, 1); time += TimeSpan.FromHours(7.3))
            {
                Session session = calendar.SessionAt(time);
                if (session.Close <= time || session.Open >= session.Close || (session != last && session.Open < last.Close)) Assert.Fail($"{calendar.Name} at {time}: {session} after {last}");
                if (session.Open - time > TimeSpan.FromDays(7)) Assert.Fail($"{calendar.Name} at {time} is closed until {session.Open}");
                last = session;
            }
        }
    }

    [Fact]
    public void AskingForASessionAllocatesNothing()
    {
        SessionCalendar[] calendars = [.. Calendars.All];
        foreach (SessionCalendar calendar in calendars) Ask(calendar);
        Assert.Equal(0, Allocation.Of(() =>
        {
            foreach (SessionCalendar calendar in calendars) Ask(calendar);
        }));

        static void Ask(SessionCalendar calendar)
        {
            for (Timestamp time = Timestamp.FromUtc(2012, 1, 1); time < Timestamp.FromUtc(2016, 1, 1); time += TimeSpan.FromHours(5)) calendar.SessionAt(time);
        }
    }

    private static SessionCalendar Find(string name) => Calendars.TryFind(name, out SessionCalendar? calendar) ? calendar : throw new UnreachableException(name);

    private static List<Session> Sessions(string column, TimeZoneInfo zone, double open, double close, double addedToEarlyClose, Func<DateOnly, double> addedToClose)
    {
        Dictionary<DateOnly, TimeOnly?> special = column.Length == 0 ? [] : HolidayTable.Read(column);
        var sessions = new List<Session>();
        for (var day = new DateOnly(HolidayTable.FirstYear, 1, 1); day.Year <= HolidayTable.LastYear; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) continue;
            double end = close + addedToClose(day);
            if (special.TryGetValue(day, out TimeOnly? early))
            {
                if (early is null) continue;
                end = early.Value.ToTimeSpan().TotalHours + addedToEarlyClose;
            }
            sessions.Add(new(day, Utc(day, open), Utc(day, end)));
        }
        return sessions;

        Timestamp Utc(DateOnly day, double hours) => Timestamp.From(TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(default).AddHours(hours), zone));
    }
}
