using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A strategy that throws is suspended alone.</summary>
public sealed class SuspensionTests
{
    [Fact]
    public void TheOthersAreAskedOnTheSameBarAndOnTheNext()
    {
        var before = new Scripted((_, _) => { });
        var broken = new Scripted((_, _) => throw new InvalidOperationException("broken on purpose"));
        var after = new Scripted((_, _) => { });
        var bench = new Bench(before, broken, after);
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Equal((2, 1, 2), (before.Asked, broken.Asked, after.Asked));
        Output suspended = bench.Of(OutputKind.StrategySuspended).Single();
        Assert.Equal(1, suspended.Strategy);
        Assert.Contains("broken on purpose", suspended.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsWorkingEntryIsCanceledAndItsProtectiveStopStays()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1, StopLoss = 4990 });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = 4995, StopLoss = 4990 });
            if (strategy.Asked == 3) throw new InvalidOperationException("broken");
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order stop = bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        bench.Accept(stop);
        bench.Bar(5000);
        Order entry = bench.Submitted.Last();
        bench.Accept(entry);
        bench.Forget();
        bench.Bar(5000);
        Assert.Same(entry, bench.Canceled.Single());
        Assert.Equal(OrderStatus.Working, stop.Status);
    }

    [Fact]
    public void AnOperatorResumesIt()
    {
        bool isBroken = true;
        var broken = new Scripted((strategy, _) => { if (isBroken) throw new InvalidOperationException("broken"); strategy.Long(); });
        var bench = new Bench(broken);
        bench.Bar(5000);
        isBroken = false;
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Command(CommandKind.ResumeStrategy, 0);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void OneThatFloodsIsSuspendedAlone()
    {
        int said = 0;
        var flooding = new Scripted((strategy, _) => { while (true) strategy.Say(new Wish(said++ % 2 == 0 ? SignalAction.Buy : SignalAction.Sell, "again")); });
        var calm = new Scripted((strategy, _) => strategy.Long());
        var bench = new Bench(flooding, calm);
        bench.Bar(5000);
        Output suspended = bench.Of(OutputKind.StrategySuspended).Single();
        Assert.Equal(0, suspended.Strategy);
        Assert.Contains("more than 100 wishes at one instant", suspended.Text, StringComparison.Ordinal);
        Assert.Equal(1, bench.Submitted.Single().ShareCount);
        Assert.Equal((1, 1), (bench.Submitted.Single().Share(0).Strategy, calm.Asked));
    }

    [Fact]
    public void RepeatingAWishIsNoFlood()
    {
        var bench = new Bench(new Scripted((strategy, _) => { for (int i = 0; i < 5000; i++) strategy.Long(); }));
        bench.Bar(5000);
        Assert.Empty(bench.Of(OutputKind.StrategySuspended));
    }

    [Fact]
    public void ACommandSuspendsItAndItsEntryIsCanceledAtOnce()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 4990 })));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Command(CommandKind.SuspendSlowStrategy, 0);
        Assert.Same(entry, bench.Canceled.Single());
        Assert.Contains("time budget", bench.Of(OutputKind.StrategySuspended).Single().Text, StringComparison.Ordinal);
        Assert.True(bench.Engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public void WhatItThrewLastAndHowOftenItWasSuspendedAreKeptInASnapshot()
    {
        var bench = new Bench(new Scripted((_, _) => throw new InvalidOperationException("broken on purpose")));
        bench.Bar(5000);
        bench.Command(CommandKind.ResumeStrategy, 0);
        bench.Bar(5000);
        var restored = new Bench(new Scripted((_, _) => { }));
        restored.Engine.Restore(bench.Engine.TakeSnapshot());
        Assert.Equal((2L, "InvalidOperationException: broken on purpose"), (restored.Engine.Strategy(0).Counters.Suspensions, restored.Engine.Strategy(0).LastError));
    }
}
