using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.Tests.Gateway;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Quirks;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The feed on the project's own gateway, over real sockets: both ends count the same.</summary>
public sealed class EndToEndTests
{
    private static readonly string[] Symbols = ["ES", "NQ", "CL"];
    private static readonly double[] FirstPrices = [5450, 19_500, 75];

    /// <summary>The gateway's market lives in August, this computer's clock in another month: the feed goes by the gateway's.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NothingIsLostBetweenGatewayAndInbox(bool bareObjects)
    {
        (ScriptedMarket market, List<(int Instrument, Trade Trade)> trades) = MakeMarket(seconds: 150);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        await using var server = new GatewayServer(new GatewayOptions { Quirks = bareObjects ? [Quirk.BareObjects] : [] }, market, time);
        await server.StartAsync(ScriptedGateway.Patience);
        Channel<FeedInput> inbox = Channel.CreateUnbounded<FeedInput>();
        using var stop = new CancellationTokenSource();
        await using var feed = new ProjectXFeed(Options(server.BaseAddress), time);
        Task running = feed.RunAsync([.. Symbols.Select((symbol, index) => new FeedSubscription(index, FeedRun.Find(symbol)))], inbox.Writer, stop.Token);

        await Drive(server, time, running, () => server.MarketEnd.IsCompleted && feed.Health.Messages == SentBy(server), () => $"{feed.Health} of {SentBy(server)}, market {server.Counters.Market}");
        List<FeedInput> inputs = [];
        while (inbox.Reader.TryRead(out FeedInput input)) inputs.Add(input);
        await stop.CancelAsync();
        await Task.WhenAny(running);

        Assert.True(feed.Health.Messages > 10_000, $"{feed.Health.Messages} messages");
        Assert.Equal(0, feed.Health.Unreadable);
        for (int instrument = 0; instrument < Symbols.Length; instrument++)
        {
            var got = BarSum.Of(inputs, instrument, 1);
            var expected = new SortedDictionary<long, (double O, double H, double L, double C, long V)>();
            foreach ((_, Trade trade) in trades.Where(item => item.Instrument == instrument && item.Trade.Time >= Timestamp.FromUnixSeconds(got.First().Key))) BarSum.Add(expected, 1, trade);
            Assert.True(expected.Count > 100);
            Assert.Equal(expected, got);
            Assert.Equal([FeedEventKind.Up], inputs.Where(input => input.Input.Kind == InputKind.Feed && input.Input.Instrument == instrument).Select(input => input.Input.Feed.Kind));
            Quote last = inputs.Last(input => input.Input.Kind == InputKind.Quote && input.Input.Instrument == instrument).Input.Quote;
            Trade lastTrade = trades.Last(item => item.Instrument == instrument).Trade;
            double tick = FeedRun.Find(Symbols[instrument]).TickSizeAsDouble;
            Assert.Equal((lastTrade.Price - tick, lastTrade.Price + tick), (last.Bid, last.Ask), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9);
        }
    }

