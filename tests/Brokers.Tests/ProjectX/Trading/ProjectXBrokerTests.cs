using System.Text.Json;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>The broker trades a simulator's account, over real sockets and in real time.</summary>
public sealed class ProjectXBrokerTests
{
    [Fact]
    public async Task NothingIsOpenedBeforeTheAccountIsKnown()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless(), faults: ["html"]);
        await run.Until(() => run.Book.Said.Count(line => line.Contains("Unsynced", StringComparison.Ordinal)) + run.Struck >= 10, "questions fail");
        Assert.Empty((await run.Truth()).Orders);
        await run.Heal();
        await run.Until(() => run.Book.Now.Orders.Any(order => order.Filled > 0), "it trades once the account is known");
    }

    [Fact]
    public async Task APositionOfBeforeTheStartBelongsToTheAccountAndToNoStrategy()
    {
        await using BrokerRun run = await BrokerRun.Start();
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        await run.Hand("orders", new { accountId = 1001, contractId = "ES", type = 2, side = 1, size = 3, customTag = "by hand" });
        await run.Until(() => run.Book.Now.Net is [-3], "the trade by hand is known");
        Assert.Equal(-3, run.Book.External);

        await using BrokerRun later = await run.StartAnother("later");
        await later.Until(() => later.Book.Now is { State: AccountState.Synced, Net: [-3] }, "a later session knows the position");
        Assert.Equal(-3, later.Book.External);
    }

    [Fact]
    public async Task ARefusalBecauseTheInstrumentDoesNotTradeIsToldToTheEngine()
    {
        var says = new Says((_, _) => new(SignalAction.Buy, "in") { Quantity = 1 });
        await using BrokerRun run = await BrokerRun.Start(() => says);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        await run.Inject("halt", new { lasts = 3600 });
        says.Ask();
        await run.Until(() => run.Book.Said.Any(line => line.Contains("does not trade at the venue", StringComparison.Ordinal)), "the engine knows of the halt");

        Assert.Contains(run.Book.Said, line => line.Contains(nameof(AccountEventKind.NotTrading), StringComparison.Ordinal) && line.Contains("not in an active trading status", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnOrderByHandWorksOnUntouched()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        JsonElement placed = await run.Hand("orders", new { accountId = 1001, contractId = "ES", type = 1, side = 0, size = 4, limitPrice = 5100.0 });
        long id = placed.GetProperty("orderId").GetInt64();
        await run.Until(() => run.Book.Now.Orders.Count >= 10, "it trades");
        await run.Settle();

        Assert.True((await run.Truth()).Orders.Single(order => order.Id == id).IsLive);
    }

    [Fact]
    public async Task AStopMovesUnderItsOwnNumber()
    {
        var says = new Says(
            (last, tick) => new(SignalAction.Buy, "in") { Quantity = 2, StopLoss = last - 80 * tick },
            (last, tick) => new(SignalAction.Buy, "the stop moves") { Quantity = 2, StopLoss = last - 60 * tick });
        await using BrokerRun run = await BrokerRun.Start(() => says);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        says.Ask();
        await run.Until(() => run.Book.Now.Orders is [_, { Status: OrderStatus.Working }], "the stop works");
        says.Ask();
        await run.Until(async () => (await run.Truth()).Commands.Any(command => command.Path == "Order/modify"), "the stop was moved");
        await run.Until(() => run.Book.Said.Any(line => line.Contains("Modified", StringComparison.Ordinal)), "the engine knows");
        VenueTruth truth = await run.Truth();

        Assert.Equal(2, truth.Orders.Count);
        Assert.DoesNotContain(truth.Commands, command => command.Path == "Order/cancel");
        VenueTruth.Order stop = truth.Orders.Single(order => order.StopPrice is not null);
        Assert.Equal((true, run.Engine.Market(0).Working.Single().StopPrice), (stop.IsLive, stop.StopPrice));
    }

    [Fact]
    public async Task AnImmediateOrderThatRestsIsCanceledAndADayOrderWorksOn()
    {
        var says = new Says(
            (last, tick) => new(SignalAction.Buy, "far below, at once or never") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = last - 100 * tick, TimeInForce = TimeInForce.Ioc },
            (last, tick) => new(SignalAction.Buy, "far below, until the day ends") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = last - 100 * tick, TimeInForce = TimeInForce.Day });
        await using BrokerRun run = await BrokerRun.Start(() => says);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        says.Ask();
        await run.Until(() => run.Book.Now.Orders is [{ Status: OrderStatus.Canceled }, ..], "the immediate order has ended");
        says.Ask();
        await run.Until(() => run.Book.Now.Orders is [_, { Status: OrderStatus.Working }], "the day order works");

        // 3 canceled, 1 open; a moment after it was taken it is pending.
        await run.Until(async () => (await run.Truth()).Orders.Select(order => order.Status).ToArray() is [3, 1], "the venue says the same");
    }

    [Fact]
    public async Task AFillOrKillOfMoreThanOneIsRefusedUnsent()
    {
        var says = new Says((last, tick) => new(SignalAction.Buy, "all or nothing") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = last + 4 * tick, TimeInForce = TimeInForce.Fok });
        await using BrokerRun run = await BrokerRun.Start(() => says);
        says.Ask();
        await run.Until(() => run.Book.Now.Orders is [{ Status: OrderStatus.Rejected }], "it was refused");

        Assert.Empty((await run.Truth()).Orders);
        Assert.Contains(run.Book.Said, line => line.Contains("ProjectX has no fill-or-kill order", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereThePlatformAttachesItsOwnStopsThereAreNeverTwo()
    {
        var account = new AccountOptions { PositionStopLoss = 500, PositionTakeProfit = 500 };
        await using BrokerRun run = await BrokerRun.Start(() => new Restless(), new GatewayOptions { Accounts = [account] });
        await run.Until(() => run.Book.Said.Any(line => line.Contains("Position Brackets", StringComparison.Ordinal) && line.Contains("Alert", StringComparison.Ordinal)), "the platform's orders are noticed");
        await run.Until(() => run.Book.Now is { Net: [0] }, "the position is closed");
        int placed = (await run.Truth()).Orders.Count(order => order.Tag is not null);
        await run.Until(() => run.Book.Now.Orders.Count(order => order.Status == OrderStatus.Rejected) >= 3, "it goes on asking");
        VenueTruth truth = await run.Truth();

        // One entry and the order that closed it; no stop or target of ours.
        Assert.Equal((2, 2), (placed, truth.Orders.Count(order => order.Tag is not null)));
        Assert.All(truth.Orders.Where(order => order.Tag is not null), order => Assert.True(order.StopPrice is null && order.LimitPrice is null));
        Assert.Equal(0, truth.Net(BrokerRun.Es));
    }

    [Fact]
    public async Task AHubThatIsConnectedAndSilentIsMadeAnew()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.Orders.Any(order => order.Filled > 0), "it trades");
        await run.Inject("missing-event", new { probability = 1 });
        await run.Until(() => run.Broker.Health.Reconnects > 0, "the hub was connected anew");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
    }

    [Fact]
    public async Task TokensThatLiveForSecondsDoNotDisturb()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless(), new GatewayOptions { TokenLifetime = TimeSpan.FromSeconds(12) });
        await run.Until(() => run.Book.Now.Orders.Count >= 60, "it trades through several tokens");
        await run.Settle();
        await run.AssertAgrees();
        Assert.Equal(0, run.Broker.Health.Reconnects);
    }

    [Fact]
    public async Task AnAccountThatMayNotTradeIsWaitedFor()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.Orders.Any(order => order.Filled > 0), "it trades");
        await run.Inject("restrict", new { lasts = 4 });
        await run.Until(() => run.Book.Now.State == AccountState.Restricted, "the account is restricted");
        int before = (await run.Truth()).Commands.Count(command => command.Path == "Order/place");
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account may trade again");
        await run.Settle();
        await run.AssertAgrees();
        Assert.InRange((await run.Truth()).Commands.Count(command => command.Path == "Order/place") - before, 0, 1000);
    }
}
