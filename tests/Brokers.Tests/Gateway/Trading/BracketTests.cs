using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

public sealed class BracketTests
{
    private static readonly GatewayOptions AutoOco = new() { Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco }] };

    [Fact]
    public async Task TheLifeOfAMarketOrderWithBothBracketsIsTheOneThatWasSeenLive()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, tag: "x", stopLoss: new { ticks = -40, type = 4 }, takeProfit: new { ticks = 80, type = 1 });
        (_, JsonElement stop) = await run.Event("GatewayUserOrder");
        Assert.Equal((n + 1, 8, 4, "x-SL", -40, -10m, n), (stop.GetProperty("id").GetInt64(), Status(stop), stop.GetProperty("type").GetInt32(), stop.GetProperty("customTag").GetString(),
            stop.GetProperty("trailDistance").GetInt32(), stop.GetProperty("trailPrice").GetDecimal(), stop.GetProperty("parentOrderId").GetInt64()));
        Assert.False(stop.TryGetProperty("stopPrice", out _));
        (_, JsonElement entry) = await run.Event("GatewayUserOrder");
        Assert.Equal((n, 6), (entry.GetProperty("id").GetInt64(), Status(entry)));
        (_, JsonElement target) = await run.Event("GatewayUserOrder");
        Assert.Equal((n + 2, 8, 1, "x-TP", n, n + 1), (target.GetProperty("id").GetInt64(), Status(target), target.GetProperty("type").GetInt32(), target.GetProperty("customTag").GetString(),
            target.GetProperty("parentOrderId").GetInt64(), target.GetProperty("linkedOrderId").GetInt64()));
        Assert.Equal(entry.GetProperty("creationTimestamp").GetString(), target.GetProperty("creationTimestamp").GetString());
        await run.Pass(0.1);
        Assert.Equal([(n, 2), (n + 2, 1), (n + 1, 1)], new[] { await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent() });
        Assert.Equal((7700.25m + 20m, 7700.25m - 10m), ((await run.Order(n + 2)).GetProperty("limitPrice").GetDecimal(), (await run.Order(n + 1)).GetProperty("stopPrice").GetDecimal()));
    }

    [Fact]
    public async Task SuspendedChildrenAreSeenByThePagedQueryAlone()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        long n = await run.Place(type: 1, side: 0, size: 1, limit: 7698m, stopLoss: new { ticks = -8, type = 4 });
        await run.Pass(0.1);
        Assert.Equal([n], (await run.List("Order/search", "orders")).Select(order => order.GetProperty("id").GetInt64()));
        Assert.Equal([n], (await run.List("Order/searchOpen", "orders")).Select(order => order.GetProperty("id").GetInt64()));
        JsonElement page = await run.Post("Order/v2/query", new { filter = new { accountId = 1001, statuses = new[] { 1, 8 } } });
        Assert.Equal([n, n + 1], page.GetProperty("orders").EnumerateArray().Select(order => order.GetProperty("id").GetInt64()));
        Assert.Equal((0, null), await run.Cancel(n));
        await run.Pass(0.1);
        Assert.Equal(3, Status(await run.Order(n + 1)));
    }

    [Fact]
    public async Task AStopLossOfTypeTrailingFollowsTheMarketFromItsOffset()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7703, 1, Aggressor.Buyer);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 5 });
        await run.Pass(0.1);
        JsonElement stop = await run.Order(n + 1);
        Assert.Equal((1, 5, -8, -2m, 7698.25m), (Status(stop), stop.GetProperty("type").GetInt32(), stop.GetProperty("trailDistance").GetInt32(), stop.GetProperty("trailPrice").GetDecimal(), stop.GetProperty("stopPrice").GetDecimal()));
        await run.Pass(1.5);
        Assert.Equal(7701m, (await run.Order(n + 1)).GetProperty("stopPrice").GetDecimal());
    }

    [Fact]
    public async Task TheUserSwitchesTheModeInThePlatform()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        async Task<(int, string?)> Place() => TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }));
        async Task Switch(string mode) => await run.Gateway.Post("/control/accounts/1001/brackets", JsonSerializer.Serialize(new { brackets = mode }), run.Token);
        Assert.Equal((0, null), await Place());
        await Switch("position");
        Assert.Equal((2, "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets."), await Place());
        await Switch("auto-oco");
        Assert.Equal((0, null), await Place());
    }

    [Fact]
    public async Task AFilledLegCancelsTheOther()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7705, 1, Aggressor.Buyer);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
        await run.Pass(1.5);
        Assert.Equal((2, 3), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1))));
        Assert.Equal(0, await run.Net());
        // The fill does not move the update's time of the leg: it stays at the activation, 26 ms after the entry was made.
        JsonElement leg = await run.Order(n + 2);
        Assert.Equal(TimeSpan.FromMilliseconds(26), leg.GetProperty("updateTimestamp").GetDateTimeOffset() - leg.GetProperty("creationTimestamp").GetDateTimeOffset());
    }

    [Fact]
    public async Task ChildrenOfAPartlyFilledEntryHaveTheFilledSizeAndGrow()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 7, Aggressor.Seller).Trade(2, 7700, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, stopLoss: new { ticks = -8, type = 4 });
        await run.Pass(1.5);
        Assert.Equal((1, 2), (Status(await run.Order(n + 1)), (await run.Order(n + 1)).GetProperty("size").GetInt32()));
        await run.Pass(1);
        Assert.Equal(3, (await run.Order(n + 1)).GetProperty("size").GetInt32());
    }

    [Fact]
    public async Task WhatAnEntryFillsAfterALegHasFilledGetsABracketOfItsOwn()
    {
        // Five contracts are ahead of the entry: it gets one of the first six, the target trades, then the entry's other two fill.
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 6, Aggressor.Seller).Trade(2, 7702.25, 1, Aggressor.Buyer).Trade(3, 7700, 2, Aggressor.Seller).Trade(4, 7697, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, tag: "x", stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
        await run.Pass(2.5);
        Assert.Equal((2, 3, 0), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1)), await run.Net()));
        await run.Pass(1);
        Assert.Equal(2, await run.Net());
        JsonElement[] legs = await run.List("Order/searchOpen", "orders");
        Assert.Equal([("x-TP-2", 7702m, 2, n), ("x-SL-2", 7698m, 2, n)], legs.Select(leg => (leg.GetProperty("customTag").GetString(), Price(leg), leg.GetProperty("size").GetInt32(), leg.GetProperty("parentOrderId").GetInt64())));
        Assert.Equal(legs[1].GetProperty("id").GetInt64(), legs[0].GetProperty("linkedOrderId").GetInt64());
        await run.Pass(1);
        Assert.Equal(0, await run.Net());
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
    }

    [Fact]
    public async Task ALegThatItsOwnerCancelledStaysAwayAndTheOtherGrows()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 6, Aggressor.Seller).Trade(2, 7700, 2, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
        await run.Pass(1.5);
        Assert.Equal((0, null), await run.Cancel(n + 2));
        await run.Pass(1);
        JsonElement stop = Assert.Single(await run.List("Order/searchOpen", "orders"));
        Assert.Equal((n + 1, 3), (stop.GetProperty("id").GetInt64(), stop.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task ATargetThatFillsAsItBeginsToWorkTakesItsStopWithIt()
    {
        // The market jumps above the target in the 18 ms between the entry's fill and the bracket's beginning.
        ScriptedMarket market = TradingRun.Book().Depth(0.02, Side.Sell, 7700.25, 0).Depth(0.02, Side.Sell, 7700.5, 0).Depth(0.02, Side.Sell, 7700.75, 0).Depth(0.02, Side.Sell, 7701, 0)
            .Depth(0.02, Side.Buy, 7705, 50).Trade(0.02, 7705, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
        await run.Pass(0.2);
        Assert.Equal((2, 3, 0), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1)), await run.Net()));
    }

    [Fact]
    public async Task ClosingAPositionLeavesItsBracketsWorking()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
        await run.Pass(0.1);
        await run.Post("Position/closeContract", new { accountId = 1001, contractId = TradingRun.Es });
        await run.Pass(0.1);
        Assert.Equal(0, await run.Net());
        Assert.Equal(2, (await run.List("Order/searchOpen", "orders")).Length);
    }

    public static TheoryData<int, object?, object?, string> Wrong => new()
    {
        { 0, new { ticks = 40, type = 4 }, null, "Invalid stop loss ticks (40). Ticks should be less than zero when longing." },
        { 0, new { ticks = -1, type = 4 }, null, "Invalid stop loss ticks (-1). Price should be at least 4 ticks away." },
        { 0, new { ticks = -40, type = 1 }, null, "Invalid stop loss type (Limit)" },
        { 1, null, new { ticks = 30, type = 1 }, "Invalid take profit ticks (30). Ticks should be less than zero when going short" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task TicksAreSignedAndFarEnough(int side, object? stopLoss, object? takeProfit, string words)
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        Assert.Equal((2, words), TradingRun.Outcome(await run.TryPlace(type: 2, side, size: 1, stopLoss: stopLoss, takeProfit: takeProfit)));
    }

    [Fact]
    public async Task PositionBracketsRefuseBracketsOfAnOrder()
    {
        await using TradingRun run = await TradingRun.Start();
        Assert.Equal((2, "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets."),
            TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: new { ticks = -40, type = 4 })));
    }

    [Fact]
    public async Task ThePlatformAttachesPositionBracketsByMoneyAndFollowsTheSize()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { PositionStopLoss = 500, PositionTakeProfit = 1000 }] });
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        JsonElement[] legs = await run.List("Order/searchOpen", "orders");
        // 500 dollars on two contracts are 5 points, 1000 are 10.
        Assert.Equal([(4, 7695.25m, 2), (1, 7710.25m, 2)], legs.Select(Leg));
        await run.Place(type: 2, side: 1, size: 1);
        await run.Pass(0.1);
        Assert.Equal([(4, 7690.25m, 1), (1, 7720.25m, 1)], (await run.List("Order/searchOpen", "orders")).Select(Leg));
        await run.Place(type: 2, side: 1, size: 1);
        await run.Pass(0.1);
        Assert.Empty(await run.List("Order/searchOpen", "orders"));

        static (int, decimal, int) Leg(JsonElement order) =>
            (order.GetProperty("type").GetInt32(), order.GetProperty(order.GetProperty("type").GetInt32() == 4 ? "stopPrice" : "limitPrice").GetDecimal(), order.GetProperty("size").GetInt32());
    }

    private static decimal Price(JsonElement order) => order.GetProperty(order.GetProperty("type").GetInt32() == 4 ? "stopPrice" : "limitPrice").GetDecimal();

    private static int Status(JsonElement order) => order.GetProperty("status").GetInt32();
}
