using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A working order changes by modification: until the venue has confirmed it, it works under its old terms.</summary>
public sealed class ModificationTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990 });
        if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4995 });
        if (strategy.Asked == 3) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4998 });
    }));

    [Fact]
    public void WhatMovesWhileAModificationIsOpenFollowsItsAnswer()
    {
        Order stop = Moved();
        _bench.Bar(5010);
        Assert.Single(_bench.Modifications);
        _bench.Modified(stop);
        Assert.Equal([4995m, 4998m], _bench.Modifications.Select(asked => asked.Terms.StopPrice));
        _bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4998m), (stop.Status, stop.StopPrice));
    }

    [Fact]
    public void AModificationThatIsRefusedTwiceLeavesTheOldStopAndItIsReplacedOnce()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "no");
        Assert.Contains(_bench.Alerts, alert => alert.Contains("refused: no", StringComparison.Ordinal));
        Assert.Equal((OrderStatus.Working, 4990m), (stop.Status, stop.StopPrice));
        _bench.Wait(TimeSpan.FromSeconds(0.5));
        Assert.Equal([4995m, 4995m], _bench.Modifications.Select(asked => asked.Terms.StopPrice));
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "still no");
        Assert.Equal((OrderStatus.CancelPending, 4990m), (stop.Status, stop.StopPrice));
        Assert.Same(stop, _bench.Canceled.Single());
        _bench.Cancel(stop);
        Assert.Equal(4995m, Stops().Last().StopPrice);
        Assert.Equal(2, Stops().Count());
        Assert.Equal(2, _bench.Modifications.Count());
    }

    [Fact]
    public void AStopThatIsStillBeingActivatedIsChangedAtTheSecondTry()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "pending");
        _bench.Wait(TimeSpan.FromSeconds(0.49));
        Assert.Single(_bench.Modifications);
        _bench.Wait(TimeSpan.FromSeconds(0.01));
        _bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4995m), (stop.Status, stop.StopPrice));
        // Another one has its own second try.
        _bench.Bar(5010);
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "pending");
        _bench.Wait(TimeSpan.FromSeconds(0.5));
        _bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4998m), (stop.Status, stop.StopPrice));
        Assert.Empty(_bench.Canceled);
        Assert.Single(Stops());
    }

    [Fact]
    public void WhatTheSessionBeforeWasRefusedOnceIsAskedOnceMoreByTheNextOnceTheAccountIsKnown()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "pending");
        Bench next = Sessions.GoOn(_bench);
        next.Account(AccountEventKind.Unsynced);
        next.Price(5000);
        Assert.Empty(next.Modifications);
        next.Account(AccountEventKind.Synced);
        next.Price(5000);
        Assert.Equal(4995m, next.Modifications.Single().Terms.StopPrice);
        Assert.Empty(next.Canceled);
    }

    [Fact]
    public void AStopThatIsTooLargeIsNotLeftToWaitForASecondTry()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990, TakeProfit = 5020 })));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        foreach (Order order in bench.Submitted.Where(order => order.Purpose != OrderPurpose.Target).ToArray()) bench.Accept(order);
        bench.Fill(bench.Submitted.Single(order => order.Purpose == OrderPurpose.TakeProfit), 1m, 5020m);
        (Order stop, OrderTerms asked) = bench.Modifications.Single();
        Assert.Equal((OrderPurpose.StopLoss, 2m), (stop.Purpose, asked.Quantity));
        bench.Tell(stop, BrokerEventKind.ModifyRejected, "pending");
        Assert.Same(stop, bench.Canceled.Single());
    }

    [Fact]
    public void AModificationInDoubtIsNotAModification()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyInDoubt, "no answer");
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Modify, 4990m), (stop.Status, stop.Doubt, stop.StopPrice));
        _bench.Bar(5010);
        Assert.Single(_bench.Modifications);
        Assert.Empty(_bench.Canceled);
        Assert.Single(Stops());
    }

    [Fact]
    public void AModificationInDoubtThatTookEffectIsTakenOver()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyInDoubt, "no answer");
        _bench.Modified(stop);
        Assert.Equal((OrderStatus.Working, 4995m), (stop.Status, stop.StopPrice));
    }

    [Fact]
    public void AModificationInDoubtThatDidNotTakeEffectIsAskedForAgain()
    {
        Order stop = Moved();
        _bench.Tell(stop, BrokerEventKind.ModifyInDoubt, "no answer");
        _bench.Accept(stop);
        Assert.Equal([4995m, 4995m], _bench.Modifications.Select(asked => asked.Terms.StopPrice));
        Assert.Equal(OrderStatus.ModifyPending, stop.Status);
    }

    [Fact]
    public void AFillWhileAModificationIsOpenIsBookedAndTheOrderStaysPending()
    {
        Order stop = Moved();
        _bench.Fill(stop, 1m, 4990m);
        Assert.Equal((OrderStatus.ModifyPending, 2m), (stop.Status, _bench.Net));
        _bench.Modified(stop);
        // What is left of the position is what is left of the stop.
        Assert.Equal((2m, 4995m), (stop.RemainingQuantity, stop.StopPrice));
        _bench.Fill(stop, 2m, 4995m);
        Assert.Equal((OrderStatus.Filled, 0m), (stop.Status, _bench.Net));
    }

    [Fact]
    public void AnOrderThatIsFilledUnderItsNewQuantityIsComplete()
    {
        Order entry = Enter(2m);
        Order stop = Stops().Single();
        _bench.Accept(stop);
        _bench.Fill(entry, 1m, 5000m);
        Assert.Equal(3m, _bench.Modifications.Single().Terms.Quantity);
        // The venue fills all three before it says that it modified: no overfill, but the proof that the modification took effect.
        _bench.Fill(stop, 3m, 4990m);
        Assert.Equal((OrderStatus.Filled, 3m, 0m), (stop.Status, stop.Quantity, _bench.Net));
        Assert.DoesNotContain(_bench.Alerts, alert => alert.Contains("remained", StringComparison.Ordinal));
        _bench.Modified(stop);
        Assert.Equal(OrderStatus.Filled, stop.Status);
    }

    [Fact]
    public void FilledUnderTheOldQuantityItWaitsForTheAnswerBecauseMoreMayWork()
    {
        Order entry = Enter(2m);
        Order stop = Stops().Single();
        _bench.Accept(stop);
        _bench.Fill(entry, 1m, 5000m);
        _bench.Fill(stop, 2m, 4990m);
        Assert.Equal((OrderStatus.ModifyPending, 1m), (stop.Status, stop.WorstRemaining));
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "it is filled");
        Assert.Equal(OrderStatus.Filled, stop.Status);
        // The market is at the stop's price: what is left is closed, not given another stop there.
        Assert.Equal((1m, OrderPurpose.Flatten, 1m), (_bench.Net, _bench.Submitted.Last().Purpose, _bench.Submitted.Last().Quantity));
    }

    [Fact]
    public void FilledUnderTheOldQuantityAndCanceledMeanwhileItIsCompleteAtTheRefusal()
    {
        Order entry = Enter(2m);
        Order stop = Stops().Single();
        _bench.Accept(stop);
        _bench.Fill(entry, 1m, 5000m);
        _bench.Fill(stop, 2m, 4990m);
        _bench.Command(CommandKind.Flatten);
        Assert.Equal(OrderStatus.CancelPending, stop.Status);
        _bench.Tell(stop, BrokerEventKind.ModifyRejected, "it is filled");
        Assert.Equal(OrderStatus.Filled, stop.Status);
    }

    [Fact]
    public void AReaderSeesTheTermsWhole()
    {
        Order stop = Moved();
        OrderTerms before = stop.Terms;
        _bench.Modified(stop);
        Assert.Equal((4990m, 4995m), (before.StopPrice, stop.Terms.StopPrice));
        Assert.Equal(before with { StopPrice = 4995m }, stop.Terms);
    }

    private Order Moved()
    {
        Enter(3m);
        Order stop = Stops().Single();
        _bench.Accept(stop);
        _bench.Bar(5005);
        return stop;
    }

    private Order Enter(decimal filled)
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Accept(entry);
        _bench.Fill(entry, filled, 5000m);
        return entry;
    }

    private IEnumerable<Order> Stops() => _bench.Submitted.Where(order => order.Purpose == OrderPurpose.StopLoss);
}