    /// <summary>As a session starts: the newest minute tells the market's time, then the bars of the wanted timeframe are read, then the stream.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task HistoryAndLiveDataJoinWithoutAHoleOrAnOverlap(int minutes)
    {
        (ScriptedMarket market, List<(int Instrument, Trade Trade)> trades) = MakeMarket(seconds: 320);
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
        await using var server = new GatewayServer(new GatewayOptions(), market, time);
        await server.StartAsync(ScriptedGateway.Patience);
        Channel<FeedInput> inbox = Channel.CreateUnbounded<FeedInput>();
        using var stop = new CancellationTokenSource();
        await using var feed = new ProjectXFeed(Options(server.BaseAddress), time);
        await Drive(server, time, Task.CompletedTask, () => server.Counters.Market.Time >= ScriptedMarket.Noon + TimeSpan.FromSeconds(190), () => server.Counters.Market.ToString());

        IReadOnlyList<Bar> warmUp = [];
        foreach (int length in (int[])[1, minutes])
        {
            Task<IReadOnlyList<Bar>> history = feed.HistoryAsync(FeedRun.Find("ES"), Timeframe.Minutes(length), ScriptedMarket.Noon, Timestamp.From(time.GetUtcNow()), ScriptedGateway.Patience);
            await Drive(server, time, Task.CompletedTask, () => history.IsCompleted, () => feed.Health.State);
            warmUp = await history;
        }
        Task running = feed.RunAsync([new(0, FeedRun.Find("ES"))], inbox.Writer, stop.Token);
        await Drive(server, time, running, () => server.MarketEnd.IsCompleted && feed.Health.Messages == SentBy(server), () => $"{feed.Health} of {SentBy(server)}, market {server.Counters.Market}");
        List<FeedInput> inputs = [.. warmUp.Select(bar => new FeedInput(new Input(0, bar, bar.End, isHistory: true), 0))];
        while (inbox.Reader.TryRead(out FeedInput input)) inputs.Add(input);
        await stop.CancelAsync();
        await Task.WhenAny(running);

        var expected = new SortedDictionary<long, (double O, double H, double L, double C, long V)>();
        foreach ((_, Trade trade) in trades.Where(item => item.Instrument == 0)) BarSum.Add(expected, 60 * minutes, trade);
        Assert.Equal(minutes == 1 ? 3 : 1, warmUp.Count);
        Assert.Equal(expected, BarSum.Of(inputs, 0, 60 * minutes));
    }

    private static ProjectXOptions Options(Uri gateway) => ProjectXOptions.At(gateway) with
    {
        UserName = "demo",
        ApiKey = new Secret("demo"),
        RequestTimeout = TimeSpan.FromMinutes(2),
        Hub = new() { CallTimeout = TimeSpan.FromMinutes(2) },
    };

    private static long SentBy(GatewayServer server) => server.Counters.Contracts.Sum(contract => contract.Quotes.Sent + contract.Trades.Sent + contract.Depth.Sent);

    /// <summary>Moves both clocks on, with a real round trip at each step.</summary>
    private static async Task Drive(GatewayServer server, FakeTimeProvider time, Task running, Func<bool> condition, Func<string> what)
    {
        using var http = new HttpClient();
        CancellationToken patience = ScriptedGateway.Patience;
        while (!condition())
        {
            if (running.IsFaulted) await running;
            if (patience.IsCancellationRequested) Assert.Fail($"The condition did not come true: {what()}");
            time.Advance(TimeSpan.FromMilliseconds(20));
            (await http.GetAsync(new Uri(server.BaseAddress, "/"), patience)).Dispose();
        }
    }

    /// <summary>A random walk of each symbol, with a quote around each trade.</summary>
    private static (ScriptedMarket Market, List<(int Instrument, Trade Trade)> Trades) MakeMarket(double seconds)
    {
        var market = new ScriptedMarket(Symbols);
        List<(int, Trade)> trades = [];
        var chance = new Random(11);
        int[] ticks = new int[Symbols.Length];
        for (double at = 0; at < seconds; at += 0.005 + 0.02 * chance.NextDouble())
        {
            int instrument = chance.Next(Symbols.Length);
            double tick = FeedRun.Find(Symbols[instrument]).TickSizeAsDouble;
            ticks[instrument] += chance.Next(3) - 1;
            double price = Math.Round(FirstPrices[instrument] + ticks[instrument] * tick, 2);
            int size = 1 + chance.Next(5);
            market.Trade(at, price, size, instrument: instrument).Quote(at, Math.Round(price - tick, 2), Math.Round(price + tick, 2), instrument: instrument);
            trades.Add((instrument, new Trade(ScriptedMarket.Noon + TimeSpan.FromSeconds(at), price, size)));
        }
        return (market, trades);
    }
}
