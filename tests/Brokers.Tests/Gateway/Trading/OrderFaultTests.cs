using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What the venue does to orders and bracket legs by itself, by what a bare client sees.</summary>
public sealed class OrderFaultTests
{
    private static readonly GatewayOptions AutoOco = new() { Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco, Fee = 0, Commission = 0 }] };

    private static object Stop => new { ticks = -8, type = 4 };

    private static object Target => new { ticks = 8, type = 1 };

    [Fact]
    [Trait("fault", "slow-matching")]
    public async Task ACancelIsCarriedOutLateAndTheFillComesFirst()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1.5, 7698, 9, Aggressor.Seller).Trade(60, 7700);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(1);
        await run.Inject("slow-matching", new { delay = 2 });
        Assert.Equal((0, null), await run.Cancel(id));
        Assert.Equal(4, (await run.Modify(id, size: 2)).Code);
        await run.Pass(1);
        Assert.Equal(2, Status(await run.Order(id)));
        await run.Pass(2);
        Assert.Equal((2, 1), (Status(await run.Order(id)), await run.Net()));
    }

    [Fact]
    [Trait("fault", "slow-matching")]
    public async Task AnOrderIsPendingForLong()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700));
        await run.Inject("slow-matching", new { delay = 2 });
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(1);
        Assert.Equal(6, Status(await run.Order(id)));
        await run.Pass(1.5);
        Assert.Equal(2, Status(await run.Order(id)));
    }

    [Theory]
    [Trait("fault", "partial-fill")]
    [InlineData(2, null)]
    [InlineData(1, 7700.25)]
    [InlineData(4, 7701.0)]
    public async Task AnOrderFillsInParts(int type, double? price)
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7701, 1, Aggressor.Buyer).Trade(2, 7701, 1, Aggressor.Buyer).Trade(3, 7701, 1, Aggressor.Buyer);
        await using TradingRun run = await TradingRun.Start(market);
        await run.Inject("partial-fill", new { count = 1 });
        long id = await run.Place(type, side: 0, size: 3, limit: type == 1 ? (decimal?)price : null, stop: type == 4 ? (decimal?)price : null);
        await run.Pass(type == 4 ? 1.5 : 0.5);
        JsonElement part = await run.Order(id);
        Assert.Equal((1, 1, 1), (Status(part), part.GetProperty("fillVolume").GetInt32(), await run.Net()));
        await run.Pass(2);
        Assert.Equal((2, 3), (Status(await run.Order(id)), await run.Net()));
    }

    [Fact]
    [Trait("fault", "reject-later")]
    public async Task AnAcceptedOrderIsRejectedWhenItShouldWork()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        await run.Inject("reject-later");
        long n = await run.Place(type: 1, side: 0, size: 1, limit: 7699m, stopLoss: Stop);
        await run.Pass(0.1);
        Assert.Equal((5, 5), (Status(await run.Order(n)), Status(await run.Order(n + 1))));
        Assert.Equal([(n + 1, 8), (n, 6), (n, 5)], new[] { await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent() });
    }

    [Fact]
    [Trait("fault", "expire-order")]
    public async Task AWorkingOrderExpires()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        await run.Inject("expire-order");
        Assert.Equal(4, Status(await run.Order(id)));
    }

    [Fact]
    [Trait("fault", "held-leg")]
    public async Task TheLegsAreHeldThoughTheEntryHasFilled()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), AutoOco);
        await run.Inject("held-leg", new { delay = 2 });
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop);
        await run.Pass(1);
        Assert.Equal((1, 8), (await run.Net(), Status(await run.Order(n + 1))));
        await run.Pass(1.5);
        Assert.Equal(1, Status(await run.Order(n + 1)));
    }

    [Fact]
    [Trait("fault", "oco-fails")]
    public async Task TheOtherLegIsNotCancelled()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7705, 1, Aggressor.Buyer).Trade(2, 7697, 1, Aggressor.Seller), AutoOco);
        await run.Inject("oco-fails", new { count = 1 });
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Pass(1.5);
        Assert.Equal((2, 1), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1))));
        await run.Pass(1);
        // The stop that was left opens a position of its own.
        Assert.Equal((2, -1), (Status(await run.Order(n + 1)), await run.Net()));
    }

    [Fact]
    [Trait("fault", "both-legs-fill")]
    public async Task BothLegsFill()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7705, 1, Aggressor.Buyer).Trade(60, 7700), AutoOco);
        await run.Inject("both-legs-fill", new { count = 1 });
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Pass(1.5);
        Assert.Equal((2, 2, -1), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1)), await run.Net()));
    }

    [Fact]
    [Trait("fault", "cancel-leg")]
    public async Task ALegIsCancelledAndTheOtherStays()
    {
        await using TradingRun run = await TradingRun.Start(options: AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Pass(0.1);
        await run.Inject("cancel-leg");
        await run.Pass(0.1);
        Assert.Equal((3, 1), (Status(await run.Order(n + 2)), Status(await run.Order(n + 1))));
    }

    [Fact]
    [Trait("fault", "replace-leg")]
    public async Task ALegStandsThereUnderAnotherId()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7697, 1, Aggressor.Seller).Trade(60, 7700), AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, tag: "x", stopLoss: Stop);
        await run.Pass(0.1);
        await run.Inject("replace-leg");
        JsonElement leg = Assert.Single(await run.List("Order/searchOpen", "orders"));
        Assert.Equal((n + 2, n, 7698.25m, JsonValueKind.Null), (leg.GetProperty("id").GetInt64(), leg.GetProperty("parentOrderId").GetInt64(), leg.GetProperty("stopPrice").GetDecimal(), leg.GetProperty("customTag").ValueKind));
        Assert.Equal(3, Status(await run.Order(n + 1)));
        await run.Pass(1.5);
        Assert.Equal(0, await run.Net());
    }

    [Fact]
    [Trait("fault", "replace-leg")]
    public async Task ALegUnderAnotherIdStillCancelsItsSibling()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7705, 1, Aggressor.Buyer).Trade(60, 7700), AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop, takeProfit: Target);
        await run.Pass(0.1);
        await run.Inject("replace-leg");
        await run.Pass(1.5);
        Assert.Equal((2, 3), (Status(await run.Order(n + 3)), Status(await run.Order(n + 1))));
        Assert.Equal(0, await run.Net());
    }

    [Fact]
    [Trait("fault", "lose-leg")]
    public async Task ALegIsGoneWithoutAWord()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7697, 1, Aggressor.Seller), AutoOco);
        long n = await run.Place(type: 2, side: 0, size: 1, stopLoss: Stop);
        await run.Pass(0.1);
        (long, int)[] told = [await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent()];
        Assert.Equal((n + 1, 1), told[3]);
        await run.Inject("lose-leg");
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        Assert.Equal([n], (await run.List("Order/search", "orders")).Select(order => order.GetProperty("id").GetInt64()));
        Assert.Equal(1, (await run.Post("Order/searchById", new { accountId = 1001, orderId = n + 1 })).GetProperty("errorCode").GetInt32());
        await run.Pass(1.5);
        Assert.Equal(1, await run.Net());
        Assert.Equal(4, run.Gateway.Server.Counters.User.Orders.Sent);
    }

    private static int Status(JsonElement order) => order.GetProperty("status").GetInt32();
}
