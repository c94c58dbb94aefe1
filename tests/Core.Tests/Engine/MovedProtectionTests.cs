using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A strategy trails its stop by wishing again for what it holds, with another price.</summary>
public sealed class MovedProtectionTests
{
    [Fact]
    public void AWishForTheSideThatIsHeldMovesTheStop()
    {
        Bench bench = Held(first: 4990, then: new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4995 });
        Order stop = Stops(bench).Single();
        bench.Accept(stop);
        bench.Bar(5005);
        Assert.Equal((stop, 4995m, 3m), bench.Modifications.Select(asked => (asked.Order, asked.Terms.StopPrice, asked.Terms.Quantity)).Single());
        // Until the venue has confirmed it, the old price protects.
        Assert.Equal((OrderStatus.ModifyPending, 4990m), (stop.Status, stop.StopPrice));
        bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4995m), (stop.Status, stop.StopPrice));
        Assert.Empty(bench.Canceled);
        Assert.Equal(3m, bench.Net);
    }

    [Fact]
    public void WhereTheBrokerCannotModifyTheStopIsReplacedOnceItsEndIsKnown()
    {
        Bench bench = Held(first: 4990, then: new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4995 }, canModify: false);
        Order old = Stops(bench).Single();
        bench.Accept(old);
        bench.Bar(5005);
        Assert.Same(old, bench.Canceled.Single());
        // A new one follows once the end of the old one is known: never two at a time.
        Assert.Single(Stops(bench));
        bench.Cancel(old);
        Assert.Equal((4995m, 3m), (Stops(bench).Last().StopPrice, Stops(bench).Last().Quantity));
        Assert.Equal(3m, bench.Net);
    }

    [Fact]
    public void AWishWithoutAStopLeavesTheStopAlone()
    {
        Bench bench = Held(first: 4990, then: new Wish(SignalAction.Buy, "test"));
        bench.Accept(Stops(bench).Single());
        bench.Bar(5005);
        Assert.Empty(bench.Canceled);
        Assert.Single(Stops(bench));
    }

    [Fact]
    public void AWishForTheOtherSideMovesNothingUntilItIsFilled()
    {
        Bench bench = Held(first: 4990, then: new Wish(SignalAction.Sell, "test") { Quantity = 1, StopLoss = 5020 });
        bench.Accept(Stops(bench).Single());
        bench.Bar(5005);
        Assert.Empty(bench.Canceled);
        Order reversal = bench.Submitted.Last();
        Assert.Equal((Side.Sell, 4m), (reversal.Side, reversal.Quantity));
        bench.Complete(reversal, 5005m);
        Assert.Single(bench.Canceled);
        bench.Cancel(bench.Canceled.Single());
        Assert.Equal((5020m, 1m, Side.Buy), (Stops(bench).Last().StopPrice, Stops(bench).Last().Quantity, Stops(bench).Last().Side));
    }

    [Fact]
    public void AMovedTargetKeepsTheStop()
    {
        Bench bench = Held(first: 4990, then: new Wish(SignalAction.Buy, "test") { Quantity = 3, TakeProfit = 5050 });
        bench.Accept(Stops(bench).Single());
        bench.Bar(5005);
        Assert.Empty(bench.Canceled);
        Assert.Equal(5050m, bench.Submitted.Single(order => order.Purpose == OrderPurpose.TakeProfit).LimitPrice);
    }

    private static Bench Held(double first, Wish then, bool canModify = true)
    {
        var bench = new Bench(Bench.Options() with { CanModifyOrders = canModify }, new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = first });
            if (strategy.Asked == 2) strategy.Say(in then);
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        return bench;
    }

    private static IEnumerable<Order> Stops(Bench bench) => bench.Submitted.Where(order => order.Purpose == OrderPurpose.StopLoss);
}
