using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

public sealed class MarketOrderTests
{
    [Fact]
    public async Task AMarketOrderIsPendingAndThenFilledAtTheAskAndTheEventsHaveTheProtocolsShape()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 2, side: 0, size: 1, tag: "app-1");
        Assert.True(id > int.MaxValue);
        (int action, JsonElement pending) = await run.Event("GatewayUserOrder");
        Assert.Equal((1, id, 6), (action, pending.GetProperty("id").GetInt64(), pending.GetProperty("status").GetInt32()));
        Assert.Equal(["id", "accountId", "contractId", "symbolId", "creationTimestamp", "updateTimestamp", "status", "type", "side", "size", "fillVolume", "customTag"],
            pending.EnumerateObject().Select(member => member.Name));
        await run.Pass(0.1);
        (_, JsonElement filled) = await run.Event("GatewayUserOrder");
        Assert.Equal((id, 2, 1, 7700.25m), (filled.GetProperty("id").GetInt64(), filled.GetProperty("status").GetInt32(), filled.GetProperty("fillVolume").GetInt32(), filled.GetProperty("filledPrice").GetDecimal()));
        // A fill does not advance the update's time; the trade tells when it was, 8 ms later.
        Assert.Equal(filled.GetProperty("creationTimestamp").GetDateTimeOffset(), filled.GetProperty("updateTimestamp").GetDateTimeOffset());
        (int traded, JsonElement trade) = await run.Event("GatewayUserTrade");
        Assert.Equal(0, traded);
        Assert.Equal(["id", "accountId", "contractId", "creationTimestamp", "price", "fees", "commissions", "side", "size", "voided", "orderId"], trade.EnumerateObject().Select(member => member.Name));
        Assert.Equal(TimeSpan.FromMilliseconds(8), trade.GetProperty("creationTimestamp").GetDateTimeOffset() - filled.GetProperty("creationTimestamp").GetDateTimeOffset());
        Assert.Equal(id, trade.GetProperty("orderId").GetInt64());
        (_, JsonElement position) = await run.Event("GatewayUserPosition");
        Assert.Equal(("ESU26", 1, 1, 7700.25m), (position.GetProperty("contractDisplayName").GetString(), position.GetProperty("type").GetInt32(), position.GetProperty("size").GetInt32(), position.GetProperty("averagePrice").GetDecimal()));
        (int changed, JsonElement account) = await run.Event("GatewayUserAccount");
        Assert.Equal(1, changed);
        Assert.Equal(["id", "name", "balance", "canTrade", "isVisible", "simulated"], account.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task ALargeMarketOrderEatsTheBookLevelByLevel()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 2, side: 1, size: 12);
        await run.Pass(0.1);
        JsonElement[] trades = await run.List("Trade/search", "trades");
        // Newest first: 5 at 7700.00, 5 at 7699.75, 2 at 7699.50.
        Assert.Equal([(7699.5m, 2), (7699.75m, 5), (7700m, 5)], trades.Select(trade => (trade.GetProperty("price").GetDecimal(), trade.GetProperty("size").GetInt32())));
        decimal average = (7700m * 5 + 7699.75m * 5 + 7699.5m * 2) / 12;
        JsonElement order = await run.Order(id);
        Assert.Equal(average, order.GetProperty("filledPrice").GetDecimal(), 9);
        Assert.Equal(-12, await run.Net());
        Assert.Equal([(id, 6), (id, 1), (id, 1), (id, 2)], new[] { await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent(), await run.OrderEvent() });
    }

    [Fact]
    public async Task WhatAnOrderTookIsGoneUntilTheMarketShowsItAgain()
    {
        ScriptedMarket market = TradingRun.Book().Depth(2, Core.Model.Side.Sell, 7700.25, 4);
        await using TradingRun run = await TradingRun.Start(market);
        await run.Place(type: 2, side: 0, size: 5);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(3);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal([7700.25m, 7700.5m, 7700.25m], (await run.List("Trade/search", "trades")).Select(trade => trade.GetProperty("price").GetDecimal()));
    }

    [Fact]
    public async Task ProfitIsGrossAndTheBalanceIsNetOfFeesAndCommissions()
    {
        ScriptedMarket market = TradingRun.Book().Depth(1, Core.Model.Side.Buy, 7702, 9).Depth(1, Core.Model.Side.Sell, 7702.25, 9);
        await using TradingRun run = await TradingRun.Start(market, new GatewayOptions { Accounts = [new AccountOptions { Fee = 1.4m, Commission = 0.5m }] });
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(2);
        await run.Place(type: 2, side: 1, size: 2);
        await run.Pass(0.1);
        JsonElement[] trades = await run.List("Trade/search", "trades");
        Assert.Equal(JsonValueKind.Null, trades[1].GetProperty("profitAndLoss").ValueKind);
        // 1.75 points times 50 dollars times 2 contracts.
        Assert.Equal(175m, trades[0].GetProperty("profitAndLoss").GetDecimal());
        Assert.Equal((2.8m, 1m), (trades[0].GetProperty("fees").GetDecimal(), trades[0].GetProperty("commissions").GetDecimal()));
        Assert.Equal(50_000m + 175m - 4 * 1.9m, await run.Balance());
        Assert.Empty(await run.List("Position/searchOpen", "positions"));
    }

    [Fact]
    public async Task AnOrderThatTurnsAPositionIsTwoHalfTurns()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        await run.Place(type: 2, side: 1, size: 3);
        await run.Pass(0.1);
        JsonElement[] trades = await run.List("Trade/search", "trades");
        Assert.Equal([(2, false), (1, true), (1, false)], trades.Select(trade => (trade.GetProperty("size").GetInt32(), trade.GetProperty("profitAndLoss").ValueKind == JsonValueKind.Number)));
        Assert.Equal(-12.5m, trades[1].GetProperty("profitAndLoss").GetDecimal());
        Assert.Equal(-2, await run.Net());
    }

    [Fact]
    public async Task AClosedPositionIsToldWithSizeAndTypeZero()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal((0, null), TradingRun.Outcome(await run.Post("Position/closeContract", new { accountId = 1001, contractId = TradingRun.Es })));
        await run.Pass(0.1);
        await run.Event("GatewayUserPosition");
        (int action, JsonElement flat) = await run.Event("GatewayUserPosition");
        Assert.Equal((2, 0, 0, 7700.25m), (action, flat.GetProperty("type").GetInt32(), flat.GetProperty("size").GetInt32(), flat.GetProperty("averagePrice").GetDecimal()));
    }

    [Fact]
    public async Task PartsOfAPositionAreClosedAndSizesAreChecked()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 2, side: 1, size: 3);
        await run.Pass(0.1);
        async Task<(int, string?)> Close(int size, string contract = TradingRun.Es) => TradingRun.Outcome(await run.Post("Position/partialCloseContract", new { accountId = 1001, contractId = contract, size }));
        Assert.Equal((5, null), await Close(4));
        Assert.Equal((5, null), await Close(0));
        Assert.Equal((3, null), await Close(1, "CON.F.US.NOPE.U26"));
        Assert.Equal((4, null), await Close(1, "CON.F.US.EP.Z26"));
        Assert.Equal((0, null), await Close(2));
        await run.Pass(0.1);
        Assert.Equal(-1, await run.Net());
    }
}
