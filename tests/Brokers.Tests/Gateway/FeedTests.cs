using System.Threading.Channels;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>Two independent readings of the protocol meet: the project's own feed and its gateway.</summary>
public sealed class FeedTests
{
    private static readonly string[] Symbols = ["ES", "NQ", "CL"];

    [Fact]
    public async Task TheFeedGetsEveryTradeOfTheGatewayWithoutAGap()
    {
        await using GatewayServer gateway = GatewayServer.Create(new GatewayOptions { Symbols = Symbols, Speed = 20 });
        await gateway.StartAsync(RawHub.Patience);
        await using var feed = new ProjectXFeed(ProjectXOptions.At(gateway.BaseAddress) with { UserName = "demo", ApiKey = new Secret("demo") });
        using var stop = new CancellationTokenSource();
        var inbox = Channel.CreateUnbounded<FeedInput>();
        Task run = feed.RunAsync([.. Symbols.Select((symbol, index) => new FeedSubscription(index, Find(symbol), Depth: true))], inbox.Writer, stop.Token);

        var trades = new List<Trade>[] { [], [], [] };
        var counts = new Dictionary<InputKind, int>();
        while (trades.Min(list => list.Count) < 100 || counts.GetValueOrDefault(InputKind.Quote) < 100 || counts.GetValueOrDefault(InputKind.Depth) < 100)
        {
            Input input = (await inbox.Reader.ReadAsync(RawHub.Patience)).Input;
            if (input.Kind == InputKind.Trade) trades[input.Instrument].Add(input.Trade);
            if (input.Kind == InputKind.Feed) Assert.Equal(FeedEventKind.Up, input.Feed.Kind);
            counts[input.Kind] = counts.GetValueOrDefault(input.Kind) + 1;
        }
        FeedHealth health = feed.Health;
        Assert.Equal((0, 0, 3), (health.Unreadable, health.Reconnects, counts[InputKind.Feed]));
        for (int i = 0; i < Symbols.Length; i++)
        {
            // Whole seconds in the middle of what was delivered: their bars of the gateway's history and the feed's trades tell the same.
            Timestamp from = NextSecond(trades[i][0].Time), to = NextSecond(trades[i][^1].Time - TimeSpan.FromSeconds(1));
            IReadOnlyList<Bar> bars = await feed.HistoryAsync(Find(Symbols[i]), Timeframe.OneSecond, from, to, RawHub.Patience);
            Assert.NotEmpty(bars);
            Assert.Equal(
                trades[i].Where(trade => trade.Time >= from && trade.Time < to).GroupBy(trade => trade.Time.Nanoseconds / Timestamp.NanosecondsPerSecond)
                    .Select(second => (second.First().Price, second.Max(trade => trade.Price), second.Min(trade => trade.Price), second.Last().Price, second.Sum(trade => trade.Size))),
                bars.Select(bar => (bar.Open, bar.High, bar.Low, bar.Close, bar.Volume)));
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static Timestamp NextSecond(Timestamp time) => new((time.Nanoseconds / Timestamp.NanosecondsPerSecond + 1) * Timestamp.NanosecondsPerSecond);

    private static Instrument Find(string symbol) => Tradewind.Core.Model.Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new ArgumentException(symbol);
}
