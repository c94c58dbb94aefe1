using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class MarketGeneratorTests
{
    [Fact]
    public void TimeNeverRunsBackwards()
    {
        Timestamp last = Markets.Options(1).Start;
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
    public void EqualOptionsGiveEqualEventsAndAnotherSeedGivesOthers()
    {
        ulong first = Markets.Hash(Markets.Events(Markets.Options(3, "ES", "GC"), 50_000));
        Assert.Equal(first, Markets.Hash(Markets.Events(Markets.Options(3, "ES", "GC"), 50_000)));
        Assert.NotEqual(first, Markets.Hash(Markets.Events(Markets.Options(4, "ES", "GC"), 50_000)));
    }

    [Fact]
    public void WrongOptionsAreAllNamedAtOnce()
    {
        MarketGeneratorOptions options = Markets.Options(1, "ES", "ES", "SPY") with
        {
            Start = Timestamp.FromUtc(1999, 1, 1),
            ActivityScale = double.NaN,
            EventsPerSecond = new Dictionary<string, double> { ["CL"] = 0 },
        };
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new MarketGenerator(options));
        foreach (string word in new[] { "1999-01-01", "NaN", "ES twice", "SPY", "names CL", "of CL is 0" }) Assert.Contains(word, refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The double nearest to the decimal price, not one that is a rounding error away from it.</summary>
    private static void AssertOnGrid(Instrument instrument, double price) => Assert.Equal((double)instrument.RoundToTick(price), price);
}
