using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Several targets close a position in parts; the stop always has the size of what is left. Sizes are worked out by hand.</summary>
public sealed class ScaleOutTests
{
    private static readonly ProfitTarget[] Halves = [ProfitTarget.Part(5010, 0.5), ProfitTarget.Part(5020, 0.5)];

    [Fact]
    public void EachTargetHasItsPartAndTheStopTheWhole()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 5, StopLoss = 4990, TakeProfit = 5030, Targets = [ProfitTarget.Units(5010, 2), ProfitTarget.Units(5020, 1)] }, 5);
        Assert.Equal([(5010m, 2m), (5020m, 1m), (5030m, 2m)], Working(bench));
        Assert.Equal((4990m, 5m), (Stop(bench).StopPrice, Stop(bench).RemainingQuantity));
    }

    [Fact]
    public void WhatATargetClosesIsTakenOffTheStopAtOnceAndNotBoughtAgain()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }, 4);
        Fill(bench, 5010, 1);
        Assert.Equal(3m, bench.Modifications.Last().Terms.Quantity);
        bench.Modified(Stop(bench));
        Fill(bench, 5010, 1);
        bench.Modified(Stop(bench));
        bench.Bar(5011);
        Assert.Equal([(5020m, 2m)], Working(bench));
        Assert.Equal((2m, 2m), (Stop(bench).RemainingQuantity, bench.Net));
        Assert.Single(bench.Submitted, order => order.Purpose == OrderPurpose.Target);
        Assert.Equal(2m, bench.Engine.Strategy(0).Target);
        Fill(bench, 5020, 2);
        Assert.Equal(0m, bench.Net);
        Assert.Equal([Stop(bench)], bench.Canceled);
        Assert.Null(bench.Engine.Strategy(0).Wish);
    }

    [Fact]
    public void PartsOfTheEntryThatFillLaterEnlargeStopAndTargetsAtOnce()
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 1, 5000m);
        AcceptAll(bench);
        // Half of one is no lot: the one unit waits for the further target.
        Assert.Equal([(5020m, 1m)], Working(bench));
        bench.Fill(entry, 1, 5000m);
        AcceptAll(bench);
        Assert.Equal([(5010m, 1m), (5020m, 1m)], Working(bench));
        bench.Fill(entry, 2, 5000m);
        AcceptAll(bench);
        Assert.Equal([(5010m, 2m), (5020m, 2m)], Working(bench));
        Assert.Equal(4m, Stop(bench).RemainingQuantity);
    }

    [Fact]
    public void ATargetThatFillsBeforeTheEntryIsCompleteLeavesTheRestOfTheEntryWorking()
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 2, 5000m);
        AcceptAll(bench);
        Fill(bench, 5010, 1);
        bench.Bar(5010);
        Assert.Empty(bench.Canceled);
        bench.Fill(entry, 2, 5009m);
        AcceptAll(bench);
        // The position has been 3 at most: one is the first target's half, and that is closed; the others are the second's.
        Assert.Equal([(5020m, 2m)], Working(bench));
        Assert.Equal((3m, 3m), (bench.Net, Stop(bench).RemainingQuantity));
    }

    [Fact]
    public void AShortPositionIsScaledOutBelow()
    {
        Bench bench = Entered(new Wish(SignalAction.Sell, "test") { Quantity = 3, StopLoss = 5010, Targets = [ProfitTarget.Part(4990, 1.0 / 3), ProfitTarget.Part(4980, 1.0 / 3), ProfitTarget.Part(4970, 1.0 / 3)] }, 3);
        Assert.Equal([(4990m, 1m), (4980m, 1m), (4970m, 1m)], Working(bench));
        Assert.All(bench.Engine.Market(0).Working, order => Assert.Equal(Side.Buy, order.Side));
    }

    [Fact]
    public void AStopThatFillsInPartTakesFromTheFurthestTarget()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }, 4);
        bench.Fill(Stop(bench), 1, 4990m);
        AcceptAll(bench);
        Assert.Equal([(5010m, 2m), (5020m, 1m)], Working(bench));
        bench.Fill(Stop(bench), 3, 4990m);
        Assert.Equal(2, bench.Canceled.Count());
        Assert.Equal(0m, bench.Net);
    }

    [Fact]
    public void StopAndTargetThatBothFillAreBroughtBackToFlat()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, Targets = Halves }, 2);
        bench.Fill(Stop(bench), 2, 4990m);
        Fill(bench, 5010, 1);
        Assert.Equal(-1m, bench.Net);
        Order excess = bench.Submitted.Last();
        Assert.Equal((OrderPurpose.Flatten, Side.Buy, 1m), (excess.Purpose, excess.Side, excess.Quantity));
        Assert.Contains(bench.Alerts, alert => alert.Contains("closed more than was held", StringComparison.Ordinal));
        bench.Complete(excess, 5000m);
        Assert.Equal(0m, bench.Net);
    }

    [Fact]
    public void ATargetThatTheVenueEndsTwiceIsLeftToTheStop()
    {
        Bench bench = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }, 4);
        bench.Expire(Leg(bench, 5010));
        AcceptAll(bench);
        Assert.Equal([(5010m, 2m), (5020m, 2m)], Working(bench));
        bench.Expire(Leg(bench, 5010));
        AcceptAll(bench);
        Assert.Equal([(5020m, 2m)], Working(bench));
        Assert.Equal(4m, Stop(bench).RemainingQuantity);
    }

    [Fact]
    public void ASessionThatGoesOnKnowsWhichTargetsAreClosed()
    {
        Bench before = Entered(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves }, 4);
        Fill(before, 5010, 2);
        before.Modified(Stop(before));
        Bench after = Sessions.GoOn(before);
        after.Bar(5011);
        Assert.Equal([(5020m, 2m)], Working(after));
        Assert.Empty(after.Submitted);
        after.Fill(Leg(after, 5020), 2, 5020m, execution: 77);
        Assert.Equal(0m, after.Net);
        Assert.Equal(OrderPurpose.StopLoss, after.Canceled.Single().Purpose);
    }

    [Fact]
    public void WishingAgainWithOtherTargetsMovesThem()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = Halves });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "test") { StopLoss = 4995, Targets = [ProfitTarget.Part(5012, 0.25)], TakeProfit = 5040 });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        AcceptAll(bench);
        bench.Bar(5001);
        AcceptAll(bench);
        Assert.Equal([(5012m, 1m), (5040m, 3m)], Working(bench));
        Assert.Equal(4995m, Stop(bench).StopPrice);
    }

    public static TheoryData<ProfitTarget[], double?> Contradictions => new()
    {
        { [], null },
        { [ProfitTarget.Part(4999, 0.5)], null },
        { [ProfitTarget.Part(5020, 0.5), ProfitTarget.Part(5010, 0.5)], null },
        { [ProfitTarget.Part(5010, 0.5), ProfitTarget.Part(5020, 0.6)], null },
        { [ProfitTarget.Part(5010, 0.5), ProfitTarget.Units(5020, 1)], null },
        { [ProfitTarget.Units(5010, 3), ProfitTarget.Units(5020, 2)], null },
        { [ProfitTarget.Units(5010, 0.5m)], null },
        { [ProfitTarget.Units(5010, 0)], null },
        { [ProfitTarget.Part(5010, double.NaN)], null },
        { [ProfitTarget.Part(double.NaN, 0.5)], null },
        { [ProfitTarget.Part(5010, 0.5)], 5010.0 },
        { [.. Enumerable.Range(1, 5).Select(i => ProfitTarget.Part(5000 + i, 0.1))], null },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void TargetsThatContradictEachOtherAreRefused(ProfitTarget[] targets, double? last)
    {
        var bench = new Bench(Once(new Wish(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, TakeProfit = last, Targets = targets }));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.TargetsUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }

    private static Scripted Once(Wish wish) => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(in wish); });

    private static Bench Entered(Wish wish, decimal quantity)
    {
        var bench = new Bench(Once(wish));
        bench.Bar(5000);
        Assert.Equal(quantity, bench.Submitted.Single().Quantity);
        bench.Complete(bench.Submitted.Single(), 5000m);
        AcceptAll(bench);
        return bench;
    }

    /// <summary>The broker confirms whatever was asked.</summary>
    private static void AcceptAll(Bench bench)
    {
        while (bench.Engine.Market(0).Working.FirstOrDefault(order => order.Status is OrderStatus.Sending or OrderStatus.ModifyPending or OrderStatus.CancelPending) is { } order)
        {
            if (order.Status == OrderStatus.Sending) bench.Accept(order);
            else if (order.Status == OrderStatus.ModifyPending) bench.Modified(order);
            else bench.Cancel(order);
        }
    }

    private static void Fill(Bench bench, decimal price, decimal quantity) => bench.Fill(Leg(bench, price), quantity, price);

    private static Order Leg(Bench bench, decimal price) => bench.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.TakeProfit && order.LimitPrice == price);

    private static Order Stop(Bench bench) => bench.Engine.Market(0).Working.Concat(bench.Submitted).Last(order => order.Purpose == OrderPurpose.StopLoss);

    private static List<(decimal Price, decimal Units)> Working(Bench bench) =>
        [.. bench.Engine.Market(0).Working.Where(order => order.Purpose == OrderPurpose.TakeProfit).OrderBy(order => Math.Abs(order.LimitPrice - 5000)).Select(order => (order.LimitPrice, order.RemainingQuantity))];
}
