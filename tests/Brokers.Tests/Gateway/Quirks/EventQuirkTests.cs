using System.Text.Json;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway.Quirks;

/// <summary>Quirks of rows and events, each by what a bare client sees.</summary>
public sealed class EventQuirkTests
{
    private static GatewayOptions With(params Quirk[] quirks) => new() { Quirks = quirks };

    [Fact]
    [Trait("quirk", "old-orders")]
    public async Task OrdersAreAsInOldSamples()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.OldOrders));
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        JsonElement order = await run.Order(id);
        Assert.Equal((2, JsonValueKind.Null), (order.GetProperty("status").GetInt32(), order.GetProperty("updateTimestamp").ValueKind));
        (_, JsonElement told) = await run.Event("GatewayUserOrder");
        foreach (string member in new[] { "symbolId", "fillVolume", "filledPrice" }) Assert.Equal((false, false), (order.TryGetProperty(member, out _), told.TryGetProperty(member, out _)));
        Assert.False(told.TryGetProperty("updateTimestamp", out _));
    }

    [Fact]
    [Trait("quirk", "order-id-name")]
    public async Task OrderEventsNameTheirIdOtherwise()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.OrderIdName));
        long id = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        (_, JsonElement told) = await run.Event("GatewayUserOrder");
        Assert.Equal((id, false), (told.GetProperty("orderId").GetInt64(), told.TryGetProperty("id", out _)));
        Assert.True((await run.Event("GatewayUserTrade")).Data.TryGetProperty("id", out _));
        Assert.Equal(id, (await run.Order(id)).GetProperty("id").GetInt64());
    }

    [Fact]
    [Trait("quirk", "no-commissions")]
    public async Task TradesHaveNoCommissions()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.NoCommissions));
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.False((await run.Event("GatewayUserTrade")).Data.TryGetProperty("commissions", out _));
        JsonElement trade = Assert.Single(await run.List("Trade/search", "trades"));
        Assert.Equal((false, true), (trade.TryGetProperty("commissions", out _), trade.TryGetProperty("fees", out _)));
    }

    [Fact]
    [Trait("quirk", "last-fill-price")]
    public async Task TheFilledPriceIsThatOfTheLastFill()
    {
        // Five contracts at 7700.25 and one at 7700.50.
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.LastFillPrice));
        long id = await run.Place(type: 2, side: 0, size: 6);
        await run.Pass(0.1);
        Assert.Equal(7700.5m, (await run.Order(id)).GetProperty("filledPrice").GetDecimal());
    }

    [Fact]
    [Trait("quirk", "fills-update-time")]
    public async Task AFillAdvancesTheUpdatesTime()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7699, 99, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, With(Quirk.FillsUpdateTime));
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699.5m);
        await run.Pass(1.5);
        JsonElement order = await run.Order(id);
        Assert.Equal((2, "2026-08-19T15:00:01+00:00"), (order.GetProperty("status").GetInt32(), order.GetProperty("updateTimestamp").GetString()));
    }

    [Fact]
    [Trait("quirk", "created-action")]
    public async Task TheFirstEventOfAnOrderAndAPositionSaysCreated()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.CreatedAction));
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        Assert.Equal((0, 2), ((await run.Event("GatewayUserOrder")).Action, (await run.Event("GatewayUserOrder")).Action));
        await run.Place(type: 2, side: 1, size: 1);
        await run.Pass(0.1);
        Assert.Equal((0, 1), ((await run.Event("GatewayUserPosition")).Action, (await run.Event("GatewayUserPosition")).Action));
    }

    [Fact]
    [Trait("quirk", "bare-objects")]
    public async Task UserEventsComeWithoutTheirEnvelope()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.BareObjects));
        long id = await run.Place(type: 2, side: 0, size: 1);
        Assert.Equal(id, (await run.Hub.Event("GatewayUserOrder"))[0].GetProperty("id").GetInt64());
    }

    [Fact]
    [Trait("quirk", "first-snapshot")]
    public async Task SubscriptionsBeginWithWhatThereIs()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.FirstSnapshot));
        await run.Place(type: 2, side: 0, size: 1);
        long open = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        await using RawHub later = await TradingRun.Listen(run.Gateway, run.Token);
        Assert.Equal(1001, (await later.Event("GatewayUserAccount"))[0].GetProperty("data").GetProperty("id").GetInt32());
        JsonElement order = (await later.Event("GatewayUserOrder"))[0].GetProperty("data");
        Assert.Equal((open, 1), (order.GetProperty("id").GetInt64(), order.GetProperty("status").GetInt32()));
        Assert.Equal(1, (await later.Event("GatewayUserPosition"))[0].GetProperty("data").GetProperty("size").GetInt32());
    }

    [Fact]
    [Trait("quirk", "null-depth-entries")]
    [Trait("quirk", "depth-volume-in-current")]
    public async Task DepthHasNullsAndItsSizeInOneMemberAlone()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Depth(1, Side.Buy, 7699, 7), With(Quirk.NullDepthEntries, Quirk.DepthVolumeInCurrent));
        await using RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended");
        await market.Invoke("SubscribeContractMarketDepth", TradingRun.Es);
        JsonElement[] entries = [.. (await market.Event("GatewayDepth"))[1].EnumerateArray()];
        Assert.Equal(JsonValueKind.Null, entries[0].ValueKind);
        JsonElement plain = entries[1..].Single(entry => entry.GetProperty("price").GetDecimal() == 7699m);
        Assert.Equal((2, 0, 7), (plain.GetProperty("type").GetInt32(), plain.GetProperty("volume").GetInt32(), plain.GetProperty("currentVolume").GetInt32()));
        JsonElement best = entries[1..].Single(entry => entry.GetProperty("type").GetInt32() == 4);
        Assert.Equal((5, 0), (best.GetProperty("volume").GetInt32(), best.GetProperty("currentVolume").GetInt32()));
    }
}
