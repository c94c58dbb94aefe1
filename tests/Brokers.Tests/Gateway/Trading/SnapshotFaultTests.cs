using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>Answers that are not the truth of the moment, by what a bare client sees.</summary>
public sealed class SnapshotFaultTests
{
    private static readonly GatewayOptions Two = new() { Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco }, new AccountOptions { Id = 1002 }] };

    [Fact]
    [Trait("fault", "snapshot-lag")]
    public async Task SearchesLagBehindTheEvents()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), Two);
        long early = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(2);
        await run.Inject("snapshot-lag", new { delay = 1 });
        long late = await run.Place(type: 2, side: 0, size: 1);
        await run.Cancel(early);
        await run.Pass(0.5);
        Assert.Equal((2, 3), (Status(await run.Order(late)), Status(await run.Order(early))));
        Assert.Equal([(early, 1)], (await run.List("Order/searchOpen", "orders")).Select(order => (Id(order), Status(order))));
        Assert.Equal([(early, 1)], (await run.List("Order/search", "orders")).Select(order => (Id(order), Status(order))));
        Assert.Equal([(early, 1)], (await Query(run)).Select(order => (Id(order), Status(order))));
        Assert.Equal((0, 0), ((await run.List("Position/searchOpen", "positions")).Length, (await run.List("Trade/search", "trades")).Length));
        await run.Pass(1);
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        Assert.Equal([(early, 3), (late, 2)], (await Query(run)).Select(order => (Id(order), Status(order))));
        Assert.Equal((1, 1), ((await run.List("Position/searchOpen", "positions")).Length, (await run.List("Trade/search", "trades")).Length));
    }

    [Fact]
    [Trait("fault", "snapshot-lag")]
    public async Task AClosedPositionIsStillShownByALaggingSearch()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), Two);
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(2);
        await run.Inject("snapshot-lag", new { delay = 1 });
        await run.Place(type: 2, side: 1, size: 2);
        await run.Pass(0.5);
        Assert.Equal(2, await run.Net());
        await run.Pass(1);
        Assert.Equal(0, await run.Net());
    }

    [Fact]
    [Trait("fault", "short-history")]
    public async Task HistoryReachesBackNoFurtherThanTheWindow()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), Two);
        long old = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(3);
        long young = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.5);
        await run.Inject("short-history", new { delay = 2 });
        Assert.Equal([young], (await run.List("Order/search", "orders")).Select(Id));
        Assert.Equal([young], (await Query(run)).Select(Id));
        Assert.Equal([young], (await run.List("Trade/search", "trades")).Select(trade => trade.GetProperty("orderId").GetInt64()));
        // What works and what is held is told however old it is.
        Assert.Equal([old], (await run.List("Order/searchOpen", "orders")).Select(Id));
        Assert.Equal(2, await run.Net());
    }

    [Fact]
    [Trait("fault", "stale-snapshot")]
    public async Task AStaleAnswerIsOneOfTheSameAccountAndOfThisFault()
    {
        await using TradingRun run = await TradingRun.Start(options: Two);
        await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m, account: 1002);
        await run.Pass(0.1);
        await run.Inject("stale-snapshot");
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        Assert.Single((await run.Post("Order/searchOpen", new { accountId = 1002 })).GetProperty("orders").EnumerateArray());
        await run.Heal();
        await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        await run.Inject("stale-snapshot");
        Assert.Single(await run.List("Order/searchOpen", "orders"));
    }

    [Fact]
    [Trait("fault", "wrong-multiplier")]
    public async Task TheMultiplierIsWrong()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("wrong-multiplier");
        JsonElement contract = (await run.Post("Contract/searchById", new { contractId = TradingRun.Es })).GetProperty("contract");
        Assert.Equal((0.25m, 125m), (contract.GetProperty("tickSize").GetDecimal(), contract.GetProperty("tickValue").GetDecimal()));
    }

    [Fact]
    [Trait("fault", "tick-change")]
    public async Task TheTickSizeChangesAndOrdersOffTheNewGridAreRefused()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), Two);
        await run.Place(type: 1, side: 0, size: 1, limit: 7699.25m);
        await run.Inject("tick-change", new { lasts = 5 });
        JsonElement contract = (await run.Post("Contract/searchById", new { contractId = TradingRun.Es })).GetProperty("contract");
        Assert.Equal((0.5m, 25m), (contract.GetProperty("tickSize").GetDecimal(), contract.GetProperty("tickValue").GetDecimal()));
        Assert.Equal((2, "Invalid limit price. Price is not aligned to tick size."), TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699.25m)));
        Assert.Equal((2, "Invalid stop price. Price is not aligned to tick size."), TradingRun.Outcome(await run.TryPlace(type: 4, side: 0, size: 1, stop: 7701.25m)));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699.5m)).Code);
        // Ticks of a bracket are the new ones: 8 of them are 4 points.
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 });
        await run.Pass(0.1);
        Assert.Equal(7696.25m, (await run.Order(n + 1)).GetProperty("stopPrice").GetDecimal());
        await run.Pass(6);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699.25m)).Code);
    }

    [Fact]
    [Trait("fault", "login-fails")]
    public async Task LoginAndRenewalAreRefused()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("login-fails", new { path = "validate" });
        (_, JsonElement renewed) = await run.Gateway.Post("/api/Auth/validate", "", run.Token);
        Assert.Equal((1, JsonValueKind.Null), (renewed.GetProperty("errorCode").GetInt32(), renewed.GetProperty("newToken").ValueKind));
        Assert.NotEmpty(await run.Gateway.LogIn());
        await run.Inject("login-fails");
        (_, JsonElement refused) = await run.Gateway.Post("/api/Auth/loginKey", """{"userName":"demo","apiKey":"demo"}""");
        Assert.Equal((3, false), (refused.GetProperty("errorCode").GetInt32(), refused.GetProperty("success").GetBoolean()));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
    }

    [Fact]
    [Trait("fault", "tag-in-use")]
    public async Task AnAcceptedOrderIsAnsweredAsIfItsTagHadBeenUsed()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("tag-in-use", new { count = 1 });
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        Assert.Equal((2, "Specified custom tag is already in use"), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, tag: "mine")));
        await run.Pass(0.1);
        Assert.Equal(2, Status((await run.List("Order/search", "orders")).Single(order => order.GetProperty("customTag").GetString() == "mine")));
    }

    [Fact]
    [Trait("fault", "bracket-refusal")]
    public async Task BracketsAreRefusedThoughTheModeAllowsThem()
    {
        await using TradingRun run = await TradingRun.Start(options: Two);
        await run.Inject("bracket-refusal", new { count = 1 });
        object stop = new { ticks = -8, type = 4 };
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        Assert.Equal((2, "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets."), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: stop)));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: stop)).Code);
    }

    private static async Task<JsonElement[]> Query(TradingRun run) => [.. (await run.Post("Order/v2/query", new { filter = new { accountId = 1001 } })).GetProperty("orders").EnumerateArray()];

    private static long Id(JsonElement row) => row.GetProperty("id").GetInt64();

    private static int Status(JsonElement order) => order.GetProperty("status").GetInt32();
}
