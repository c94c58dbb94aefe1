using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Core.Tests.Market;

public class RealMarketTests
{
    [Theory]
    [InlineData("1s")]
    [InlineData("1m")]
    [InlineData("1h")]
    [InlineData("1d")]
    public void BarsOfADayOfGoldTradesEqualTheGroupedTrades(string text)
    {
        List<Trade> trades = RealData.Trades("gc-trades-2013-10-07.csv.gz");
        Instrument gold = BarBuilderTests.Find("GC");
        Timeframe timeframe = BarBuilderTests.Parse(text);
        List<Bar> bars = BarBuilderOracleTests.Built(new(timeframe, gold), trades);
        BarBuilderOracleTests.Same(new BarOracle(timeframe, gold.Calendar).Bars(trades), bars, text);
        Assert.Equal(trades.Sum(trade => trade.Size), bars.Sum(bar => bar.Volume));
        Assert.DoesNotContain(bars, bar => !gold.Calendar.IsOpen(bar.Start));
    }

    [Fact]
    public void DaysOfEsMinutesEqualMinutesGroupedByTheChicagoTradeDate()
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById("America/Chicago", out TimeZoneInfo? chicago), "This machine has no time zone database: install tzdata.");
        List<Bar> minutes = RealData.Bars("es-1m-2013.csv.gz", TimeSpan.FromMinutes(1));
        var expected = minutes.GroupBy(TradeDate).Select(day => (day.First().Open, day.Max(bar => bar.High), day.Min(bar => bar.Low), day.Last().Close, day.Sum(bar => bar.Volume))).ToList();
        List<Bar> days = BarBuilderOracleTests.Aggregated(new(Timeframe.OneDay, BarBuilderTests.Find("ES")), minutes);
        Assert.Equal(expected, days.Select(bar => (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)).ToList());

        DateOnly TradeDate(Bar bar)
        {
            DateTime local = TimeZoneInfo.ConvertTimeFromUtc(bar.Start.ToDateTimeOffset().UtcDateTime, chicago!);
            return DateOnly.FromDateTime(local.AddHours(7));
        }
    }

    [Theory]
    [InlineData("ES", "es-1m-2013.csv.gz", 16_673)]
    [InlineData("SPY", "spy-1m-2013-10.csv.gz", 4_839)]
    public void NoRealMinuteLiesInClosedTime(string symbol, string file, int count)
    {
        List<Bar> minutes = RealData.Bars(file, TimeSpan.FromMinutes(1));
        Instrument instrument = BarBuilderTests.Find(symbol);
        Assert.Equal(count, minutes.Count);
        Assert.DoesNotContain(minutes, bar => !instrument.Calendar.IsOpen(bar.Start));
    }

    /// <summary>Twenty-three years of real trading days, with every holiday, storm and day of mourning in them.</summary>
    [Fact]
    public void TheTradingDaysOfSharesAreTheDaysThatSpyTraded()
    {
        List<DateOnly> traded = [.. RealData.Bars("spy-1d-1998-2021.csv.gz", TimeSpan.FromDays(1)).Select(bar => DateOnly.FromDateTime(bar.Start.ToDateTimeOffset().UtcDateTime))];
        foreach (SessionCalendar calendar in new[] { Calendars.UsEquity, Calendars.UsEquityExtended })
        {
            var days = new List<DateOnly>();
            Timestamp end = Timestamp.FromUtc(2021, 4, 1);
            for (Session session = calendar.SessionAt(Timestamp.FromUtc(1998, 1, 2, 6)); session.Open < end; session = calendar.SessionAt(session.Close))
            {
                Assert.NotEqual(session.TradingDay, days.LastOrDefault());
                days.Add(session.TradingDay);
            }
            Assert.Equal(traded, days);
        }
    }

    /// <summary>The file is Friday 2 May 2014 from 05:00 UTC to its end; New York closed the week at 21:00 UTC.</summary>
    [Fact]
    public void AllQuotesOfAFridayOfEuroDollarLieInOneSession()
    {
        List<Timestamp> times = RealData.Times("eurusd-quotes-2014-05-02.csv.gz");
        Session session = BarBuilderTests.Find("EURUSD").Calendar.SessionAt(times[0]);
        Assert.Equal(new Session(new(2014, 5, 2), Timestamp.FromUtc(2014, 5, 1, 21), Timestamp.FromUtc(2014, 5, 2, 21)), session);
        Assert.DoesNotContain(times, time => !session.Contains(time));
    }
}
