using System.Net.WebSockets;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What happens to the market hub's events, to subscriptions and to sessions, by what a bare client sees.</summary>
public sealed class MarketFaultTests
{
    /// <summary>A trade a second at 7700.25, 7700.50, and so on.</summary>
    private static ScriptedMarket Trades(int count)
    {
        ScriptedMarket market = TradingRun.Book();
        for (int i = 1; i <= count; i++) market.Trade(i, 7700 + 0.25 * i);
        return market;
    }

    [Fact]
    [Trait("fault", "missing-tick")]
    public async Task ATickNeverComes()
    {
        await using TradingRun run = await TradingRun.Start(Trades(3));
        await using RawHub market = await Listen(run);
        await run.Inject("missing-tick", new { count = 1 });
        await run.Pass(3.5);
        Assert.Equal([7700.5m, 7700.75m], new[] { await Price(market), await Price(market) });
    }

    [Fact]
    [Trait("fault", "duplicate-tick")]
    public async Task ATickComesTwice()
    {
        await using TradingRun run = await TradingRun.Start(Trades(2));
        await using RawHub market = await Listen(run);
        await run.Inject("duplicate-tick", new { count = 1 });
        await run.Pass(2.5);
        Assert.Equal([7700.25m, 7700.25m, 7700.5m], new[] { await Price(market), await Price(market), await Price(market) });
    }

