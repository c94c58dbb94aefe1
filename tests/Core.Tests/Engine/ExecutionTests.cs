using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using static Tradewind.Core.Tests.Engine.ExecutionSteps;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A wish that is worked by children of a parent: what stops it, what is denied, what is protected. Schedules are worked out by hand.</summary>
public sealed class ExecutionTests
{
    private static readonly Twap FourInFourMinutes = new(TimeSpan.FromMinutes(4), slices: 4);

    [Fact]
    public void TwapSendsEqualSlicesAtEqualDistancesTheFirstAtOnce()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 10, Execution = FourInFourMinutes });
        List<(int Minute, decimal Units)> children = [(0, bench.Submitted.Single().Quantity)];
        for (int minute = 1; minute < 6; minute++)
        {
            foreach (Order child in bench.Submitted.ToArray()) if (child.RemainingQuantity > 0) bench.Complete(child, 5000m);
            bench.Forget();
            bench.Bar(5000);
            children.AddRange(bench.Submitted.Select(child => (minute, child.Quantity)));
        }
        // 10 in 4 slices: 2.5, 5, 7.5 and 10, rounded down to whole contracts.
        Assert.Equal([(0, 2m), (1, 3m), (2, 2m), (3, 3m)], children);
        Assert.Equal(10m, bench.Net);
        Assert.Equal((ExecutionState.Done, 10m, 0m), State(bench));
    }

    [Fact]
    public void AChildIsAnOrderOfItsOwnWithTheNumberOfItsParent()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes });
        ExecutionChanged began = bench.Of(OutputKind.ExecutionChanged).Single().ExecutionChanged;
        Order child = bench.Submitted.Single();
        Assert.Equal((began.Parent, ExecutionState.Running, Side.Buy, 8m), (child.Parent, began.State, began.Side, began.Quantity));
        Assert.True(child.Terms.IsChild);
        Assert.NotEqual(child.Id.Value, child.Parent);
        Assert.Equal(bench.Of(OutputKind.DecisionMade).Single().DecisionMade.Id, child.Decision);
        Assert.Equal((8m, 0m, 2m), (bench.Engine.Strategy(0).Execution!.Value.Quantity, bench.Engine.Strategy(0).Execution!.Value.Filled, bench.Engine.Strategy(0).Execution!.Value.Working));
    }

    [Fact]
    public void WhatFillsLateIsNotSentAgain()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes });
        for (int minute = 0; minute < 5; minute++) bench.Bar(5000);
        Assert.Equal([2m, 2m, 2m, 2m], bench.Submitted.Select(child => child.Quantity));
        foreach (Order child in bench.Submitted.ToArray()) bench.Complete(child, 5000m);
        Assert.Equal(8m, bench.Net);
        Assert.Equal((ExecutionState.Done, 8m, 0m), State(bench));
    }

    [Fact]
    public void StopAndTargetProtectWhatTheChildrenHaveFilledAtOnce()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, StopLoss = 4990, TakeProfit = 5020, Execution = FourInFourMinutes });
        Order child = bench.Submitted.Single();
        bench.Accept(child);
        bench.Fill(child, 1, 5000m);
        Assert.Equal([(OrderPurpose.StopLoss, 1m), (OrderPurpose.TakeProfit, 1m)], bench.Submitted.Skip(1).Select(order => (order.Purpose, order.Quantity)));
        AcceptAll(bench);
        bench.Fill(child, 1, 5000m);
        Assert.Equal([2m, 2m], bench.Modifications.Select(asked => asked.Terms.Quantity));
    }

    [Fact]
    public void AStopThatFillsEndsTheExecutionAndItsChildren()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, OrderType = OrderType.Limit, LimitPrice = 5000, StopLoss = 4990, Execution = FourInFourMinutes });
        bench.Complete(bench.Submitted.First(), 5000m);
        AcceptAll(bench);
        bench.Bar(5001);
        AcceptAll(bench);
        Order resting = bench.Submitted.Last(order => order.Purpose == OrderPurpose.Target), stop = bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        bench.Fill(stop, 2, 4990m);
        Assert.Equal([resting], bench.Canceled);
        bench.Cancel(resting);
        for (int minute = 0; minute < 5; minute++) bench.Bar(4990);
        Assert.Equal(0m, bench.Net);
        Assert.Equal(ExecutionState.Stopped, bench.Of(OutputKind.ExecutionChanged).Last().ExecutionChanged.State);
    }

    [Fact]
    public void ADeniedChildEndsTheExecutionAsItEndsAWish()
    {
        var bench = new Bench(Bench.Options(new MaxPosition(4)), Once(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes }));
        for (int minute = 0; minute < 6; minute++)
        {
            bench.Bar(5000);
            foreach (Order child in bench.Submitted.ToArray()) if (child.RemainingQuantity > 0) bench.Complete(child, 5000m);
        }
        Assert.Equal(4m, bench.Net);
        Assert.Single(bench.Of(OutputKind.OrderDenied));
        Assert.Equal((ExecutionState.Stopped, 4m, 0m), State(bench));
        Assert.Contains("PositionLimit", bench.Engine.Strategy(0).Execution!.Value.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void ChildrenAreNotTakenForDuplicates()
    {
        var bench = new Bench(Bench.Options(new DuplicateOrder(TimeSpan.FromHours(1))), Once(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes }));
        for (int minute = 0; minute < 6; minute++) bench.Bar(5000);
        Assert.Equal(4, bench.Submitted.Count());
    }

    [Fact]
    public void WhatCannotBeSentWhileTheAccountIsNotKnownFollowsOnceItIs()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = FourInFourMinutes });
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Account(AccountEventKind.Unsynced);
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
        bench.Account(AccountEventKind.Synced);
        Assert.Equal([2m, 4m], bench.Submitted.Select(child => child.Quantity));
    }

    [Fact]
    public void AChildThatTheBrokerRejectsIsTriedAgainThreeTimes()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, Execution = new Twap(TimeSpan.FromHours(4), 4) });
        bench.Reject(bench.Submitted.Last());
        Assert.Single(bench.Submitted);
        bench.Wait(TimeSpan.FromSeconds(1));
        bench.Reject(bench.Submitted.Last());
        bench.Wait(TimeSpan.FromSeconds(2));
        Assert.Equal(3, bench.Submitted.Count());
        bench.Reject(bench.Submitted.Last());
        Assert.Equal((ExecutionState.Stopped, 0m, 0m), State(bench));
        for (int hour = 0; hour < 5; hour++) bench.Wait(TimeSpan.FromHours(1));
        Assert.Equal(3, bench.Submitted.Count());
    }

    [Fact]
    public void WhatTheVenueTakesBackIsBoughtAgain()
    {
        Bench bench = Started(new Wish(SignalAction.Buy, "test") { Quantity = 2, Execution = new Twap(TimeSpan.FromMinutes(4), 1) });
        Order child = bench.Submitted.Single();
        bench.Accept(child);
        bench.Fill(child, 2, 5000m, execution: 7);
        Assert.Equal((ExecutionState.Done, 2m, 0m), State(bench));
        bench.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.Busted, child.Id, 7, 2, 5000m, 0)));
        Assert.Equal(0m, bench.Net);
        Assert.Equal(2m, bench.Submitted.Last().Quantity);
        Assert.NotEqual(child.Parent, bench.Submitted.Last().Parent);
    }

    [Fact]
    public void APositionIsClosedAndTurnedInSlices()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3 });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Sell, "test") { Quantity = 5, Execution = new Twap(TimeSpan.FromMinutes(2), 2) });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Forget();
        bench.Bar(5000);
        // 8 in two slices: the second one closes, and opens once that is done.
        bench.Complete(bench.Submitted.Last(), 5000m);
        AcceptAndFillAll(bench);
        bench.Bar(5000);
        AcceptAndFillAll(bench);
        Assert.Equal([3m, 1m, 4m], bench.Submitted.Select(child => child.Quantity));
        Assert.Equal(-5m, bench.Net);
    }

    [Fact]
    public void TheChildrenOfAnEarlierSessionAreCanceledAndItsExecutionIsNotResumed()
    {
        Bench before = Started(new Wish(SignalAction.Buy, "test") { Quantity = 8, StopLoss = 4990, Execution = FourInFourMinutes });
        Order child = before.Submitted.Single();
        before.Accept(child);
        before.Fill(child, 1, 5000m);
        AcceptAll(before);
        Bench after = Sessions.GoOn(before);
        Order carried = after.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.Target);
        Assert.Equal(child.Parent, carried.Parent);
        Assert.Equal([carried], after.Canceled);
        after.Fill(carried, 1, 5000m, execution: 99);
        Assert.Equal(2m, after.Modifications.Last().Terms.Quantity);
        for (int minute = 0; minute < 6; minute++) after.Bar(5000);
        Assert.Equal(2m, after.Net);
        Assert.DoesNotContain(after.Submitted, order => order.Purpose == OrderPurpose.Target);
    }
}
