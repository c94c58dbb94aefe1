using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>What every liquid market shows (Cont, 2001), measured on the made-up one by plain statistics.</summary>
public sealed class StylisedFactsTests
{
    /// <summary>Bars that were drawn without trades, twenty sessions each.</summary>
    public static TheoryData<ulong, string> Drawn
    {
        get
        {
            var rows = new TheoryData<ulong, string>();
            for (ulong seed = 1; seed <= 4; seed++)
            {
                foreach (string symbol in new[] { "ES", "NQ", "CL", "GC", "6E" }) rows.Add(seed, symbol);
            }
            return rows;
        }
    }

    private static void ForEachStream(Action<StreamedMarkets.Market> fact)
    {
        foreach (StreamedMarkets.Market market in StreamedMarkets.All) fact(market);
    }

    [Fact]
    public void ReturnsOfOneMinuteHaveFatTails() => ForEachStream(market => Assert.InRange(market.Facts.Kurtosis, 3, 30));

    [Fact]
    public void TailsThinOutAsReturnsAddUp() => ForEachStream(market => Assert.True(market.Facts.KurtosisOfThirtyMinutes < market.Facts.Kurtosis));

    [Fact]
    public void ReturnsDoNotForetellReturns() => ForEachStream(market => Assert.All(market.Facts.ReturnsAutocorrelation, value => Assert.InRange(value, -0.08, 0.08)));

    [Fact]
    public void MovesForetellMovesForFiftyMinutes() => ForEachStream(market => Assert.All(market.Facts.AbsoluteAutocorrelation, value => Assert.InRange(value, 0.05, 0.5)));

    [Fact]
    public void TradePricesBounceBetweenBidAndAsk() => ForEachStream(market => Assert.InRange(Moments.Autocorrelation(market.TradeChanges, 1), -0.5, -0.05));

    [Fact]
    public void VolumeOverTheRegularHoursIsAU() => ForEachStream(market =>
    {
        Assert.InRange(market.Facts.OpenVolume, 1.4, 2.8);
        Assert.InRange(market.Facts.MiddayVolume, 0.4, 0.8);
        Assert.InRange(market.Facts.CloseVolume, 1.25, 2.5);
    });

    [Fact]
    public void TheNightIsQuiet() => ForEachStream(market =>
    {
        Assert.InRange(market.Facts.NightVolume, 0.03, 0.25);
        Assert.InRange(market.Facts.DayOverNight, 1.5, 3.5);
    });

    [Fact]
    public void VolumeComesWithMoves() => ForEachStream(market => Assert.InRange(market.Facts.VolumeWithMove, 0.2, 0.7));

    [Fact]
    public void EsAndNqMoveTogether() => ForEachStream(market => Assert.InRange(MinuteSeries.Correlation(market.Es, market.Nq), 0.8, 0.97));

    [Fact]
    public void MostTradesAreSmallAndAFewAreVeryLarge() => ForEachStream(market =>
    {
        Assert.InRange(market.Sizes.Count(size => size == 1) / (double)market.Sizes.Length, 0.4, 0.9);
        Assert.True(market.Sizes.Max() >= 300);
        foreach (int round in new[] { 5, 10, 20, 50 })
        {
            Assert.True(market.Sizes.Count(size => size == round) > 2 * market.Sizes.Count(size => size == round + 1), $"{round} contracts do not stand out");
        }
    });

    [Theory]
    [MemberData(nameof(Drawn))]
    public void DrawnBarsShowTheSameFacts(ulong seed, string symbol)
    {
        Facts facts = Facts.Of(DrawnSeries(seed, symbol));

        Assert.InRange(facts.Kurtosis, 3, 30);
        Assert.All(facts.ReturnsAutocorrelation, value => Assert.InRange(value, -0.08, 0.08));
        Assert.All(facts.AbsoluteAutocorrelation, value => Assert.InRange(value, 0.05, 0.5));
    }

    [Theory]
    [InlineData("ES", "NQ", 0.8, 0.97)]
    [InlineData("ES", "MES", 0.9, 1)]
    [InlineData("ES", "CL", 0.05, 0.4)]
    [InlineData("GC", "6E", 0.15, 0.55)]
    [InlineData("ES", "GC", -0.15, 0.2)]
    public void DrawnBarsHangTogether(string one, string other, double least, double most)
    {
        for (ulong seed = 1; seed <= 4; seed++)
            Assert.InRange(MinuteSeries.Correlation(DrawnSeries(seed, one), DrawnSeries(seed, other)), least, most);
    }

    /// <summary>History that is drawn and history that was traded must not be told apart by what a strategy measures.</summary>
    [Fact]
    public void DrawnBarsAndTradedBarsAreAlike() => ForEachStream(market =>
    {
        MarketGeneratorOptions options = Markets.Options(market.Seed, "ES") with { EventsPerSecond = new Dictionary<string, double> { ["ES"] = 20 } };
        var drawn = new MinuteSeries(new MarketGenerator(options).GenerateBars(Markets.Named("ES"), Timeframe.OneMinute, StreamedMarkets.Start, market.Es.Bars.Count));
        Facts facts = Facts.Of(drawn);

        AssertAlike(market.Facts.Kurtosis, facts.Kurtosis, 0.15);
        AssertAlike(market.Facts.RangeOverDeviation, facts.RangeOverDeviation, 0.08);
        AssertAlike(market.Facts.DayOverNight, facts.DayOverNight, 0.08);
        AssertAlike(market.Facts.OpenVolume, facts.OpenVolume, 0.1);
        AssertAlike(market.Es.Bars.Sum(bar => bar.Volume), drawn.Bars.Sum(bar => bar.Volume), 0.06);
        AssertAlike(Moments.Variance(market.Es.Returns()), Moments.Variance(drawn.Returns()), 0.08);
        Assert.InRange(MinuteSeries.Correlation(market.Es, drawn), 0.85, 1);
    });

    private static MinuteSeries DrawnSeries(ulong seed, string symbol) =>
        new(new MarketGenerator(Markets.Options(seed, symbol)).GenerateBars(Markets.Named(symbol), Timeframe.OneMinute, Timestamp.FromUtc(2024, 9, 1), 20 * 1380));

    private static void AssertAlike(double expected, double found, double relative) => Assert.InRange(found / expected, 1 - relative, 1 + relative);
}
