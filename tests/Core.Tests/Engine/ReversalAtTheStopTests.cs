using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A strategy that turns round sends one order for both sides; its stop may be filled before that order.</summary>
public sealed class ReversalAtTheStopTests
{
    [Fact]
    public void TheWishForTheOtherSideStandsAndIsBroughtToItsOwnSize()
    {
        (Bench bench, Order reversal) = StoppedWhile(SignalAction.Buy);
        Assert.Equal((Side.Buy, 2m), (reversal.Side, reversal.Quantity));
        Assert.Contains(reversal, bench.Canceled);
        bench.Cancel(reversal);
        Order entry = bench.Submitted.Last();
        Assert.Equal((Side.Buy, 1m), (entry.Side, entry.Quantity));
        bench.Complete(entry, 5010m);
        Assert.Equal(1m, bench.Net);
    }

    [Fact]
    public void AnOrderForBothSidesThatFillsAfterTheStopLeavesNoMoreThanWasWishedFor()
    {
        (Bench bench, Order reversal) = StoppedWhile(SignalAction.Buy);
        bench.Complete(reversal, 5010m);
        Order excess = bench.Submitted.Last(order => order.Purpose != OrderPurpose.StopLoss);
        Assert.Equal((Side.Sell, 1m), (excess.Side, excess.Quantity));
        bench.Complete(excess, 5010m);
        Assert.Equal(1m, bench.Net);
    }

    [Fact]
    public void AClosingOrderThatTheStopCameBeforeIsNotReplaced()
    {
        (Bench bench, Order close) = StoppedWhile(SignalAction.Close);
        bench.Cancel(close);
        Assert.Same(close, bench.Submitted.Last());
        Assert.Equal(0m, bench.Net);
    }

    /// <summary>Short one unit; the strategy has said what it wants now, its order works, and then the stop is filled first.</summary>
    private static (Bench, Order) StoppedWhile(SignalAction then)
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 1, StopLoss = 5010 });
            else if (then == SignalAction.Close) strategy.Flat();
            else strategy.Say(new Wish(then, "test") { Quantity = 1, StopLoss = 4980 });
        }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Complete(entry, 5000m);
        Order stop = bench.Submitted.Last();
        bench.Accept(stop);
        bench.Bar(5009);
        Order order = bench.Submitted.Last();
        bench.Accept(order);
        bench.Complete(stop, 5010m);
        return (bench, order);
    }
}
