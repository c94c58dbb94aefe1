using System.Text.Json;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway.Quirks;

/// <summary>Quirks of orders and brackets, each by what a bare client sees.</summary>
public sealed class OrderQuirkTests
{
    private static GatewayOptions With(params Quirk[] quirks) => new() { Quirks = quirks, Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco }] };

    private static object Stop => new { ticks = -8, type = 4 };

    private static object Target => new { ticks = 8, type = 1 };

    /// <summary>An entry at 7700 gets one of its three contracts after a second and the others after two.</summary>
    private static ScriptedMarket InParts() => TradingRun.Book().Trade(1, 7700, 6, Aggressor.Seller).Trade(2, 7700, 2, Aggressor.Seller);

    [Fact]
    [Trait("quirk", "closed-market-code-five")]
    [Trait("quirk", "day-orders")]
    public async Task AtTheCloseOrdersExpireAndThenPlaceIsCodeFive()
    {
        // The session of 19 August ends at 16:00 in Chicago, 21:00 UTC, six hours after the market's start.
        ScriptedMarket market = TradingRun.Book().Trade(6 * 3600 + 60, 7700);
        await using TradingRun run = await TradingRun.Start(market, With(Quirk.ClosedMarketCodeFive, Quirk.DayOrders) with { Speed = 3600, LongestSilence = TimeSpan.FromDays(1) });
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended");
        Assert.Equal(4, Status(await run.Order(id)));
        Assert.Equal(5, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        (long, int)[] events = [await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent()];
        Assert.Equal((id, 4), events[2]);
    }

    [Fact]
    [Trait("quirk", "no-stop-limit")]
    public async Task StopLimitOrdersAreRefused()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.NoStopLimit));
        Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 3, side: 0, size: 1, limit: 7702m, stop: 7701m)).Code);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 4, side: 0, size: 1, stop: 7701m)).Code);
    }

    [Fact]
    [Trait("quirk", "leg-cancel-cancels-sibling")]
    public async Task CancellingALegCancelsTheOther()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.LegCancelCancelsSibling));
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Pass(0.1);
        await run.Cancel(n + 2);
        await run.Pass(0.1);
        Assert.Equal(3, Status(await run.Order(n + 1)));
    }

    [Fact]
    [Trait("quirk", "reduction-cancels-brackets")]
    public async Task ReducingByHandCancelsTheBrackets()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.ReductionCancelsBrackets));
        await run.Place(type: 2, side: 0, size: 2, stopLoss: Stop, takeProfit: Target);
        await run.Pass(0.1);
        await run.Place(type: 2, side: 1, size: 1);
        await run.Pass(0.1);
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        Assert.Equal(1, await run.Net());
    }

    [Fact]
    [Trait("quirk", "close-cancels-orders")]
    public async Task ClosingAPositionCancelsTheContractsOrders()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.CloseCancelsOrders));
        await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Pass(0.1);
        await run.Post("Position/closeContract", new { accountId = 1001, contractId = TradingRun.Es });
        await run.Pass(0.1);
        Assert.Equal(0, await run.Net());
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
    }

    [Fact]
    [Trait("quirk", "suspended-can-change")]
    public async Task ASuspendedChildTakesThePriceItWasGiven()
    {
        await using TradingRun run = await TradingRun.Start(InParts(), With(Quirk.SuspendedCanChange));
        long n = await run.Place(type: 1, side: 0, size: 1, limit: 7700m, stopLoss: Stop, takeProfit: Target);
        await run.Pass(0.1);
        Assert.Equal((0, null), await run.Modify(n + 1, stop: 7690m));
        await run.Pass(1.5);
        Assert.Equal((1, 7690m), (Status(await run.Order(n + 1)), (await run.Order(n + 1)).GetProperty("stopPrice").GetDecimal()));
        Assert.Equal(7702m, (await run.Order(n + 2)).GetProperty("limitPrice").GetDecimal());
    }

    [Fact]
    [Trait("quirk", "suspended-in-searches")]
    [Trait("quirk", "child-tags")]
    public async Task SuspendedChildrenAreListedAndTaggedByTheirEntrysId()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.SuspendedInSearches, Quirk.ChildTags));
        long n = await run.Place(type: 1, side: 0, size: 1, limit: 7690m, stopLoss: Stop);
        await run.Pass(0.1);
        Assert.Equal([n + 1, n], (await run.List("Order/searchOpen", "orders")).Select(order => order.GetProperty("id").GetInt64()));
        JsonElement child = (await run.List("Order/search", "orders"))[0];
        Assert.Equal((8, $"{n}-SL"), (Status(child), child.GetProperty("customTag").GetString()));
    }

    [Fact]
    [Trait("quirk", "join-follows-touch")]
    public async Task AJoiningOrderFollowsTheTouch()
    {
        ScriptedMarket market = TradingRun.Book().Depth(1, Side.Sell, 7700.25, 0).Depth(1, Side.Buy, 7700.25, 3).Depth(2, Side.Buy, 7700.25, 0);
        await using TradingRun run = await TradingRun.Start(market, With(Quirk.JoinFollowsTouch));
        long id = await run.Place(type: 6, side: 0, size: 1);
        await run.Pass(0.5);
        Assert.Equal(7700m, (await run.Order(id)).GetProperty("limitPrice").GetDecimal());
        await run.Pass(1);
        Assert.Equal(7700.25m, (await run.Order(id)).GetProperty("limitPrice").GetDecimal());
        // It does not run away from the market: when the others leave, it is the touch.
        await run.Pass(1);
        Assert.Equal(7700.25m, (await run.Order(id)).GetProperty("limitPrice").GetDecimal());
    }

    [Fact]
    [Trait("quirk", "target-needs-distance")]
    public async Task ATargetNeedsFourTicksToo()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.TargetNeedsDistance));
        Assert.Equal((2, "Invalid take profit ticks (3). Price should be at least 4 ticks away."), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, takeProfit: new { ticks = 3, type = 1 })));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, takeProfit: new { ticks = 4, type = 1 })).Code);
    }

    [Theory]
    [Trait("quirk", "brackets-wait")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChildrenWaitUntilTheirEntryIsOver(bool isCancelled)
    {
        await using TradingRun run = await TradingRun.Start(InParts(), With(Quirk.BracketsWait));
        long n = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, stopLoss: Stop);
        await run.Pass(1.5);
        Assert.Equal((1, 8), (await run.Net(), Status(await run.Order(n + 1))));
        if (isCancelled) await run.Cancel(n);
        await run.Pass(1);
        JsonElement stop = await run.Order(n + 1);
        Assert.Equal((1, isCancelled ? 1 : 3), (Status(stop), stop.GetProperty("size").GetInt32()));
    }

    [Fact]
    [Trait("quirk", "brackets-whole")]
    public async Task ChildrenHaveTheWholeSizeAtTheFirstFill()
    {
        await using TradingRun run = await TradingRun.Start(InParts(), With(Quirk.BracketsWhole));
        long n = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, stopLoss: Stop);
        await run.Pass(1.5);
        Assert.Equal((1, 3), (await run.Net(), (await run.Order(n + 1)).GetProperty("size").GetInt32()));
        await run.Pass(1);
        Assert.Equal((3, 3), (await run.Net(), (await run.Order(n + 1)).GetProperty("size").GetInt32()));
    }

    private static int Status(JsonElement order) => order.GetProperty("status").GetInt32();
}
