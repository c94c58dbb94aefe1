using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What never left the machine was refused by nobody: what closes or protects is tried again within seconds, however often that happens.</summary>
public sealed class NotSentTests
{
    private readonly Bench _bench = new(Bench.Options() with { ProtectionLimit = TimeSpan.FromSeconds(2) }, new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990, TakeProfit = 5020 });
        if (strategy.Asked == 2) strategy.Flat();
    }));

    [Fact]
    public void AClosingOrderFollowsSoonHoweverOftenItDidNotLeave()
    {
        Enter();
        _bench.Command(CommandKind.Flatten);
        Assert.Equal([0.25, 0.5, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2], Pauses(OrderPurpose.Flatten, 12));
        Assert.False(_bench.Engine.Strategy(0).IsRefused);
        _bench.Complete(Last(OrderPurpose.Flatten), 5000m);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void ItIsToldWhileThePauseGrowsAndThenEachEighthTime()
    {
        Enter();
        _bench.Command(CommandKind.Flatten);
        List<int> told = [];
        for (int attempt = 0; attempt < 600; attempt++)
        {
            Order close = Last(OrderPurpose.Flatten);
            _bench.Forget();
            _bench.Tell(close, BrokerEventKind.NotSent, "no connection");
            if (_bench.Alerts.Any(alert => alert.Contains("never left (no connection)", StringComparison.Ordinal))) told.Add(attempt);
            Wait(2);
        }
        Assert.Equal([0, 1, 2, 3, 8, 16, 24], told.Take(7));
        Assert.Equal(4 + 592 / 8, told.Count);
    }

    [Fact]
    public void AProbeThatNeverLeftIsNoProbe()
    {
        Enter();
        _bench.Command(CommandKind.Flatten);
        foreach (double pause in (double[])[2, 4])
        {
            _bench.Tell(Last(OrderPurpose.Flatten), BrokerEventKind.Rejected, "the account is locked");
            Wait(pause);
        }
        _bench.Tell(Last(OrderPurpose.Flatten), BrokerEventKind.Rejected, "the account is locked");
        Assert.True(_bench.Engine.Strategy(0).IsRefused);
        Wait(60);
        int probes = Count(OrderPurpose.Flatten);
        _bench.Tell(Last(OrderPurpose.Flatten), BrokerEventKind.NotSent, "no connection");
        Wait(2);
        Assert.Equal(probes + 1, Count(OrderPurpose.Flatten));
    }

    [Fact]
    public void AStopIsPlacedAgainWithinTheLimitAndAfterItThePositionIsClosed()
    {
        Enter(isProtected: false);
        Order first = Last(OrderPurpose.StopLoss);
        _bench.Tell(first, BrokerEventKind.NotSent, "no connection");
        Assert.Equal(OrderStatus.Rejected, first.Status);
        Wait(0.25);
        Order second = Last(OrderPurpose.StopLoss);
        Assert.NotSame(first, second);
        _bench.Tell(second, BrokerEventKind.NotSent, "no connection");
        Wait(0.5);
        Assert.Equal(3, Count(OrderPurpose.StopLoss));
        _bench.Tell(Last(OrderPurpose.StopLoss), BrokerEventKind.NotSent, "no connection");
        Assert.Equal(0, Count(OrderPurpose.Flatten));
        Wait(1);
        Wait(0.25);
        Assert.Equal(1, Count(OrderPurpose.Flatten));
    }

    [Fact]
    public void AStopThatLeftAtTheSecondTryKeepsThePosition()
    {
        Enter(isProtected: false);
        _bench.Tell(Last(OrderPurpose.StopLoss), BrokerEventKind.NotSent, "no connection");
        Wait(0.25);
        Order stop = Last(OrderPurpose.StopLoss);
        _bench.Accept(stop);
        Wait(60);
        Assert.Equal((OrderStatus.Working, 4990m, 3m), (stop.Status, stop.StopPrice, stop.Quantity));
        Assert.Equal((2, 0), (Count(OrderPurpose.StopLoss), Count(OrderPurpose.Flatten)));
        Assert.Equal(TimeSpan.FromSeconds(0.25), _bench.Engine.UnprotectedTime.Longest);
    }

    [Fact]
    public void AProfitTargetThatDidNotLeaveEitherPutsTheStopOffNoFurther()
    {
        Enter(isProtected: false);
        foreach (OrderPurpose purpose in (OrderPurpose[])[OrderPurpose.StopLoss, OrderPurpose.TakeProfit]) _bench.Tell(Last(purpose), BrokerEventKind.NotSent, "no connection");
        Wait(0.25);
        Assert.Equal((2, 2), (Count(OrderPurpose.StopLoss), Count(OrderPurpose.TakeProfit)));
        foreach (OrderPurpose purpose in (OrderPurpose[])[OrderPurpose.StopLoss, OrderPurpose.TakeProfit]) _bench.Tell(Last(purpose), BrokerEventKind.NotSent, "no connection");
        Wait(0.5);
        Assert.Equal((3, 3), (Count(OrderPurpose.StopLoss), Count(OrderPurpose.TakeProfit)));
    }

    [Fact]
    public void AProfitTargetIsNotGivenUpForIt()
    {
        Enter();
        for (int attempt = 0; attempt < 6; attempt++)
        {
            _bench.Tell(Last(OrderPurpose.TakeProfit), BrokerEventKind.NotSent, "no connection");
            Wait(2);
        }
        Order target = Last(OrderPurpose.TakeProfit);
        _bench.Accept(target);
        Assert.Equal((7, OrderStatus.Working, 5020m), (Count(OrderPurpose.TakeProfit), target.Status, target.LimitPrice));
        Assert.Equal(OrderStatus.Working, Last(OrderPurpose.StopLoss).Status);
    }

    [Fact]
    public void ATargetThatDoesNotLeavePutsNoStopOff()
    {
        Enter();
        for (int attempt = 0; attempt < 4; attempt++)
        {
            _bench.Tell(Last(OrderPurpose.TakeProfit), BrokerEventKind.NotSent, "no connection");
            if (attempt < 3) Wait(2);
        }
        _bench.Cancel(Last(OrderPurpose.StopLoss));
        Assert.Equal(2, Count(OrderPurpose.StopLoss));
        _bench.Tell(Last(OrderPurpose.StopLoss), BrokerEventKind.NotSent, "no connection");
        Wait(0.25);
        Assert.Equal((3, 0), (Count(OrderPurpose.StopLoss), Count(OrderPurpose.Flatten)));
    }

    [Fact]
    public void WhatNeverLeftDoesNotUseUpTheOrdersOfAMinute()
    {
        var rate = new OrderRate(10, TimeSpan.FromMinutes(1));
        var bench = new Bench(Bench.Options(rate) with { ProtectionLimit = TimeSpan.FromSeconds(2) }, new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990 });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Accept(bench.Submitted.Last());
        bench.Command(CommandKind.Flatten);
        for (int attempt = 0; attempt < 40; attempt++)
        {
            bench.Tell(bench.Submitted.Last(order => order.Purpose == OrderPurpose.Flatten), BrokerEventKind.NotSent, "no connection");
            bench.Wait(TimeSpan.FromSeconds(2));
        }
        Assert.Equal(41, bench.Submitted.Count(order => order.Purpose == OrderPurpose.Flatten));
        Assert.Empty(bench.Of(OutputKind.OrderDenied));
    }

    [Fact]
    public void AnEqualOrderAfterOneThatNeverLeftIsNoDuplicate()
    {
        var bench = new Bench(Bench.Options(new DuplicateOrder(TimeSpan.FromMinutes(5))), new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3 });
            if (strategy.Asked == 2) strategy.Flat();
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5001);
        bench.Tell(bench.Submitted.Last(), BrokerEventKind.NotSent, "no connection");
        bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal((3, Side.Sell), (bench.Submitted.Count(), bench.Submitted.Last().Side));
        Assert.Empty(bench.Of(OutputKind.OrderDenied));
    }

    [Fact]
    public void AChangeOfAStopThatNeverLeftIsAskedAgainHoweverOftenAndTheStopStays()
    {
        var bench = new Bench(Bench.Options() with { ProtectionLimit = TimeSpan.FromSeconds(2) }, new Scripted((strategy, _) =>
            strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = strategy.Asked == 1 ? 4990 : 4995 })));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order stop = bench.Submitted.Last();
        bench.Accept(stop);
        bench.Bar(5005);
        for (int attempt = 0; attempt < 20; attempt++)
        {
            Assert.Equal(attempt + 1, bench.Modifications.Count());
            bench.Tell(stop, BrokerEventKind.ModifyNotSent, "no connection");
            Assert.Equal(attempt + 1, bench.Modifications.Count());
            bench.Wait(TimeSpan.FromSeconds(0.5));
        }
        bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4995m), (stop.Status, stop.StopPrice));
        Assert.Empty(bench.Canceled);
        Assert.Single(bench.Alerts, alert => alert.Contains("never left", StringComparison.Ordinal));
    }

    [Fact]
    public void AChangeThatIsWishedForNoMoreLeavesNothingBehind()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
            strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = strategy.Asked % 2 == 1 ? 4990 : 4995 })));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order stop = bench.Submitted.Last();
        bench.Accept(stop);
        for (int outage = 1; outage <= 3; outage++)
        {
            bench.Bar(5005);
            bench.Tell(stop, BrokerEventKind.ModifyNotSent, "no connection");
            bench.Bar(5005);
            Assert.Equal(outage, bench.Alerts.Count(alert => alert.Contains("never left", StringComparison.Ordinal)));
        }
        Assert.Empty(bench.Canceled);
    }

    [Fact]
    public void AWishToCloseIsTriedAgainAfterEightSecondsAtMost()
    {
        Enter();
        _bench.Bar(5001);
        Assert.Equal([1, 2, 4, 8, 8, 8], Pauses(OrderPurpose.Target, 6));
    }

    [Fact]
    public void AnEntryIsNotTriedAgain()
    {
        _bench.Bar(5000);
        _bench.Tell(Last(OrderPurpose.Target), BrokerEventKind.NotSent, "no connection");
        Wait(300);
        Assert.Equal(1, Count(OrderPurpose.Target));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OfAnOrderThatTheVenueHasShownOrFilledItChangesNothing(bool isShown)
    {
        _bench.Bar(5000);
        Order entry = Last(OrderPurpose.Target);
        if (isShown) _bench.Accept(entry);
        else _bench.Fill(entry, 1m, 5000m);
        OrderStatus before = entry.Status;
        _bench.Tell(entry, BrokerEventKind.NotSent, "no connection");
        Assert.Equal(before, entry.Status);
        Assert.False(before.IsFinal());
    }

    private void Enter(bool isProtected = true)
    {
        _bench.Bar(5000);
        _bench.Complete(Last(OrderPurpose.Target), 5000m);
        if (!isProtected) return;
        _bench.Accept(Last(OrderPurpose.StopLoss));
    }

    private double[] Pauses(OrderPurpose purpose, int attempts)
    {
        double[] pauses = new double[attempts];
        for (int attempt = 0; attempt < attempts; attempt++)
        {
            int sent = Count(purpose);
            _bench.Tell(Last(purpose), BrokerEventKind.NotSent, "no connection");
            for (; Count(purpose) == sent && pauses[attempt] < 600; pauses[attempt] += 0.25) Wait(0.25);
        }
        return pauses;
    }

    private void Wait(double seconds) => _bench.Wait(TimeSpan.FromSeconds(seconds));

    private Order Last(OrderPurpose purpose) => _bench.Submitted.Last(order => order.Purpose == purpose);

    private int Count(OrderPurpose purpose) => _bench.Submitted.Count(order => order.Purpose == purpose);
}
