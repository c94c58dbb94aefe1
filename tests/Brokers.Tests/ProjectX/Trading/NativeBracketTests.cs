using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>Entries that take their stop and target along: what the gateway makes of them is the position's protection, and never stands beside the engine's own.</summary>
public sealed class NativeBracketTests
{
    internal static readonly GatewayOptions Allows = new() { Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco }] };

    [Theory]
    [InlineData(SignalAction.Buy, 1)]
    [InlineData(SignalAction.Sell, -1)]
    public async Task TheGatewaysLegsAreTheEnginesOrders(SignalAction action, int sign)
    {
        var says = new Says((last, tick) => new(action, "with both") { Quantity = 2, StopLoss = last - sign * 60 * tick, TakeProfit = last + sign * 80 * tick });
        await using BrokerRun run = await Start(says);
        says.Ask();
        await Protected(run, sign * 2);
        VenueTruth truth = await run.Truth();

        VenueTruth.Order[] live = [.. truth.Orders.Where(order => order.IsLive)];
        Assert.Equal(2, live.Length);
        VenueTruth.Order entry = truth.Orders.Single(order => order.Filled == 2);
        Assert.All(live, leg => Assert.Equal((entry.Id, 2), (leg.Parent!.Value, leg.Size)));
        Order[] engine = [.. run.Engine.Market(0).Working];
        Assert.Equal(engine.Single(order => order.Purpose == OrderPurpose.StopLoss).StopPrice, live.Single(order => order.StopPrice is not null).StopPrice);
        Assert.Equal(engine.Single(order => order.Purpose == OrderPurpose.TakeProfit).LimitPrice, live.Single(order => order.LimitPrice is not null).LimitPrice);

        // The entry and the question whether the account allows it; no stop or target of our own.
        Assert.Equal(2, truth.Commands.Count(command => command.Path == "Order/place"));
        await run.Settle();
        await run.AssertAgrees();
    }

    [Theory]
    [InlineData(BracketMode.Position, BracketUse.Auto)]
    [InlineData(BracketMode.AutoOco, BracketUse.Engine)]
    public async Task WhereTheAccountOrTheUserDoesNotWantThemTheEngineProtects(BracketMode mode, BracketUse use)
    {
        var says = new Says((last, tick) => Long(last, tick, 1));
        await using BrokerRun run = await BrokerRun.Start(() => says, new() { Accounts = [new AccountOptions { Brackets = mode }] }, brackets: use);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        says.Ask();
        await Protected(run, 1);

        Assert.All((await run.Truth()).Orders, order => Assert.Null(order.Parent));
        await run.Settle();
        await run.AssertAgrees();
    }

    [Fact]
    public async Task WhereTheyAreDemandedAndNotAllowedNothingIsOpened()
    {
        var says = new Says((last, tick) => Long(last, tick, 1));
        await using BrokerRun run = await BrokerRun.Start(() => says, brackets: BracketUse.Native);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        says.Ask();
        await run.Until(() => run.Book.Now.Orders is [{ Status: OrderStatus.Rejected }], "the entry was refused");

        Assert.Contains(run.Book.Said, line => line.Contains("enable Auto OCO Brackets", StringComparison.Ordinal));
        Assert.DoesNotContain((await run.Truth()).Orders, order => order.Filled > 0 || order.IsLive);
    }

    [Fact]
    public async Task AnAccountThatIsSwitchedWhileItTradesIsProtectedByTheEngineFromThenOn()
    {
        var says = new Says((last, tick) => Long(last, tick, 1), (_, _) => new(SignalAction.Close, "enough"), (last, tick) => Long(last, tick, 2), (last, tick) => Long(last, tick, 3));
        await using BrokerRun run = await Start(says);
        says.Ask();
        await Protected(run, 1);
        says.Ask();
        await run.Until(async () => run.Book.Now is { Net: [0], IsQuiet: true } && !(await run.Truth()).Orders.Any(order => order.IsLive), "it is flat");
        await run.Hand("accounts/1001/brackets", new { brackets = "position" });
        says.Ask();
        await run.Until(() => run.Book.Said.Any(line => line.Contains("takes no brackets any more", StringComparison.Ordinal)), "a person is told");
        says.Ask();
        await Protected(run, 3);

        VenueTruth.Order[] live = [.. (await run.Truth()).Orders.Where(order => order.IsLive)];
        Assert.Equal(2, live.Length);
        Assert.All(live, order => Assert.Null(order.Parent));
        await run.Settle();
        await run.AssertAgrees();
    }

    [Fact]
    public async Task AnEntryThatFillsInPartsIsProtectedPartByPart()
    {
        var says = new Says((last, tick) => new(SignalAction.Buy, "below") { Quantity = 3, OrderType = OrderType.Limit, LimitPrice = last - 60 * tick, StopLoss = last - 140 * tick, TakeProfit = last + 100 * tick });
        await using BrokerRun run = await Start(says);
        says.Ask();
        VenueTruth.Order entry = await Entry(run);
        foreach (int part in new[] { 1, 2 })
        {
            await run.Hand($"orders/{entry.Id}/fill", new { size = part });
            await Protected(run, part == 1 ? 1 : 3);
        }
        VenueTruth truth = await run.Truth();

        Assert.Equal(2, truth.Orders.Count(order => order.IsLive));
        Assert.All(truth.Orders.Where(order => order.IsLive), leg => Assert.Equal((entry.Id, 3), (leg.Parent!.Value, leg.Size)));
        await run.Settle();
        await run.AssertAgrees();
    }

    [Theory]
    [InlineData("held-leg")]
    [InlineData("missing-order-event")]
    [InlineData("missing-event")]
    public async Task LegsThatAreHeldOrNeverToldDoNotLeaveThePositionBare(string fault)
    {
        var says = new Says((last, tick) => new(SignalAction.Buy, "below") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = last - 60 * tick, StopLoss = last - 140 * tick, TakeProfit = last + 100 * tick });
        await using BrokerRun run = await Start(says);
        says.Ask();
        VenueTruth.Order entry = await Entry(run);
        await run.Inject(fault, fault == "held-leg" ? new { delay = 3600 } : new { probability = 1 });
        await run.Hand($"orders/{entry.Id}/fill", new { size = 1 });
        await run.Until(() => run.Struck > 0, "the fault has struck");
        await ProtectedOrFlat(run);
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("reject")]
    [InlineData("expire")]
    public async Task ALegThatTheVenueEndsIsReplacedByTheEngine(string how)
    {
        var says = new Says((last, tick) => Long(last, tick, 1));
        await using BrokerRun run = await Start(says);
        says.Ask();
        await Protected(run, 1);
        VenueTruth.Order stop = (await run.Truth()).Orders.Single(order => order is { IsLive: true, StopPrice: not null });
        await run.Hand($"orders/{stop.Id}/{how}", new { });
        await run.Until(() => run.Book.Now.Orders.Any(order => order.Purpose == OrderPurpose.StopLoss && order.Status.IsFinal()), "the engine knows");
        await ProtectedOrFlat(run);
        await run.Settle();
        await run.AssertAgrees();
    }

    [Fact]
    public async Task ALegThatFillsWhileTheEntrysAnswerIsLostClosesThePosition()
    {
        var says = new Says((last, tick) => new(SignalAction.Buy, "below") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = last - 60 * tick, StopLoss = last - 140 * tick, TakeProfit = last + 100 * tick });
        await using BrokerRun run = await Start(says);
        await run.Inject("lost-reply", new { path = "Order/place" });
        await run.Inject("freeze", new { hub = "user", lasts = 3 });
        says.Ask();
        VenueTruth.Order entry = await Entry(run);
        await run.Hand($"orders/{entry.Id}/fill", new { size = 1 });
        await run.Until(async () => (await run.Truth()).Orders.Any(order => order is { StopPrice: not null, Status: 1 }), "the stop works");
        VenueTruth.Order stop = (await run.Truth()).Orders.Single(order => order is { IsLive: true, StopPrice: not null });
        await run.Hand($"orders/{stop.Id}/fill", new { size = 1 });
        await run.Until(() => run.Book.Now is { Net: [0] } && run.Book.Now.Orders.Any(order => order is { Purpose: OrderPurpose.Target, Filled: 1 }), "the engine knows of both fills");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
        Assert.Equal(0, run.Book.External);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALegThatFillsBeforeItsEntryIsKnownIsBookedAsWhatItIs(bool isStop)
    {
        var says = new Says((last, tick) => new(SignalAction.Buy, "below") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = last - 60 * tick, StopLoss = last - 140 * tick, TakeProfit = last + 100 * tick });
        await using BrokerRun run = await Start(says);
        says.Ask();
        VenueTruth.Order entry = await Entry(run);
        await run.Inject("freeze", new { hub = "user", lasts = 3 });
        await run.Hand($"orders/{entry.Id}/fill", new { size = 1 });
        await run.Until(async () => (await run.Truth()).Orders.Count(order => order is { Parent: not null, Status: 1 }) == 2, "the legs work");
        VenueTruth.Order leg = (await run.Truth()).Orders.Single(order => order.IsLive && order.StopPrice is not null == isStop);
        await run.Hand($"orders/{leg.Id}/fill", new { size = 1 });
        await run.Until(() => run.Book.Now is { Net: [0], IsQuiet: true } && run.Book.Now.Orders.Any(order => order is { Purpose: OrderPurpose.Target, Filled: 1 }), "the engine knows of both fills");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
        Assert.Equal(0, run.Book.External);
        Assert.Equal([isStop ? OrderPurpose.StopLoss : OrderPurpose.TakeProfit], run.Book.Now.Orders.Where(order => order.Purpose != OrderPurpose.Target && order.Filled > 0).Select(order => order.Purpose));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALegThatFillsTakesTheOtherAlong(bool isStop)
    {
        var says = new Says((last, tick) => Long(last, tick, 2));
        await using BrokerRun run = await Start(says);
        says.Ask();
        await Protected(run, 2);
        VenueTruth.Order leg = (await run.Truth()).Orders.Single(order => order.IsLive && order.StopPrice is not null == isStop);
        await run.Hand($"orders/{leg.Id}/fill", new { size = 2 });
        await run.Until(() => run.Book.Now is { Net: [0], IsQuiet: true }, "the engine is flat and nothing works");
        OrderPurpose purpose = isStop ? OrderPurpose.StopLoss : OrderPurpose.TakeProfit;
        Assert.Equal(2, run.Book.Now.Orders.Single(order => order.Purpose == purpose).Filled);
        await run.Settle();
        await run.AssertAgrees();
    }

    private static Wish Long(double last, double tick, int quantity) => new(SignalAction.Buy, "with both") { Quantity = quantity, StopLoss = last - 60 * tick, TakeProfit = last + 80 * tick };

    private static async Task<BrokerRun> Start(Says says)
    {
        BrokerRun run = await BrokerRun.Start(() => says, Allows, brackets: BracketUse.Auto);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        return run;
    }

    /// <summary>The order that takes legs along, once it rests at the venue.</summary>
    private static async Task<VenueTruth.Order> Entry(BrokerRun run)
    {
        VenueTruth.Order? entry = null;
        await run.Until(async () => (entry = (await run.Truth()).Orders.FirstOrDefault(order => order is { Status: 1, Parent: null })) is not null, "the entry rests");
        return entry!;
    }

    private static Task Protected(BrokerRun run, int net) => run.Until(
        () => run.Book.Now.Net[0] == net && Works(run, OrderPurpose.StopLoss, Math.Abs(net)) && Works(run, OrderPurpose.TakeProfit, Math.Abs(net)), "position, stop and target are there");

    private static bool Works(BrokerRun run, OrderPurpose purpose, int size) =>
        run.Book.Now.Orders.Any(order => order.Purpose == purpose && order.Status is OrderStatus.Working or OrderStatus.PartiallyFilled && order.Quantity - order.Filled == size);

    /// <summary>One stop works for what the venue holds, in the engine and at the venue; or nothing is held.</summary>
    private static Task ProtectedOrFlat(BrokerRun run) => run.Until(async () =>
    {
        VenueTruth truth = await run.Truth();
        int stops = truth.Orders.Count(order => order is { Status: 1, StopPrice: not null });
        return truth.Net(BrokerRun.Es) == 0 ? run.Book.Now.Net[0] == 0 : stops == 1 && run.Book.Now.Net[0] == truth.Net(BrokerRun.Es) && Works(run, OrderPurpose.StopLoss, (int)truth.Net(BrokerRun.Es));
    }, "the position has one stop, or is closed");
}
