using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A reduce-only wish takes off what is held, whatever fills beside it, and never opens, adds or turns round.</summary>
public sealed class ReduceOnlyTests
{
    [Theory]
    [InlineData(3, SignalAction.Sell, 1, -3)]
    [InlineData(3, SignalAction.Sell, 0, -3)]
    [InlineData(3, SignalAction.Close, 0, -3)]
    [InlineData(3, SignalAction.Buy, 1, -2)]
    [InlineData(3, SignalAction.Buy, 5, 0)]
    [InlineData(3, SignalAction.Buy, 0, 0)]
    [InlineData(-3, SignalAction.Buy, 2, 3)]
    [InlineData(-3, SignalAction.Sell, 1, 2)]
    [InlineData(0, SignalAction.Buy, 2, 0)]
    [InlineData(0, SignalAction.Sell, 2, 0)]
    public void ItOrdersNoMoreThanWhatTakesOff(int held, SignalAction action, int wished, int ordered)
    {
        Bench bench = Holding(held, new Wish(action, "test") { Quantity = wished, IsReduceOnly = true });
        Assert.Equal(ordered == 0 ? [] : [(decimal)ordered], bench.Submitted.Select(order => order.Terms.SignedQuantity));
        Assert.All(bench.Submitted, order => Assert.True(order.Terms.IsReduceOnly));
    }

    [Fact]
    public void ALimitThatClosesGivesWayToTheStopThatFillsFirst()
    {
        Bench bench = Holding(3, new Wish(SignalAction.Close, "test") { OrderType = OrderType.Limit, LimitPrice = 5010, IsReduceOnly = true });
        Order limit = bench.Submitted.Single();
        bench.Accept(limit);
        Order stop = Stop(bench);
        bench.Fill(stop, 1, 4990m);
        // Two are left: an order for three is more than is held.
        Assert.Equal([limit], bench.Canceled);
        bench.Cancel(limit);
        Assert.Equal((OrderType.Limit, 2m, 5010m), (bench.Submitted.Last().Type, bench.Submitted.Last().Quantity, bench.Submitted.Last().LimitPrice));
        bench.Modified(stop);
        bench.Fill(stop, 2, 4990m);
        Assert.Equal(0m, bench.Net);
        Assert.Contains(bench.Submitted.Last(), bench.Canceled);
    }

    [Fact]
    public void WhatBothFillIsBroughtBackToFlatWithAnAlarm()
    {
        Bench bench = Holding(3, new Wish(SignalAction.Sell, "test") { OrderType = OrderType.Limit, LimitPrice = 5010, IsReduceOnly = true });
        Order limit = bench.Submitted.Single();
        bench.Accept(limit);
        bench.Fill(Stop(bench), 3, 4990m);
        bench.Fill(limit, 3, 5010m);
        Assert.Equal(-3m, bench.Net);
        Order excess = bench.Submitted.Last();
        Assert.Equal((OrderPurpose.Flatten, Side.Buy, 3m), (excess.Purpose, excess.Side, excess.Quantity));
        Assert.Contains(bench.Alerts, alert => alert.Contains("closed more than was held", StringComparison.Ordinal));
        bench.Complete(excess, 5000m);
        bench.Bar(5000);
        Assert.Equal(0m, bench.Net);
        Assert.Same(excess, bench.Submitted.Last());
    }

    [Fact]
    public void APartialFillLeavesTheRestWorking()
    {
        Bench bench = Holding(3, new Wish(SignalAction.Buy, "test") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 5010, IsReduceOnly = true });
        Order limit = bench.Submitted.Single();
        bench.Accept(limit);
        bench.Fill(limit, 1, 5010m);
        bench.Bar(5010);
        Assert.Empty(bench.Canceled);
        Assert.Equal((1m, 2m), (limit.RemainingQuantity, bench.Net));
        bench.Fill(limit, 1, 5010m);
        Assert.Equal(1m, bench.Net);
    }

    [Fact]
    public void AReducingWishIsNotReducedFurtherByWhatTheStopTakes()
    {
        // Three are held and one is wished; the stop takes one, so that one more is to go.
        Bench bench = Holding(3, new Wish(SignalAction.Buy, "test") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 5010 });
        Order limit = bench.Submitted.Single();
        bench.Accept(limit);
        bench.Fill(Stop(bench), 1, 4990m);
        Assert.Equal(1m, bench.Engine.Strategy(0).Target);
    }

    [Fact]
    public void OfTwoStrategiesOnlyTheOwnPositionCounts()
    {
        var bench = new Bench(Holder(2, new Wish(SignalAction.Close, "test") { IsReduceOnly = true }), Holder(-2, new Wish(SignalAction.Sell, "test") { Quantity = 9, IsReduceOnly = true }));
        bench.Bar(5000);
        Assert.Equal([2m, -2m], [bench.Engine.Strategy(0).Position.Quantity, bench.Engine.Strategy(1).Position.Quantity]);
        bench.Forget();
        bench.Bar(5000);
        // The account is flat and the first strategy is not: its order takes off its own two, however the account looks after it.
        Assert.Equal([-2m], bench.Submitted.Where(order => order.Purpose == OrderPurpose.Target).Select(order => order.Terms.SignedQuantity));
    }

    private static Scripted Holder(int held, Wish then) => new((strategy, _) =>
    {
        if (strategy.Asked == 1 && held != 0) strategy.Say(new Wish(held > 0 ? SignalAction.Buy : SignalAction.Sell, "test") { Quantity = Math.Abs(held), StopLoss = held > 0 ? 4990 : 5010 });
        if (strategy.Asked == 2) strategy.Say(in then);
    });

    /// <summary>A position with its stop, and then the wish; what was sent before is forgotten.</summary>
    private static Bench Holding(int held, Wish then)
    {
        var bench = new Bench(Holder(held, then));
        bench.Bar(5000);
        if (held != 0)
        {
            bench.Complete(bench.Submitted.Single(), 5000m);
            bench.Accept(Stop(bench));
        }
        bench.Forget();
        bench.Bar(5000);
        return bench;
    }

    private static Order Stop(Bench bench) => bench.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.StopLoss);
}
