using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A position that was to have a stop has one that the venue confirmed within two seconds, or is closed.</summary>
public sealed class ProtectedOrFlatTests
{
    private readonly Bench _bench = new(Bench.Options() with { ProtectionLimit = TimeSpan.FromSeconds(2) }, new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990, TakeProfit = 5020 });
    }));

    [Fact]
    public void AStopThatIsNotConfirmedWithinTheLimitClosesThePosition()
    {
        Enter(3);
        Wait(1.99);
        Assert.Empty(Closing());
        Wait(0.01);
        Order close = Closing().Single();
        Assert.Equal((Side.Sell, OrderType.Market, 3m), (close.Side, close.Type, close.Quantity));
        Assert.Equal((ProtectionOutcome.Overdue, 3m, TimeSpan.FromSeconds(2)), Told().Single());
        Assert.Contains(_bench.Alerts, alert => alert.Contains("2 s without a confirmed stop", StringComparison.Ordinal));
    }

    [Fact]
    public void AStopThatIsConfirmedInTimeStopsTheClock()
    {
        Enter(3);
        Wait(1.5);
        _bench.Accept(Stop());
        Wait(60);
        Assert.Empty(Closing());
        Assert.Equal((ProtectionOutcome.Confirmed, 3m, TimeSpan.FromSeconds(1.5)), Told().Single());
        Assert.Equal(new UnprotectedTime(TimeSpan.Zero, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(1.5), 1), _bench.Engine.UnprotectedTime);
    }

    [Fact]
    public void AStopThatIsConfirmedAtTheInstantOfTheFillIsNotCounted()
    {
        Enter(3);
        _bench.Accept(Stop());
        Wait(60);
        Assert.Empty(Told());
        Assert.Equal(default, _bench.Engine.UnprotectedTime);
    }

    [Fact]
    public void WithoutAStopInTheWishNoClockRuns()
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Wait(TimeSpan.FromHours(1));
        Assert.Equal(default, bench.Engine.Strategy(0).UnprotectedTime);
        Assert.Single(bench.Submitted);
    }

    [Theory]
    [InlineData(BrokerEventKind.SubmitInDoubt)]
    [InlineData(BrokerEventKind.ModifyInDoubt)]
    public void AStopInDoubtDoesNotProtect(BrokerEventKind doubt)
    {
        Order entry = Enter(1);
        if (doubt == BrokerEventKind.ModifyInDoubt)
        {
            _bench.Accept(Stop());
            _bench.Fill(entry, 2m, 5000m);
        }
        _bench.Tell(Stop(), doubt, "no answer");
        Wait(2);
        Assert.Equal(_bench.Net, Closing().Single().Quantity);
    }

    [Fact]
    public void AStopSmallerThanThePositionDoesNotProtect()
    {
        Order entry = Enter(1);
        _bench.Accept(Stop());
        Wait(5);
        _bench.Fill(entry, 2m, 5000m);
        // Asked to grow from 1 to 3, and never confirmed.
        Assert.Equal((Stop(), 3m), (_bench.Modifications.Last(asked => asked.Order.Purpose == OrderPurpose.StopLoss).Order, Stop().AskedTerms!.Value.Quantity));
        Wait(2);
        Assert.Equal(3m, Closing().Single().Quantity);
    }

    [Theory]
    [InlineData(BrokerEventKind.Canceled)]
    [InlineData(BrokerEventKind.Expired)]
    public void AStopThatTheVenueEndsIsPlacedOnceMoreAndThenThePositionIsClosed(BrokerEventKind end)
    {
        Enter(3);
        Order first = Stop();
        _bench.Accept(first);
        Wait(5);
        _bench.Tell(first, end);
        Order second = Stop();
        Assert.NotSame(first, second);
        _bench.Accept(second);
        Assert.Empty(Closing());
        Wait(5);
        _bench.Tell(second, end);
        Assert.Same(second, Stop());
        Assert.Equal(3m, Closing().Single().Quantity);
    }

    [Fact]
    public void ALossOfTheStopLongAgoDoesNotCount()
    {
        Enter(3);
        for (int day = 0; day < 3; day++)
        {
            Order stop = Stop();
            _bench.Accept(stop);
            Wait(3600);
            _bench.Cancel(stop);
            Assert.NotSame(stop, Stop());
        }
        Assert.Empty(Closing());
    }

    [Fact]
    public void ARejectedClosingOrderIsFollowedByAnotherEverMoreRarelyUntilThePositionIsFlat()
    {
        Enter(3);
        _bench.Reject(Stop());
        List<double> pauses = [];
        for (int attempt = 0; attempt < 6; attempt++)
        {
            _bench.Tell(Closing().Last(), BrokerEventKind.Rejected, $"another reason each time: {(char)('a' + attempt)}");
            double waited = 0;
            for (int sent = Closing().Count(); Closing().Count() == sent; waited += 0.5) Wait(0.5);
            pauses.Add(waited);
        }
        Assert.Equal([2, 4, 8, 16, 16, 16], pauses);
        _bench.Complete(Closing().Last(), 4999m);
        int count = Closing().Count();
        Wait(3600);
        Assert.Equal((0m, count), (_bench.Net, Closing().Count()));
        Assert.Equal(ProtectionOutcome.Flat, Told().Last().Outcome);
        Assert.False(_bench.Engine.Strategy(0).IsClosing);
    }

    [Fact]
    public void WhileAClosingOrderIsUnansweredNoSecondOneIsSentAndTheAlarmGoesOn()
    {
        Enter(3);
        Wait(2);
        Order close = Closing().Single();
        _bench.Tell(close, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Forget();
        for (int i = 0; i < 60; i++) Wait(1);
        Assert.Empty(Closing());
        Assert.InRange(_bench.Alerts.Count(alert => alert.Contains("still not closed", StringComparison.Ordinal)), 3, 10);
        _bench.Fill(close, 3m, 4999m);
        Assert.False(_bench.Engine.Strategy(0).IsClosing);
    }

    [Fact]
    public void WhatThePositionStillGainsWhileItIsClosedIsClosedToo()
    {
        Order entry = Enter(1);
        Wait(2);
        Assert.Contains(entry, _bench.Canceled);
        // One more unit fills before the entry's cancel is known.
        _bench.Fill(entry, 1m, 5000m);
        Assert.Equal([1m, 1m], Closing().Select(order => order.Quantity));
        foreach (Order close in Closing().ToArray()) _bench.Complete(close, 4999m);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void AnOrderThatClosesMoreThanIsHeldHasItsExcessClosed()
    {
        Enter(3);
        (Order stop, Order target) = (Stop(), Target());
        _bench.Accept(stop);
        _bench.Accept(target);
        _bench.Fill(stop, 3m, 4990m);
        _bench.Fill(target, 3m, 5020m);
        Assert.Equal(-3m, _bench.Net);
        Order close = Closing().Single();
        Assert.Equal((Side.Buy, 3m), (close.Side, close.Quantity));
        Assert.Contains(_bench.Alerts, alert => alert.Contains("excess", StringComparison.Ordinal));
        _bench.Complete(close, 5020m);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void AClosingOrderThatIsNotNeededAnyMoreIsCanceled()
    {
        Enter(3);
        Wait(2);
        Order close = Closing().Single();
        _bench.Accept(close);
        _bench.Fill(Stop(), 3m, 4990m);
        Assert.Contains(close, _bench.Canceled);
        Assert.Equal(0m, _bench.Net);
    }

    [Fact]
    public void AnEntryThatFillsAfterItsWishLapsedIsProtectedAsTheWishSaid()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, Validity = TimeSpan.FromSeconds(30) });
        }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Bar(5000);
        Assert.Equal(OrderStatus.CancelPending, entry.Status);
        bench.Fill(entry, 2m, 5000m);
        Order stop = bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        Assert.Equal((2m, 4990m), (stop.Quantity, stop.StopPrice));
    }

    [Fact]
    public void WhileTheAccountIsNotSynchronisedNothingIsClosedBlindlyAndAtOnceAfterwards()
    {
        Enter(3);
        _bench.Account(AccountEventKind.Unsynced);
        Wait(2);
        Wait(20);
        Assert.Empty(Closing());
        Assert.Single(_bench.Alerts, alert => alert.Contains("not synchronised", StringComparison.Ordinal));
        _bench.Account(AccountEventKind.Synced);
        Wait(0.25);
        Assert.Equal(3m, Closing().Single().Quantity);
    }

    [Fact]
    public void APositionThatIsBeingClosedIsClosedByTheNextSessionToo()
    {
        Enter(3);
        _bench.Reject(Stop());
        _bench.Reject(Closing().Single());
        Bench next = Sessions.GoOn(_bench);
        next.Account(AccountEventKind.Synced);
        next.Give(new Input(0, new Trade(next.Engine.Now, 5000, 1)));
        next.Wait(TimeSpan.FromMinutes(10));
        Order close = next.Submitted.Single();
        Assert.Equal((OrderPurpose.Flatten, Side.Sell, 3m), (close.Purpose, close.Side, close.Quantity));
    }

    [Fact]
    public void WhatMeetsInsideIsProtectedOnOneSideAndUnprotectedOnTheOther()
    {
        var bench = new Bench(
            new Scripted((strategy, _) =>
            {
                if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "a") { Quantity = 2, StopLoss = 4990 });
                if (strategy.Asked == 2) strategy.Flat();
            }),
            new Scripted((strategy, _) => { if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "b") { Quantity = 2, StopLoss = 4980 }); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order first = bench.Submitted.Last();
        bench.Accept(first);
        bench.Bar(5002);
        Assert.Equal((0m, 2m), (bench.Engine.Strategy(0).Position.Quantity, bench.Engine.Strategy(1).Position.Quantity));
        Assert.Same(first, bench.Canceled.Single());
        Order second = bench.Submitted.Last();
        Assert.Equal((OrderPurpose.StopLoss, 1, 2m, 4980m), (second.Purpose, second.Share(0).Strategy, second.Quantity, second.StopPrice));
    }

    [Fact]
    public void ATargetThatTheVenueKeepsEndingIsGivenUpAndTheStopStays()
    {
        Enter(3);
        _bench.Accept(Stop());
        for (int i = 0; i < 5; i++) if (!Target().Status.IsFinal()) _bench.Reject(Target());
        Assert.Equal(2, _bench.Submitted.Count(order => order.Purpose == OrderPurpose.TakeProfit));
        Assert.Equal(OrderStatus.Working, Stop().Status);
        Assert.Empty(Closing());
    }

    private Order Enter(decimal filled)
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Accept(entry);
        _bench.Fill(entry, filled, 5000m);
        return entry;
    }

    private void Wait(double seconds) => _bench.Wait(TimeSpan.FromSeconds(seconds));

    private Order Stop() => _bench.Submitted.Last(order => order.Purpose == OrderPurpose.StopLoss);
    private Order Target() => _bench.Submitted.Last(order => order.Purpose == OrderPurpose.TakeProfit);

    private IEnumerable<Order> Closing() => _bench.Submitted.Where(order => order.Purpose == OrderPurpose.Flatten);

    private IEnumerable<(ProtectionOutcome Outcome, decimal Position, TimeSpan Unprotected)> Told() =>
        _bench.Of(OutputKind.ProtectionChanged).Select(output => (output.ProtectionChanged.Outcome, output.ProtectionChanged.Position, output.ProtectionChanged.Unprotected));
}
