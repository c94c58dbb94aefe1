using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>Trailing stops of the gateway: it moves them, the engine knows where they stand, and whatever becomes of one there is a stop of the engine's within the limit and never two.</summary>
public sealed class NativeTrailTests
{
    private const int Stop = 4;
    private const int TrailingStop = 5;

    /// <summary>Wide: the gateway counts it from its last price when the order arrives, and on a busy machine the market moves meanwhile. A tenth of it is let pass.</summary>
    private const int Ticks = 400;

    [Theory]
    [InlineData(SignalAction.Buy)]
    [InlineData(SignalAction.Sell)]
    public async Task ATrailingStopIsTheGatewaysOwnAtTheWishedDistance(SignalAction action)
    {
        var says = new Says((_, _) => Trailed(action, 2));
        await using BrokerRun run = await Start(says);
        says.Ask();
        VenueTruth.Order first = await Working(run, TrailingStop, 2);
        // An entry that found one unit at the touch has filled in parts, and its stop has grown with it.
        int before = await Changes(run);
        Assert.InRange(first.Trail!.Value * (action == SignalAction.Buy ? -1 : 1), Ticks - Ticks / 10, Ticks + Ticks / 10);
        // The market of this run goes where it likes; that engine and gateway stay of one mind while the stop moves is what the cards 951 to 957 show.
        await run.Until(async () => Live(await run.Truth()) is not [var now] || run.Book.Now.Orders.Any(order => order.Purpose == OrderPurpose.StopLoss && order.StopPrice == now.StopPrice), "the engine knows where it stands");
        Assert.Equal(before, await Changes(run));
    }

    [Theory]
    [InlineData(SignalAction.Buy)]
    [InlineData(SignalAction.Sell)]
    public async Task OneOfAnEntryThatFillsInPartsComesToItsSize(SignalAction action)
    {
        var says = new Says((_, _) => Trailed(action, 2));
        await using BrokerRun run = await Start(says);
        await run.Inject("partial-fill", new { probability = 1, count = 1 });
        says.Ask();
        await Working(run, TrailingStop, 2);
        Assert.Equal(2, (await run.Truth()).Trades.Count(trade => trade.Size == 1));
        Assert.Single(Live(await run.Truth()));
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("expire")]
    public async Task OneThatTheGatewayEndsIsFollowedByAStopOfTheEngines(string how)
    {
        var says = new Says((_, _) => Trailed(SignalAction.Buy, 1));
        await using BrokerRun run = await Start(says);
        says.Ask();
        VenueTruth.Order first = await Working(run, TrailingStop, 1);
        await run.Hand($"orders/{first.Id}/{how}", new { });
        await Working(run, Stop, 1);
        Assert.Single(Live(await run.Truth()));
    }

    [Fact]
    public async Task OneThatTheGatewayRefusesIsFollowedByAStopOfTheEngines()
    {
        double last = 0;
        var says = new Says((price, tick) => new(SignalAction.Buy, "below") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = (last = price) - 300 * tick, Trail = new(Distance.Ticks(400)) });
        await using BrokerRun run = await Start(says);
        says.Ask();
        await run.Until(async () => Live(await run.Truth()) is [{ Status: 1 }], "the entry rests");
        await run.Inject("reject", new { probability = 1, count = 1, path = "Order/place" });
        await run.Hand($"orders/{Live(await run.Truth()).Single().Id}/fill", new { size = 1, price = last });
        await Working(run, Stop, 1);
        Assert.Single(Live(await run.Truth()));
        Assert.Contains(run.Book.Said, line => line.Contains("moves it itself", StringComparison.Ordinal));
    }

    private static Wish Trailed(SignalAction action, int quantity) => new(action, "trails") { Quantity = quantity, Trail = new(Distance.Ticks(Ticks)) };

    private static async Task<BrokerRun> Start(Says says)
    {
        BrokerRun run = await BrokerRun.Start(() => says, trails: true);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        return run;
    }

    private static async Task<int> Changes(BrokerRun run) => (await run.Truth()).Commands.Count(command => command.Path == "Order/modify");

    private static VenueTruth.Order[] Live(VenueTruth truth) => [.. truth.Orders.Where(order => order.IsLive)];

    /// <summary>The one order that works at the venue, once engine and venue agree on it.</summary>
    private static async Task<VenueTruth.Order> Working(BrokerRun run, int type, int size)
    {
        VenueTruth.Order? found = null;
        await run.Until(async () => (found = Live(await run.Truth()) is [{ Status: 1 } order] && order.Type == type && order.Size == size ? order : null) is not null
            && run.Book.Now.Orders.Any(order => order.Purpose == OrderPurpose.StopLoss && order.Status == OrderStatus.Working && order.Quantity == size), $"one order of type {type} works");
        return found!;
    }
}
