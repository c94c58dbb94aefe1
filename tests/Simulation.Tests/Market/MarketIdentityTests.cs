using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>One seed is one market: on every machine, whenever it is joined, whoever else is listened to.</summary>
public sealed class MarketIdentityTests
{
    /// <summary>These hashes change only when the model is changed on purpose; then recordings and samples made with the old one no longer repeat.</summary>
    [Fact]
    public void TheFirstMillionEventsArePinned()
    {
        MarketGeneratorOptions options = Markets.Options(42, "ES", "NQ", "CL", "GC", "6E");
        Assert.Equal(13989932869952477370UL, Markets.Hash(Markets.Events(options, 1_000_000)));
    }

    [Fact]
    public void TheFirstEventsWithDepthArePinned()
    {
        MarketGeneratorOptions options = Markets.Options(42, Markets.AllSymbols) with { Depth = true };
        Assert.Equal(3618896578584411810UL, Markets.Hash(Markets.Events(options, 200_000)));
    }

    [Fact]
    public void EqualOptionsGiveEqualEventsAndAnotherSeedGivesOthers()
    {
        ulong first = Markets.Hash(Markets.Events(Markets.Options(3, "ES", "GC"), 50_000));
        Assert.Equal(first, Markets.Hash(Markets.Events(Markets.Options(3, "ES", "GC"), 50_000)));
        Assert.NotEqual(first, Markets.Hash(Markets.Events(Markets.Options(4, "ES", "GC"), 50_000)));
    }

    [Fact]
    public void AMarketThatIsJoinedLaterIsTheSameMarket()
    {
        MarketGeneratorOptions early = Markets.Options(11, "ES", "MNQ");
        Timestamp join = early.Start + TimeSpan.FromSeconds(200.5);
        MarketEvent[] all = [.. Markets.Events(early, 60_000).Where(e => e.Time >= join)];
        // The newcomer is told where the touch of each contract stands, then hears what everybody hears.
        MarketEvent[] joined = [.. Markets.Events(early with { Start = join }, all.Length + 2)];

        Assert.Equal([join, join], joined[..2].Select(e => e.Time));
        Assert.Equal(Markets.Hash(all), Markets.Hash(joined[2..]));
    }

    [Fact]
    public void TheCompanyOfOthersChangesNothing()
    {
        MarketGeneratorOptions alone = Markets.Options(12, "CL");
        MarketGeneratorOptions together = Markets.Options(12, "CL", "ES", "MCL", "6E");
        var inCompany = Markets.Events(together, 60_000).Where(e => e.Instrument == 0).ToList();
        Assert.Equal(Markets.Hash(Markets.Events(alone, inCompany.Count)), Markets.Hash(inCompany));
    }

    [Fact]
    public void DepthChangesNoTradeAndNoQuote()
    {
        MarketGeneratorOptions options = Markets.Options(13, "ES", "GC");
        var plain = Markets.Events(options with { Depth = true }, 200_000).Where(e => e.Kind != MarketEventKind.Depth).ToList();
        Assert.Equal(Markets.Hash(Markets.Events(options, plain.Count)), Markets.Hash(plain));
    }

    [Fact]
    public void AMicroStaysWithItsParent()
    {
        foreach ((string parent, string micro) in new[] { ("ES", "MES"), ("NQ", "MNQ"), ("CL", "MCL"), ("GC", "MGC"), ("6E", "M6E") })
        {
            MarketGeneratorOptions options = Markets.Options(14, parent, micro) with { Start = Timestamp.FromUtc(2025, 3, 4, 14) };
            var quotes = new Quote?[2];
            var distances = new List<double>();
            foreach (MarketEvent marketEvent in Markets.Events(options, 100_000).Where(e => e.Kind == MarketEventKind.Quote))
            {
                quotes[marketEvent.Instrument] = marketEvent.Quote;
                if (quotes[0] is { } a && quotes[1] is { } b) distances.Add(Math.Abs(a.Mid - b.Mid) / Math.Max(a.Ask - a.Bid, b.Ask - b.Bid));
            }
            Assert.True(distances.Average() < 0.75, $"{micro} is {distances.Average():F2} spreads from {parent} on average");
            double far = distances.Count(distance => distance > 3) / (double)distances.Count;
            Assert.True(far < 0.02, $"{micro} is more than 3 spreads from {parent} in {far:P1} of the quotes");
        }
    }
}
