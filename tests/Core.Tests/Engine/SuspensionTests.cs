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
}
