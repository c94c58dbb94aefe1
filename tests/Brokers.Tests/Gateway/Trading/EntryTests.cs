using System.Net;
using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What is refused, with the numbers and the words of the protocol document.</summary>
public sealed class EntryTests
{
    private const string Range = "Order price is outside allowed range. Please set price ";

    public static TheoryData<int, int, decimal?, decimal?, decimal?, string> Refusals => new()
    {
        { 1, 0, 7700.1m, null, null, "Invalid limit price. Price is not aligned to tick size." },
        { 4, 0, null, 7701.1m, null, "Invalid stop price. Price is not aligned to tick size." },
        { 3, 0, 7701.1m, 7701m, null, "Invalid limit price. Price is not aligned to tick size." },
        { 4, 0, null, 7700m, null, Range + "above best bid." },
        { 4, 1, null, 7700.25m, null, Range + "below best ask." },
        { 1, 0, 3000m, null, null, "Invalid price. Price is outside allowed range." },
        { 5, 1, null, null, null, "Trail Distance not set." },
        { 5, 1, null, null, 7699.1m, "Invalid trail price. Price is not aligned to tick size." },
        { 5, 1, null, null, 7449.75m, "Trail Distance exceeds maximum (1000)" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task ARefusedOrderIsCodeTwoWithTheWordsAndExistsAsRejected(int type, int side, decimal? limit, decimal? stop, decimal? trail, string words)
    {
        await using TradingRun run = await TradingRun.Start();
        JsonElement answer = await run.TryPlace(type, side, size: 1, limit, stop, trail, tag: "once");
        Assert.Equal((2, words), TradingRun.Outcome(answer));
        long id = answer.GetProperty("orderId").GetInt64();
        Assert.Equal(5, (await run.Order(id)).GetProperty("status").GetInt32());
        await run.Pass(0.1);
        (_, JsonElement told) = await run.Event("GatewayUserOrder");
        Assert.Equal((id, 5, 0), (told.GetProperty("id").GetInt64(), told.GetProperty("status").GetInt32(), told.GetProperty("fillVolume").GetInt32()));
        // Its tag is used up all the same.
        Assert.Equal((2, "Specified custom tag is already in use"), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, tag: "once")));
    }

