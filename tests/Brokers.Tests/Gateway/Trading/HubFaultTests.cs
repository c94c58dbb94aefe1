using System.Text.Json;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>Each fault of the hubs, by what a bare client sees of it.</summary>
public sealed class HubFaultTests
{
    [Fact]
    [Trait("fault", "hub-drop")]
    public async Task AConnectionEndsWithoutAWordAndSubscriptionsAreNeededAgain()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("hub-drop", new { hub = "user" });
        Assert.Null(await run.Hub.Next());
        await run.Heal();
        await using RawHub again = await RawHub.Open(run.Gateway.Server.BaseAddress, "user", run.Token);
        await run.Gateway.Until(() => run.Gateway.Server.Counters.Connections.Open == 1);
        await run.Place(type: 2, side: 0, size: 1, tag: "unseen");
        await again.Invoke("SubscribeOrders", 1001);
        await run.Pass(0.1);
        // The Pending event came before the subscription and is gone for good; nothing is replayed.
        JsonElement[] first = await again.Event("GatewayUserOrder");
        Assert.Equal(2, first[0].GetProperty("data").GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task OneHubCanBeDroppedAlone()
    {
        await using TradingRun run = await TradingRun.Start();
        await using RawHub market = await run.Gateway.Market();
        await run.Inject("hub-drop", new { hub = "market" });
        Assert.Null(await market.Next());
        await run.Place(type: 2, side: 0, size: 1);
        Assert.Equal(6, (await run.OrderEvent()).Status);
    }

    [Fact]
    [Trait("fault", "hub-close")]
    public async Task AConnectionEndsWithACloseMessageThatCarriesAnError()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("hub-close");
        JsonElement last = (await run.Hub.Next())!.Value;
        Assert.Equal((7, "Connection closed with an error."), (last.GetProperty("type").GetInt32(), last.GetProperty("error").GetString()));
    }

    [Fact]
    [Trait("fault", "logout")]
    public async Task TheServerLogsAConnectionOut()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("logout");
        Assert.Single(await run.Hub.Event("GatewayLogout"));
        Assert.Equal(7, (await run.Hub.Next())!.Value.GetProperty("type").GetInt32());
    }

    [Fact]
    [Trait("fault", "freeze")]
    public async Task AFrozenHubLosesEventsAndStaysOpen()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("freeze", new { hub = "user", lasts = 5 });
        long during = await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal(2, (await run.Order(during)).GetProperty("status").GetInt32());
        await run.Pass(6);
        await run.Heal();
        long after = await run.Place(type: 2, side: 0, size: 1);
        // A method still answers, and the first event is one of after the freeze.
        Assert.False((await run.Hub.Invoke("SubscribeAccounts")).TryGetProperty("error", out _));
        Assert.Equal((after, 6), await run.OrderEvent());
    }

    [Theory]
    [InlineData("missing-order-event", "GatewayUserTrade", 0)]
    [InlineData("missing-trade-event", "GatewayUserPosition", 1)]
    [Trait("fault", "missing-order-event")]
    [Trait("fault", "missing-trade-event")]
    public async Task OneKindOfEventIsMissing(string fault, string comes, int orders)
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject(fault);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        await run.Event(comes);
        Assert.Equal(orders == 0 ? 0 : 2, run.Gateway.Server.Counters.User.Orders.Sent);
        Assert.Equal(orders == 0 ? 1 : 0, run.Gateway.Server.Counters.User.Trades.Sent);
    }

    [Fact]
    [Trait("fault", "missing-event")]
    public async Task AnEventIsNeverSent()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("missing-event", new { count = 1 });
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        Assert.Equal(2, (await run.OrderEvent()).Status);
    }

    [Fact]
    [Trait("fault", "duplicate-event")]
    public async Task AnEventIsSentTwice()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("duplicate-event", new { count = 1 });
        await run.Place(type: 2, side: 0, size: 1);
        Assert.Equal(await run.OrderEvent(), await run.OrderEvent());
    }

    [Fact]
    [Trait("fault", "reorder-events")]
    public async Task AnEventChangesPlacesWithTheNext()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("reorder-events", new { count = 1 });
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        (int first, int second) = ((await run.OrderEvent()).Status, (await run.OrderEvent()).Status);
        Assert.Equal((2, 6), (first, second));
    }

    [Fact]
    [Trait("fault", "late-event")]
    public async Task AnEventComesLate()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("late-event", new { count = 1, delay = 2 });
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        // The fill has come before time goes on to where the late event is due.
        Assert.Equal(2, (await run.OrderEvent()).Status);
        await run.Pass(2.5);
        Assert.Equal(6, (await run.OrderEvent()).Status);
    }

    [Fact]
    [Trait("fault", "array-events")]
    [Trait("fault", "bare-events")]
    public async Task EnvelopesComeInArraysOrNotAtAll()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("array-events", new { count = 1 });
        await run.Inject("bare-events", new { count = 2 });
        await run.Place(type: 2, side: 0, size: 1);
        JsonElement array = (await run.Hub.Event("GatewayUserOrder"))[0];
        Assert.Equal(6, array[0].GetProperty("status").GetInt32());
        await run.Pass(0.1);
        Assert.Equal(2, (await run.Hub.Event("GatewayUserOrder"))[0].GetProperty("status").GetInt32());
        Assert.Equal(0, (await run.Event("GatewayUserTrade")).Action);
    }

    [Fact]
    public async Task EventsHaveWhatNobodyKnows()
    {
        await using TradingRun run = await TradingRun.Start();
        foreach (string fault in new[] { "unknown-field", "unknown-state", "number-strings" }) await run.Inject(fault);
        await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        (_, JsonElement order) = await run.Event("GatewayUserOrder");
        Assert.True(order.TryGetProperty("fromTheFuture", out _));
        Assert.Equal((99, JsonValueKind.String), (order.GetProperty("status").GetInt32(), order.GetProperty("limitPrice").ValueKind));
    }

    [Fact]
    [Trait("fault", "replay-trades")]
    public async Task AllTradesAreSentOnceMore()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 2, side: 0, size: 1);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        (int, long)[] first = [await Trade(), await Trade()];
        await run.Inject("replay-trades");
        (int, long)[] again = [await Trade(), await Trade()];
        Assert.Equal(first, again);

        async Task<(int, long)> Trade()
        {
            (int action, JsonElement trade) = await run.Event("GatewayUserTrade");
            return (action, trade.GetProperty("id").GetInt64());
        }
    }
}
