using System.Text.Json;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.State;

/// <summary>What a gateway keeps on disk is there for the next one, and what was on its way goes on.</summary>
public sealed class StateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradewind-state-").FullName;

    private string FilePath => Path.Combine(_folder, "gateway.state");

    private GatewayOptions Options => new() { StateFile = FilePath, Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco, Fee = 0, Commission = 0 }] };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task TagsStayUsedUpAndIdsGoOn()
    {
        long last;
        await using (TradingRun run = await TradingRun.Start(options: Options))
        {
            await run.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "placed");
            Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699.1m, tag: "refused")).Code);
            last = await run.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "entry", stopLoss: new { ticks = -8, type = 4 }) + 1;
        }
        await using TradingRun again = await TradingRun.Start(options: Options);
        foreach (string tag in new[] { "placed", "refused", "entry", "entry-SL" })
            Assert.Equal((2, "Specified custom tag is already in use"), TradingRun.Outcome(await again.TryPlace(type: 1, side: 0, size: 1, limit: 7699m, tag: tag)));
        Assert.Equal(last + 1, await again.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "new"));
    }

    [Fact]
    public async Task OrdersPositionsTradesAndMoneyAreAsTheyWereAndOrdersGoOnWorking()
    {
        JsonElement[] before;
        long stop, limit;
        await using (TradingRun run = await TradingRun.Start(options: Options))
        {
            await run.Place(type: 2, side: 0, size: 3);
            await run.Pass(0.1);
            await run.Place(type: 2, side: 1, size: 1);
            stop = await run.Place(type: 4, side: 1, size: 2, stop: 7695m, tag: "stop");
            limit = await run.Place(type: 1, side: 0, size: 2, limit: 7698m, tag: "limit");
            await run.Pass(0.1);
            before = await Everything(run);
        }
        ScriptedMarket market = Later(1).Trade(2, 7697, 1, Aggressor.Seller).Trade(3, 7694, 1, Aggressor.Seller);
        await using TradingRun again = await TradingRun.Start(market, Options);
        Assert.Equal(before.Select(row => row.GetRawText()), (await Everything(again)).Select(row => row.GetRawText()));
        // A trade through the limit fills it, one below the stop triggers it.
        await again.Pass(2.5);
        Assert.Equal((2, 2), (Status(await again.Order(limit)), Status(await again.Order(stop))));
        Assert.Equal(2, await again.Net());
    }

    [Fact]
    public async Task WhatWasOnItsWayGoesOn()
    {
        long pending, cancelled, changed, entry, late;
        await using (TradingRun run = await TradingRun.Start(options: Options))
        {
            cancelled = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
            changed = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
            late = await run.Place(type: 1, side: 0, size: 1, limit: 7698m, stopLoss: new { ticks = -8, type = 4 });
            await run.Pass(0.1);
            entry = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
            await run.Gateway.Advance(TimeSpan.FromMilliseconds(10));
            Assert.Equal((2, 8), (Status(await run.Order(entry)), Status(await run.Order(entry + 1))));
            Assert.Equal(((0, null), (0, null)), (await run.Cancel(cancelled), await run.Modify(changed, limit: 7699.5m)));
            pending = await run.Place(type: 2, side: 0, size: 1);
            Assert.Equal((6, 1, 1), (Status(await run.Order(pending)), Status(await run.Order(cancelled)), Status(await run.Order(late))));
        }
        await using TradingRun again = await TradingRun.Start(Later(1).Trade(3, 7690, 1), Options);
        await again.Pass(0.5);
        Assert.Equal((2, 3, 7699.5m), (Status(await again.Order(pending)), Status(await again.Order(cancelled)), (await again.Order(changed)).GetProperty("limitPrice").GetDecimal()));
        Assert.Equal((1, 1), (Status(await again.Order(entry + 1)), Status(await again.Order(entry + 2))));
        Assert.Equal(7700.25m - 2m, (await again.Order(entry + 1)).GetProperty("stopPrice").GetDecimal());
        Assert.Equal(8, Status(await again.Order(late + 1)));
    }

    [Fact]
    public async Task TheOtherLegIsCancelledThoughTheProcessEndedBefore()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7705, 1, Aggressor.Buyer);
        long entry;
        await using (TradingRun run = await TradingRun.Start(market, Options))
        {
            entry = await run.Place(type: 2, side: 0, size: 1, stopLoss: new { ticks = -8, type = 4 }, takeProfit: new { ticks = 8, type = 1 });
            await run.Pass(1);
            Assert.Equal((2, 1), (Status(await run.Order(entry + 2)), Status(await run.Order(entry + 1))));
        }
        await using TradingRun again = await TradingRun.Start(Later(2).Trade(4, 7700), Options);
        await again.Pass(0.5);
        Assert.Equal(3, Status(await again.Order(entry + 1)));
    }

    [Fact]
    public async Task AnEntryGoesOnFillingWithItsBrackets()
    {
        ScriptedMarket market = TradingRun.Book().Trade(0.5, 7700, 6, Aggressor.Seller);
        long entry;
        await using (TradingRun run = await TradingRun.Start(market, Options))
        {
            entry = await run.Place(type: 1, side: 0, size: 3, limit: 7700m, stopLoss: new { ticks = -8, type = 4 });
            await run.Pass(0.9);
            Assert.Equal(1, (await run.Order(entry + 1)).GetProperty("size").GetInt32());
        }
        await using TradingRun again = await TradingRun.Start(Later(1).Trade(2, 7699.75, 1, Aggressor.Seller), Options);
        await again.Pass(1.5);
        Assert.Equal((2, 3), (Status(await again.Order(entry)), (await again.Order(entry + 1)).GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task ALockedAccountStaysLockedUntilItsDayTurnsEvenIfNobodyWatched()
    {
        GatewayOptions options = Options with { Accounts = [new AccountOptions { Fee = 0, Commission = 0, Rules = new AccountRules { DailyLoss = 100 } }] };
        ScriptedMarket fall = TradingRun.Book().Depth(0.5, Side.Buy, 7700, 0).Depth(0.5, Side.Buy, 7699.75, 0).Depth(0.5, Side.Buy, 7699.5, 0).Depth(0.5, Side.Buy, 7699.25, 0)
            .Depth(0.5, Side.Buy, 7696, 50).Trade(0.5, 7696, 1, Aggressor.Seller);
        await using (TradingRun run = await TradingRun.Start(fall, options))
        {
            await run.Place(type: 2, side: 0, size: 1);
            await run.Pass(0.9);
            Assert.False(await CanTrade(run));
        }
        await using (TradingRun again = await TradingRun.Start(Later(1).Trade(4, 7700), options)) Assert.False(await CanTrade(again));
        // 17:00 in Chicago is seven hours after the market's noon.
        await using TradingRun nextDay = await TradingRun.Start(Later(8 * 3600).Trade(8 * 3600 + 60, 7700), options);
        Assert.True(await CanTrade(nextDay));
        Assert.Equal(50_000m - 4.25m * 50m, await nextDay.Balance());
    }

    [Fact]
    public async Task PositionBracketsAreTakenOverAndNotDoubled()
    {
        GatewayOptions options = Options with { Accounts = [new AccountOptions { PositionStopLoss = 500, PositionTakeProfit = 1000 }] };
        await using (TradingRun run = await TradingRun.Start(options: options))
        {
            await run.Place(type: 2, side: 0, size: 2);
            await run.Pass(0.1);
            Assert.Equal(2, (await run.List("Order/searchOpen", "orders")).Length);
        }
        await using TradingRun again = await TradingRun.Start(Later(1).Trade(4, 7700), options);
        await again.Pass(0.5);
        Assert.Equal([(4, 2), (1, 2)], (await again.List("Order/searchOpen", "orders")).Select(order => (order.GetProperty("type").GetInt32(), order.GetProperty("size").GetInt32())));
    }

    [Fact]
    public async Task AccountsAreRememberedWithTheirRules()
    {
        await using (TradingRun run = await TradingRun.Start(options: Options with { Accounts = [.. Options.Accounts, AccountText.Read("50k,id=7,flat-by=14:00", out _)] })) await run.Pass(0.1);
        await using TradingRun again = await TradingRun.Start(options: new GatewayOptions { StateFile = FilePath, Accounts = [new AccountOptions { Id = 8 }] });
        JsonElement[] accounts = [.. (await again.Post("Account/search", new { onlyActiveAccounts = true })).GetProperty("accounts").EnumerateArray()];
        Assert.Equal([(8, "PRAC-V2-8-SIM"), (7, "50KTC-V2-DLL-7-SIM"), (1001, "PRAC-V2-1001-SIM")], accounts.Select(account => (account.GetProperty("id").GetInt32(), account.GetProperty("name").GetString()!)));
        Assert.Equal(3, TradingRun.Outcome(await again.TryPlace(type: 1, side: 0, size: 200, limit: 7699m)).Code);
        Assert.Equal((2, "Order size exceeds the maximum position size."), TradingRun.Outcome(await again.TryPlace(type: 1, side: 0, size: 6, limit: 7699m, account: 7)));
    }

    /// <summary>The book again, with a market that begins later.</summary>
    private static ScriptedMarket Later(double seconds)
    {
        var market = new ScriptedMarket("ES") { Start = ScriptedMarket.Noon + TimeSpan.FromSeconds(seconds) };
        for (int level = 0; level < 4; level++) market.Depth(-1, Side.Buy, 7700 - 0.25 * level, 5).Depth(-1, Side.Sell, 7700.25 + 0.25 * level, 5);
        return market.Trade(-1, 7700, 1, Aggressor.Seller);
    }

    private static async Task<JsonElement[]> Everything(TradingRun run) =>
    [
        .. await run.List("Order/search", "orders"), .. await run.List("Position/searchOpen", "positions"), .. await run.List("Trade/search", "trades"),
        (await run.Post("Account/search", new { onlyActiveAccounts = true })).GetProperty("accounts"),
    ];

    private static async Task<bool> CanTrade(TradingRun run) =>
        (await run.Post("Account/search", new { onlyActiveAccounts = true })).GetProperty("accounts")[0].GetProperty("canTrade").GetBoolean();

    private static int Status(JsonElement order) => order.GetProperty("status").GetInt32();
}