    [Fact]
    public async Task TrailingAThousandTicksIsTheMostWhenPlacingAndAModificationHasNoLimit()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 5, side: 1, size: 1, trail: 7450m);
        await run.Pass(0.1);
        // A distance sent by mistake is taken for a level.
        Assert.Equal((0, null), await run.Modify(id, trail: 2.5m));
        await run.Pass(0.1);
        Assert.Equal(-(int)((7700m - 2.5m) / 0.25m), (await run.Order(id)).GetProperty("trailDistance").GetInt32());
        Assert.Equal((3, "Invalid trail price. Price is not aligned to tick size."), await run.Modify(id, trail: 7699.1m));
    }

    [Theory]
    [InlineData(1002, TradingRun.Es, 1)]
    [InlineData(1001, "CON.F.US.NOPE.U26", 8)]
    [InlineData(1001, "ES", 8)]
    [InlineData(1001, "CON.F.US.EP.Z26", 9)]
    public async Task UnknownAccountsAndContractsHaveCodesOfTheirOwnAndNoOrder(int account, string contract, int code)
    {
        await using TradingRun run = await TradingRun.Start();
        JsonElement answer = await run.TryPlace(type: 2, side: 0, size: 1, contract: contract, account: account);
        Assert.Equal(code, TradingRun.Outcome(answer).Code);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("orderId").ValueKind);
        Assert.Empty(await run.List("Order/search", "orders"));
    }

    [Fact]
    public async Task AFollowerCanNeitherPlaceNorCancel()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { Kind = AccountKind.Follower }] });
        Assert.Equal((10, "Follower accounts cannot place orders"), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)));
        Assert.Equal((6, "Follower accounts cannot cancel orders"), await run.Cancel(1));
    }

    [Fact]
    public async Task ALiveAccountCannotCancel()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { Kind = AccountKind.Live }] });
        Assert.Equal((6, "Live accounts not supported"), await run.Cancel(await run.Place(type: 1, side: 0, size: 1, limit: 7699m)));
    }

    [Fact]
    public async Task ACancelIsAcceptedAtOnceAndCarriedOutLater()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        Assert.Equal((0, null), await run.Cancel(id));
        Assert.Equal(1, (await run.Order(id)).GetProperty("status").GetInt32());
        Assert.Equal(4, (await run.Cancel(id)).Code);
        await run.Pass(0.1);
        Assert.Equal(3, (await run.Order(id)).GetProperty("status").GetInt32());
        Assert.Equal(2, (await run.Cancel(id)).Code);
        Assert.Equal(2, (await run.Cancel(4711)).Code);
        Assert.Equal(1, (await run.Cancel(id, account: 7)).Code);
        Assert.Equal([(id, 6), (id, 1), (id, 3)], new[] { await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent() });
    }

    [Fact]
    public async Task AFillWinsAgainstACancelThatIsOnItsWay()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1.001, 7698, 9, Core.Model.Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(1);
        Assert.Equal((0, null), await run.Cancel(id));
        await run.Pass(0.1);
        Assert.Equal(2, (await run.Order(id)).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task AModificationMovesTheOrderAndKeepsWhatIsNotGiven()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 3, limit: 7699m);
        await run.Pass(0.1);
        Assert.Equal((0, null), await run.Modify(id, limit: 7699.5m));
        await run.Pass(0.1);
        JsonElement order = await run.Order(id);
        Assert.Equal((3, 7699.5m), (order.GetProperty("size").GetInt32(), order.GetProperty("limitPrice").GetDecimal()));
        Assert.Equal((3, "Invalid limit price. Price is not aligned to tick size."), await run.Modify(id, limit: 7699.6m));
        Assert.Equal((0, null), await run.Modify(id, limit: 7700.25m, size: 5));
        await run.Pass(0.1);
        Assert.Equal(5, (await run.Order(id)).GetProperty("fillVolume").GetInt32());
        Assert.Equal(2, (await run.Modify(id, size: 6)).Code);
        Assert.Equal(1, TradingRun.Outcome(await run.Post("Order/modify", new { accountId = 9, orderId = id })).Code);
    }

    [Fact]
    [Trait("quirk", "gone-order-is-rejected")]
    public async Task SomethingThatIsOverCanBeAnsweredAsRejectedInstead()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Quirks = [Quirk.GoneOrderIsRejected] });
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal((3, null), await run.Cancel(id));
    }

    [Fact]
    public async Task TheClosedMarketRefusesInCodeTwo()
    {
        // The session of 19 August ends at 16:00 in Chicago, 21:00 UTC, six hours after the market's start.
        ScriptedMarket market = TradingRun.Book().Trade(6 * 3600 + 60, 7700);
        await using TradingRun run = await TradingRun.Start(market, new GatewayOptions { Speed = 3600, LongestSilence = TimeSpan.FromDays(1) });
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended");
        const string Words = "Trading is currently unavailable. The instrument is not in an active trading status.";
        Assert.Equal((2, Words), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)));
    }

    [Fact]
    public async Task SearchesShowWhatTheProtocolSays()
    {
        await using TradingRun run = await TradingRun.Start();
        long open = await run.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "a");
        long filled = await run.Place(type: 2, side: 0, size: 1, tag: "b");
        await run.Pass(0.1);
        Assert.Equal([filled, open], (await run.List("Order/search", "orders")).Select(order => order.GetProperty("id").GetInt64()));
        JsonElement only = Assert.Single(await run.List("Order/searchOpen", "orders"));
        Assert.Equal(["id", "accountId", "contractId", "symbolId", "creationTimestamp", "updateTimestamp", "status", "type", "side", "size", "limitPrice", "stopPrice",
            "fillVolume", "filledPrice", "customTag", "parentOrderId", "linkedOrderId", "trailDistance", "trailPrice"], only.EnumerateObject().Select(member => member.Name));
        Assert.Equal(JsonValueKind.Null, only.GetProperty("stopPrice").ValueKind);
        Assert.Equal((1, 1), (await Code("Order/searchOpen", new { accountId = 5 }), await Code("Trade/search", new { accountId = 5, startTimestamp = "2026-08-19T00:00:00Z" })));
        Assert.Equal((1, 1), (await Code("Order/searchById", new { accountId = 1001, orderId = 5 }), await Code("Position/searchOpen", new { accountId = 5 })));
        JsonElement late = await run.Post("Order/search", new { accountId = 1001, startTimestamp = "2026-08-19T15:00:01Z" });
        Assert.Equal(0, late.GetProperty("orders").GetArrayLength());

        async Task<int> Code(string path, object body) => (await run.Post(path, body)).GetProperty("errorCode").GetInt32();
    }

    [Fact]
    public async Task ThePagedQueryFiltersSortsAndCounts()
    {
        await using TradingRun run = await TradingRun.Start();
        long[] ids = [await run.Place(1, 0, 1, 7699m), await run.Place(1, 0, 1, 7699m), await run.Place(1, 0, 1, 7699m), await run.Place(2, 0, 1)];
        await run.Pass(0.1);
        JsonElement page = await run.Post("Order/v2/query", new { filter = new { accountId = 1001, statuses = new[] { 1 } }, pageSize = 2, pageOffset = 1, sortBy = 1, sortDirection = 1, includeTotalCount = true });
        Assert.Equal([ids[1], ids[0]], page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetInt64()));
        Assert.Equal(3, page.GetProperty("totalCount").GetInt32());
        (HttpStatusCode status, JsonElement problem) = await run.Gateway.Post("/api/Order/v2/query", """{"filter":{"accountId":1001},"pageSize":0}""", run.Token);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty("PageSize", out _));
    }
}
