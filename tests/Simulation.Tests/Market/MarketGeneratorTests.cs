using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class MarketGeneratorTests
{
    [Fact]
    public void TimeNeverRunsBackwards()
    {
        Timestamp last = Markets.Options(1, "ES").Start;
        foreach (MarketEvent marketEvent in Markets.Events(Markets.Options(1, Markets.AllSymbols), 300_000))
        {
            Assert.True(marketEvent.Time >= last, $"{marketEvent.Time} after {last}");
            last = marketEvent.Time;
        }
    }

    [Fact]
    public void TheBidIsBelowTheAskAndEverythingIsOnTheTickGrid()
    {
        MarketGeneratorOptions options = Markets.Options(2, Markets.AllSymbols);
        foreach (MarketEvent marketEvent in Markets.Events(options, 300_000))
        {
            Instrument instrument = options.Instruments[marketEvent.Instrument];
            if (marketEvent.Kind == MarketEventKind.Trade)
            {
                AssertOnGrid(instrument, marketEvent.Trade.Price);
                Assert.True(marketEvent.Trade.Size >= 1 && marketEvent.Trade.Size == Math.Floor(marketEvent.Trade.Size));
                continue;
            }
            Assert.Equal(MarketEventKind.Quote, marketEvent.Kind);
            Assert.True(marketEvent.Quote.Bid < marketEvent.Quote.Ask);
            Assert.True(marketEvent.Quote is { BidSize: >= 1, AskSize: >= 1 });
            AssertOnGrid(instrument, marketEvent.Quote.Bid);
            AssertOnGrid(instrument, marketEvent.Quote.Ask);
        }
    }

    [Fact]
    public void ATradePrintsAtTheTouchThatWasQuotedBeforeIt()
    {
        MarketGeneratorOptions options = Markets.Options(3, "ES", "NQ", "CL");
        var quotes = new Quote?[options.Instruments.Count];
        foreach (MarketEvent marketEvent in Markets.Events(options, 200_000))
        {
            if (marketEvent.Kind == MarketEventKind.Quote) quotes[marketEvent.Instrument] = marketEvent.Quote;
            if (marketEvent.Kind != MarketEventKind.Trade || quotes[marketEvent.Instrument] is not { } quote) continue;
            Assert.Equal(marketEvent.Trade.Aggressor == Aggressor.Buyer ? quote.Ask : quote.Bid, marketEvent.Trade.Price);
        }
    }

    [Fact]
    public void ChicagosHaltAndWeekendAreSilent()
    {
        MarketGeneratorOptions options = Markets.Options(4, Markets.AllSymbols) with { Start = Timestamp.FromUtc(2025, 3, 5, 12), ActivityScale = 0.05 };
        var market = new MarketGenerator(options);
        var days = new HashSet<DayOfWeek>();
        while (market.TryNext(out MarketEvent marketEvent) && marketEvent.Time < Timestamp.FromUtc(2025, 3, 12, 12))
        {
            // Winter time until Sunday 9 March 2025, 02:00 in Chicago; summer time after it.
            DateTime chicago = marketEvent.Time.ToDateTimeOffset().UtcDateTime.AddHours(marketEvent.Time < Timestamp.FromUtc(2025, 3, 9, 8) ? -6 : -5);
            days.Add(chicago.DayOfWeek);
            Assert.NotEqual(16, chicago.Hour);
            Assert.NotEqual(DayOfWeek.Saturday, chicago.DayOfWeek);
            if (chicago.DayOfWeek == DayOfWeek.Friday) Assert.True(chicago.Hour < 16, $"{chicago} is after the week's close");
            if (chicago.DayOfWeek == DayOfWeek.Sunday) Assert.True(chicago.Hour >= 17, $"{chicago} is before the week's open");
        }
        Assert.Equal(6, days.Count);
    }

    [Fact]
    public void AroundTheClockItTradesOnSaturdaysToo()
    {
        MarketGeneratorOptions options = Markets.Options(5, "ES") with { Start = Timestamp.FromUtc(2025, 3, 8, 12), AroundTheClock = true };
        MarketEvent[] events = [.. Markets.Events(options, 1000)];
        Assert.True(events[^1].Time < Timestamp.FromUtc(2025, 3, 8, 14));
    }

    [Fact]
    public void TheStreamEndsWhereTimeEnds()
    {
        MarketGeneratorOptions options = Markets.Options(6, "ES") with { Start = MarketGeneratorOptions.Latest - TimeSpan.FromMinutes(2), AroundTheClock = true };
        var market = new MarketGenerator(options);
        int count = 0;
        while (market.TryNext(out MarketEvent marketEvent))
        {
            Assert.True(marketEvent.Time < MarketGeneratorOptions.Latest);
            count++;
        }
        Assert.True(count > 0);
    }

    [Theory]
    [InlineData("ES", 9.5, 16)]
    [InlineData("GC", 8.333333, 13.5)]
    public void TheRegularHoursHaveTheEventsPerSecondThatWereAskedFor(string symbol, double from, double to)
    {
        double counted = 0;
        int days = 0;
        for (ulong seed = 1; seed <= 4; seed++)
        {
            MarketGeneratorOptions options = Markets.Options(seed, symbol) with
            {
                Start = Timestamp.FromUtc(2025, 1, 6),
                EventsPerSecond = new Dictionary<string, double> { [symbol] = 0.5 },
            };
            var market = new MarketGenerator(options);
            var seen = new HashSet<DateTime>();
            while (market.TryNext(out MarketEvent marketEvent) && marketEvent.Time < Timestamp.FromUtc(2025, 3, 8))
            {
                DateTime newYork = marketEvent.Time.ToDateTimeOffset().UtcDateTime.AddHours(-5);
                if (newYork.TimeOfDay.TotalHours < from || newYork.TimeOfDay.TotalHours >= to) continue;
                counted++;
                seen.Add(newYork.Date);
            }
            days += seen.Count;
        }
        Assert.Equal(0.5, counted / (days * 3600 * (to - from)), 0.075);
    }

    [Fact]
    public void WithoutTheDaysShapeTheNightIsAsBusyAsTheDay()
    {
        MarketGeneratorOptions options = Markets.Options(7, "ES") with { Start = Timestamp.FromUtc(2025, 3, 3, 0), DayShape = false };
        var perHour = new double[24];
        var market = new MarketGenerator(options);
        while (market.TryNext(out MarketEvent marketEvent) && marketEvent.Time < Timestamp.FromUtc(2025, 3, 4)) perHour[marketEvent.Time.ToDateTimeOffset().Hour]++;
        double night = perHour[5..10].Average();
        double day = perHour[15..20].Average();
        Assert.InRange(night / day, 0.5, 2);
    }

    [Fact]
    public void NothingIsAllocatedPerEvent()
    {
        var market = new MarketGenerator(Markets.Options(8, "ES", "NQ", "CL") with { Depth = true, ActivityScale = 50 });
        for (int i = 0; i < 200_000; i++) market.TryNext(out _);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 200_000; i++) market.TryNext(out _);
        }));
    }

    /// <summary>The double nearest to the decimal price, not one that is a rounding error away from it.</summary>
    private static void AssertOnGrid(Instrument instrument, double price) => Assert.Equal((double)instrument.RoundToTick(price), price);
}
