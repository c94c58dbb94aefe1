using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What the venue does to accounts, trades and positions by itself, by what a bare client sees.</summary>
public sealed class AccountFaultTests
{
    private static readonly GatewayOptions NoFees = new() { Accounts = [new AccountOptions { Fee = 0, Commission = 0 }, new AccountOptions { Id = 1002 }] };

    [Fact]
    [Trait("fault", "correct-trade")]
    public async Task ATradeIsVoidedAndToldAnewATickWorse()
    {
        await using TradingRun run = await TradingRun.Start(options: NoFees);
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        await run.Event("GatewayUserTrade");
        await run.Inject("correct-trade");
        Assert.True((await run.Event("GatewayUserTrade")).Data.GetProperty("voided").GetBoolean());
        JsonElement anew = (await run.Event("GatewayUserTrade")).Data;
        Assert.Equal((id, 7700.5m), (anew.GetProperty("orderId").GetInt64(), anew.GetProperty("price").GetDecimal()));
        Assert.Equal(7700.5m, Assert.Single(await run.List("Position/searchOpen", "positions")).GetProperty("averagePrice").GetDecimal());
        Assert.Equal(50_000m, await run.Balance());
    }

    [Fact]
    [Trait("fault", "unknown-fill")]
    public async Task AFillComesOfAnOrderThatNobodyHasHeardOfUntilLater()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), NoFees);
        await run.Inject("unknown-fill", new { lasts = 2 });
        await run.Pass(0.1);
        long order = (await run.Event("GatewayUserTrade")).Data.GetProperty("orderId").GetInt64();
        Assert.Empty(await run.List("Order/search", "orders"));
        Assert.Equal((1, 0), (await run.Net(), run.Gateway.Server.Counters.User.Orders.Sent));
        await run.Pass(2.5);
        Assert.Equal((order, 2), await run.OrderEvent());
        Assert.Single(await run.List("Order/search", "orders"));
    }

    [Fact]
    [Trait("fault", "adjust-position")]
    public async Task APositionIsNotTheSumOfItsTrades()
    {
        await using TradingRun run = await TradingRun.Start(options: NoFees);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        await run.Inject("adjust-position");
        Assert.Equal(2, await run.Net());
        Assert.Single(await run.List("Trade/search", "trades"));
        Assert.Equal((1, 2), ((await run.Event("GatewayUserPosition")).Data.GetProperty("size").GetInt32(), (await run.Event("GatewayUserPosition")).Data.GetProperty("size").GetInt32()));
    }

    [Fact]
    [Trait("fault", "liquidate")]
    public async Task AnAccountIsLiquidatedAndRestricted()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(60, 7700), NoFees);
        await run.Place(type: 2, side: 0, size: 2);
        long resting = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Pass(0.1);
        await run.Inject("liquidate", new { lasts = 2 });
        Assert.Equal(4, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        await run.Pass(0.1);
        Assert.Equal((0, 3), (await run.Net(), (await run.Order(resting)).GetProperty("status").GetInt32()));
        await run.Pass(3);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
    }

    [Fact]
    public async Task AFaultStrikesTheAccountThatItNames()
    {
        await using TradingRun run = await TradingRun.Start(options: NoFees);
        await run.Inject("restrict", new { account = 1002 });
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        Assert.Equal(4, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, account: 1002)).Code);
        await run.Heal();
        await run.Inject("missing-event", new { account = 1002 });
        await run.Pass(0.1);
        Assert.Equal((6, 2), ((await run.OrderEvent()).Status, (await run.OrderEvent()).Status));
        Assert.Equal(0, run.Struck());
        await run.Inject("missing-event", new { account = 1001, count = 1 });
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal((2, 1), ((await run.OrderEvent()).Status, run.Struck()));
    }
}