    [Fact]
    [Trait("fault", "reorder-ticks")]
    public async Task ATickChangesPlacesWithTheNext()
    {
        // Both within one second: what was held back is sent for want of a next one when a second begins.
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(0.5, 7700.25).Trade(0.51, 7700.5));
        await using RawHub market = await Listen(run);
        await run.Inject("reorder-ticks", new { count = 1 });
        await run.Pass(0.8);
        Assert.Equal([7700.5m, 7700.25m], await Prices(market, 2));
    }

    [Fact]
    [Trait("fault", "late-tick")]
    public async Task ATickComesLate()
    {
        await using TradingRun run = await TradingRun.Start(Trades(3));
        await using RawHub market = await Listen(run);
        await run.Inject("late-tick", new { count = 1, delay = 1.5 });
        await run.Pass(2.2);
        Assert.Equal(7700.5m, await Price(market));
        await run.Pass(1.5);
        Assert.Equal([7700.25m, 7700.75m], (await Prices(market, 2)).Order());
    }

    [Fact]
    [Trait("fault", "bad-tick")]
    public async Task TicksAreNonsenseOfEachKind()
    {
        await using TradingRun run = await TradingRun.Start(Trades(7));
        await using RawHub market = await Listen(run);
        await run.Inject("bad-tick", new { count = 6 });
        await run.Pass(7.5);
        var told = new List<(string Contract, string Price)>();
        for (int i = 0; i < 7; i++)
        {
            JsonElement[] trade = await market.Event("GatewayTrade");
            told.Add((trade[0].GetString()!, trade[1][0].GetProperty("price").GetRawText()));
        }
        Assert.Equal(["0", "-7700.5", "77007.50", "7701", "\"NaN\"", "7701.5", "7701.75"], told.Select(trade => trade.Price));
        Assert.Equal("CON.F.US.EP.Z26", told[5].Contract);
        Assert.Equal(TradingRun.Es, told[6].Contract);
    }

    [Fact]
    [Trait("fault", "bad-tick")]
    public async Task AQuoteHasItsBidAboveItsAsk()
    {
        var book = new ScriptedMarket("ES");
        for (int i = 0; i < 6; i++) book.Quote(1 + i, 7700 + 0.25 * i, 7700.25 + 0.25 * i, 5, 5);
        await using TradingRun run = await TradingRun.Start(book.Trade(-1, 7700));
        await using RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await market.Invoke("SubscribeContractQuotes", TradingRun.Es);
        await run.Inject("bad-tick", new { count = 4 });
        await run.Pass(5);
        for (int i = 0; i < 3; i++) await market.Event("GatewayQuote");
        JsonElement crossed = (await market.Event("GatewayQuote"))[1];
        Assert.Equal((7702.75m, 7699m), (crossed.GetProperty("bestBid").GetDecimal(), crossed.GetProperty("bestAsk").GetDecimal()));
    }

    [Fact]
    [Trait("fault", "shifted-prices")]
    public async Task OneFeedDisagreesWithTheBars()
    {
        await using TradingRun run = await TradingRun.Start(Trades(2));
        await using RawHub market = await Listen(run);
        await run.Inject("shifted-prices", new { count = 1 });
        await run.Pass(2.5);
        Assert.Equal([7702.25m, 7700.5m], await Prices(market, 2));
        JsonElement bars = await run.Post("History/retrieveBars", new { contractId = TradingRun.Es, live = false, startTime = "2026-08-19T15:00:00Z", endTime = "2026-08-19T16:00:00Z", unit = 2, unitNumber = 1, limit = 10, includePartialBar = true });
        Assert.Equal(7700.5m, bars.GetProperty("bars")[0].GetProperty("h").GetDecimal());
    }

    [Fact]
    [Trait("fault", "missing-depth")]
    public async Task TheBookHasAHole()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(0.2, 7700).Depth(1, Side.Buy, 7699, 7).Depth(2, Side.Buy, 7698.75, 8));
        await using RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await market.Invoke("SubscribeContractMarketDepth", TradingRun.Es);
        await run.Pass(0.5);
        await run.Inject("missing-depth", new { count = 1 });
        await run.Pass(2);
        Assert.Equal(7698.75m, await Last(market));

        // The book at the beginning, if it was not told before the subscription, and then the second change alone.
        async Task<decimal> Last(RawHub hub)
        {
            while (true)
            {
                JsonElement[] entries = [.. (await hub.Event("GatewayDepth"))[1].EnumerateArray()];
                Assert.DoesNotContain(entries, entry => entry.GetProperty("price").GetDecimal() == 7699m);
                if (entries is [var only] && only.GetProperty("type").GetInt32() == 2) return only.GetProperty("price").GetDecimal();
            }
        }
    }

    [Fact]
    [Trait("fault", "freeze")]
    public async Task OneSymbolFreezesAlone()
    {
        var both = new ScriptedMarket("ES", "NQ");
        for (int i = 1; i <= 4; i++) both.Trade(i, 7700 + 0.25 * i).Trade(i, 28_000 + i, instrument: 1);
        await using TradingRun run = await TradingRun.Start(both);
        await using RawHub market = await Listen(run);
        await market.Invoke("SubscribeContractTrades", "CON.F.US.ENQ.U26");
        await run.Inject("freeze", new { symbol = "ES", lasts = 2.5 });
        await run.Pass(4.5);
        var told = new List<string>();
        for (int i = 0; i < 6; i++) told.Add((await market.Event("GatewayTrade"))[0].GetString()!);
        Assert.Equal((2, 4), (told.Count(id => id == TradingRun.Es), told.Count(id => id != TradingRun.Es)));
    }

    [Fact]
    [Trait("fault", "stall")]
    public async Task EventsWaitAndThenComeAllAtOnce()
    {
        await using TradingRun run = await TradingRun.Start(Trades(4));
        await using RawHub market = await Listen(run);
        await run.Inject("stall", new { hub = "market", lasts = 3.5 });
        await run.Pass(3.2);
        Assert.Equal(0, run.Gateway.Server.Counters.Contracts.Sum(contract => contract.Trades.Sent));
        await run.Pass(1.5);
        Assert.Equal([7700.25m, 7700.5m, 7700.75m, 7701m], await Prices(market, 4));
    }

    [Fact]
    [Trait("fault", "hub-refused")]
    public async Task AHubCannotBeConnectedTo()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("hub-refused", new { path = "hubs/market" });
        await Assert.ThrowsAnyAsync<WebSocketException>(() => RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token));
        await using RawHub user = await RawHub.Open(run.Gateway.Server.BaseAddress, "user", run.Token);
    }

    [Fact]
    [Trait("fault", "subscribe-error")]
    [Trait("fault", "deaf-subscription")]
    public async Task SubscriptionsFailOrSucceedWithoutEffect()
    {
        await using TradingRun run = await TradingRun.Start(Trades(2));
        await using RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await run.Inject("subscribe-error", new { path = "SubscribeContractTrades", count = 1 });
        Assert.True((await market.Invoke("SubscribeContractTrades", TradingRun.Es)).TryGetProperty("error", out _));
        await run.Inject("deaf-subscription", new { count = 1 });
        Assert.False((await market.Invoke("SubscribeContractTrades", TradingRun.Es)).TryGetProperty("error", out _));
        await run.Pass(1.5);
        Assert.False((await market.Invoke("SubscribeContractTrades", TradingRun.Es)).TryGetProperty("error", out _));
        await run.Pass(1);
        Assert.Equal(7700.5m, await Price(market));
    }

    [Fact]
    [Trait("fault", "takeover")]
    public async Task SomebodyElseTakesTheSessionOver()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("takeover");
        Assert.Single(await run.Hub.Event("GatewayLogout"));
        Assert.Equal(7, (await run.Hub.Next())!.Value.GetProperty("type").GetInt32());
        using HttpResponseMessage refused = await run.RawSearch();
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.NotEmpty(await run.Gateway.LogIn());
    }

    private static async Task<RawHub> Listen(TradingRun run)
    {
        RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await market.Invoke("SubscribeContractTrades", TradingRun.Es);
        return market;
    }

    private static async Task<decimal> Price(RawHub market) => (await market.Event("GatewayTrade"))[1][0].GetProperty("price").GetDecimal();

    private static async Task<decimal[]> Prices(RawHub market, int count)
    {
        var prices = new decimal[count];
        for (int i = 0; i < count; i++) prices[i] = await Price(market);
        return prices;
    }
}
