using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A position with a protection has a stop and a target of its own size, and both end with it.</summary>
public sealed class ProtectionTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990.1, TakeProfit = 5020 });
        if (strategy.Asked == 3) strategy.Flat();
    }));

    [Fact]
    public void AFilledEntryIsProtectedByAStopAndATargetOfItsSize()
    {
        Enter(3);
        Assert.Equal((OrderType.Stop, Side.Sell, 3m, 4990m), Terms(Stop()));
        Assert.Equal((OrderType.Limit, Side.Sell, 3m, 5020m), Terms(Target()));
    }

    [Fact]
    public void APartialFillIsProtectedAtOnceAndTheRestWhenItComes()
    {
        Order entry = Enter(1);
        (Order stop, Order target) = (Stop(), Target());
        Assert.Equal((1m, 1m), (stop.Quantity, target.Quantity));
        _bench.Accept(stop);
        _bench.Accept(target);
        _bench.Fill(entry, 2m, 5000m);
        Assert.Equal([(stop, 3m), (target, 3m)], _bench.Modifications.Select(asked => (asked.Order, asked.Terms.Quantity)));
        _bench.Modified(stop);
        _bench.Modified(target);
        Assert.Equal((3m, 3m), (stop.Quantity, target.Quantity));
        Assert.Empty(_bench.Canceled);
    }

    [Fact]
    public void AFilledStopCancelsTheTargetAndUsesTheWishUp()
    {
        Enter(3);
        _bench.Accept(Target());
        _bench.Complete(Stop(), 4990m);
        Assert.Equal(0m, _bench.Net);
        Assert.Contains(Target(), _bench.Canceled);
        _bench.Forget();
        _bench.Bar(5000);
        Assert.Empty(_bench.Submitted);
    }

    [Fact]
    public void ClosingThePositionCancelsBoth()
    {
        Enter(3);
        (Order stop, Order target) = (Stop(), Target());
        _bench.Accept(stop);
        _bench.Accept(target);
        _bench.Bar(5005);
        _bench.Bar(5005);
        _bench.Complete(_bench.Submitted.Last(), 5005m);
        Assert.Equal([stop, target], _bench.Canceled);
    }

    [Fact]
    public void ARejectedStopClosesThePositionAtTheMarketAndRaisesAnAlert()
    {
        Enter(3);
        _bench.Reject(Stop());
        Order flatten = _bench.Submitted.Last();
        Assert.Equal((OrderPurpose.Flatten, OrderType.Market, Side.Sell, 3m), (flatten.Purpose, flatten.Type, flatten.Side, flatten.Quantity));
        Assert.Contains(_bench.Of(OutputKind.Alert), alert => alert.Text!.Contains("rejected the protective stop", StringComparison.Ordinal));
    }

    [Fact]
    public void AStopThatTheVenueCanceledIsPlacedAnew()
    {
        Enter(3);
        Order first = Stop();
        _bench.Accept(first);
        _bench.Cancel(first);
        Assert.NotSame(first, Stop());
        Assert.Equal(3m, Stop().Quantity);
    }

    [Fact]
    public void FlattenCancelsTheEntryClosesThePositionAndStaysPaused()
    {
        Order entry = Enter(1);
        _bench.Forget();
        _bench.Command(CommandKind.Flatten);
        Assert.Contains(entry, _bench.Canceled);
        Order close = _bench.Submitted.Single(order => order.Purpose == OrderPurpose.Flatten);
        _bench.Cancel(entry);
        _bench.Complete(close, 4999m);
        Assert.Equal(0m, _bench.Net);
        Assert.Equal(Core.Risk.TradingState.ReduceOnly, _bench.Engine.State);
    }

    private Order Enter(decimal filled)
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Accept(entry);
        _bench.Fill(entry, filled, 5000m);
        return entry;
    }

    private Order Stop() => _bench.Submitted.Last(order => order.Purpose == OrderPurpose.StopLoss);

    private Order Target() => _bench.Submitted.Last(order => order.Purpose == OrderPurpose.TakeProfit);

    private static (OrderType, Side, decimal, decimal) Terms(Order order) => (order.Type, order.Side, order.Quantity, order.Type == OrderType.Stop ? order.StopPrice : order.LimitPrice);
}
