using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Simulation.Tests.Market;

/// <summary>A week of ES and NQ trade by trade for three seeds: run once, measured by several tests.</summary>
internal static class StreamedMarkets
{
    internal static readonly ulong[] Seeds = [1, 2, 3];
    internal static readonly Timestamp Start = Timestamp.FromUtc(2025, 3, 2, 23);
    internal static readonly Timestamp End = Timestamp.FromUtc(2025, 3, 7, 22);

    internal sealed record Market(ulong Seed, MinuteSeries Es, MinuteSeries Nq, Facts Facts, double[] TradeChanges, double[] Sizes);

    internal static IReadOnlyList<Market> All => Streamed.Value;

    private static readonly Lazy<Market[]> Streamed = new(() => [.. Seeds.Select(Stream)]);

    private static Market Stream(ulong seed)
    {
        MarketGeneratorOptions options = Markets.Options(seed, "ES", "NQ") with
        {
            Start = Start,
            EventsPerSecond = new Dictionary<string, double> { ["ES"] = 20, ["NQ"] = 20 },
        };
        List<Trade>[] trades = [[], []];
        var market = new MarketGenerator(options);
        while (market.TryNext(out MarketEvent marketEvent) && marketEvent.Time < End)
        {
            if (marketEvent.Kind == MarketEventKind.Trade) trades[marketEvent.Instrument].Add(marketEvent.Trade);
        }
        MinuteSeries es = MinuteSeries.Of(trades[0]);
        double[] changes = [.. trades[0].Zip(trades[0].Skip(1), (a, b) => b.Price - a.Price)];
        return new(seed, es, MinuteSeries.Of(trades[1]), Facts.Of(es), changes, [.. trades[0].Select(trade => trade.Size)]);
    }
}
