using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

public sealed class MarketDepthTests
{
    /// <summary>A book kept as a reader of the feed would keep it.</summary>
    private sealed class Book
    {
        public SortedDictionary<double, double> Bids { get; } = [];

        public SortedDictionary<double, double> Asks { get; } = [];

        public bool IsKnown { get; private set; }

        public void Apply(DepthUpdate update)
        {
            SortedDictionary<double, double> side = update.Side == Side.Buy ? Bids : Asks;
            if (update.Action == DepthAction.Reset)
            {
                Bids.Clear();
                Asks.Clear();
                IsKnown = true;
            }
            else if (update.Size == 0) Assert.True(side.Remove(update.Price), $"removes {update.Price}, which is not in the book");
            else side[update.Price] = update.Size;
            if (Bids.Count > 0 && Asks.Count > 0) Assert.True(Bids.Keys.Max() < Asks.Keys.Min(), $"crossed at {update.Time}");
        }
    }

    [Fact]
    public void TheBookHasTenLevelsASideAndItsBestIsTheQuote()
    {
        MarketGeneratorOptions options = Markets.Options(21, "ES", "NQ", "6E") with { Depth = true };
        Book[] books = [.. options.Instruments.Select(_ => new Book())];
        int quotes = 0;
        foreach (MarketEvent marketEvent in Markets.Events(options, 300_000))
        {
            Book book = books[marketEvent.Instrument];
            if (marketEvent.Kind == MarketEventKind.Depth) book.Apply(marketEvent.Depth);
            if (marketEvent.Kind != MarketEventKind.Quote) continue;
            Assert.True(book.IsKnown);
            Assert.Equal((10, 10), (book.Bids.Count, book.Asks.Count));
            Assert.Equal((marketEvent.Quote.Bid, marketEvent.Quote.BidSize), (book.Bids.Last().Key, book.Bids.Last().Value));
            Assert.Equal((marketEvent.Quote.Ask, marketEvent.Quote.AskSize), (book.Asks.First().Key, book.Asks.First().Value));
            quotes++;
        }
        Assert.True(quotes > 30_000);
    }

    [Fact]
    public void ASessionStartsWithAnEmptyBook()
    {
        MarketGeneratorOptions options = Markets.Options(22, "CL") with { Depth = true, Start = Timestamp.FromUtc(2025, 3, 4, 21, 59) };
        var market = new MarketGenerator(options);
        MarketEvent first;
        do Assert.True(market.TryNext(out first));
        while (first.Time < Timestamp.FromUtc(2025, 3, 4, 22));
        Assert.Equal((MarketEventKind.Depth, DepthAction.Reset), (first.Kind, first.Depth.Action));
        Assert.True(first.Time >= Timestamp.FromUtc(2025, 3, 4, 23));
    }
}
