using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>Short ways to a market for tests.</summary>
internal static class Markets
{
    public static readonly string[] AllSymbols = ["ES", "MES", "NQ", "MNQ", "CL", "MCL", "GC", "MGC", "6E", "M6E"];

    public static Instrument Named(string symbol)
    {
        Assert.True(Instruments.TryFind(symbol, out Instrument? instrument));
        return instrument;
    }

    public static MarketGeneratorOptions Options(ulong seed, params string[] symbols) => new() { Seed = seed, Instruments = [.. symbols.Select(Named)] };

    public static IEnumerable<MarketEvent> Events(MarketGeneratorOptions options, int count)
    {
        var market = new MarketGenerator(options);
        for (int i = 0; i < count; i++)
        {
            Assert.True(market.TryNext(out MarketEvent marketEvent));
            yield return marketEvent;
        }
    }

    public static ulong Hash(IEnumerable<MarketEvent> events)
    {
        var hash = new StateHash();
        foreach (MarketEvent marketEvent in events) Fold(ref hash, marketEvent);
        return hash.Value;
    }

    private static void Fold(ref StateHash hash, in MarketEvent marketEvent)
    {
        hash.Fold((long)marketEvent.Kind << 32 | (long)marketEvent.Instrument);
        hash.Fold(marketEvent.Time.Nanoseconds);
        switch (marketEvent.Kind)
        {
            case MarketEventKind.Trade:
                hash.Fold(marketEvent.Trade.Price);
                hash.Fold(marketEvent.Trade.Size);
                hash.Fold((long)marketEvent.Trade.Aggressor);
                break;
            case MarketEventKind.Quote:
                hash.Fold(marketEvent.Quote.Bid);
                hash.Fold(marketEvent.Quote.Ask);
                hash.Fold(marketEvent.Quote.BidSize);
                hash.Fold(marketEvent.Quote.AskSize);
                break;
            default:
                hash.Fold((long)marketEvent.Depth.Side << 8 | (long)marketEvent.Depth.Action);
                hash.Fold(marketEvent.Depth.Price);
                hash.Fold(marketEvent.Depth.Size);
                break;
        }
    }
}
