using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What is due at the limit of a position without a stop is neither put off by what happens at that instant nor brought forward by what else is due.</summary>
public sealed class ProtectionDeadlineTests
{
    private readonly Bench _bench = new(Bench.Options() with { ProtectionLimit = TimeSpan.FromSeconds(2), CanModifyOrders = false }, new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4990, TakeProfit = 5020 });
        if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4995, TakeProfit = 5025 });
    }));

    [Theory]
    [InlineData(AccountEventKind.Synced)]
    [InlineData(AccountEventKind.Restricted)]
    public void ALossOfSynchronisationOfAnInstantAtTheLimitPutsTheClosingOffForNoLonger(AccountEventKind known)
    {
        Enter();
        Wait(1.99);
        _bench.Account(AccountEventKind.Syncing);
        Wait(0.02);
        _bench.Account(known);
        Wait(0.25);
        Assert.Equal(3m, Closing().Single().Quantity);
        ProtectionChanged told = _bench.Of(OutputKind.ProtectionChanged).First().ProtectionChanged;
        Assert.Equal((ProtectionOutcome.Overdue, TimeSpan.FromMilliseconds(2260)), (told.Outcome, told.Unprotected));
    }

    [Fact]
    public void AStopThatIsConfirmedAtTheEndOfALossOfSynchronisationLeavesThePosition()
    {
        Enter();
        _bench.Account(AccountEventKind.Unsynced);
        Wait(30);
        _bench.Account(AccountEventKind.Synced);
        Wait(0.2);
        _bench.Accept(Last(OrderPurpose.StopLoss));
        Wait(30);
        Assert.Empty(Closing());
        Assert.Equal(3m, _bench.Net);
    }

    [Fact]
    public void ACancelThatTheVenueRefusesIsAskedAgainAfterHalfTheLimitWhateverElseIsDueBefore()
    {
        Enter();
        Order stop = Last(OrderPurpose.StopLoss), target = Last(OrderPurpose.TakeProfit);
        _bench.Accept(stop);
        _bench.Accept(target);
        _bench.Bar(5005);
        Assert.Equal([stop, target], _bench.Canceled);
        _bench.RefuseCancel(target);
        Wait(0.5);
        _bench.RefuseCancel(stop);
        _bench.Forget();
        Wait(0.5);
        Assert.Same(target, _bench.Canceled.Single());
        Wait(0.4);
        Assert.Equal(OrderStatus.Working, stop.Status);
        Wait(0.1);
        Assert.Equal([target, stop], _bench.Canceled);
    }

    [Fact]
    public void AStopInDoubtThatWasToGoAndIsNeededAgainStays()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 2) strategy.Flat();
            else strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4980 + 5 * strategy.Asked });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order stop = bench.Submitted.Last();
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Last(), 5000m);
        Assert.Equal(OrderStatus.CancelPending, stop.Status);
        bench.Bar(5000);
        Order entry = bench.Submitted.Last();
        bench.Tell(stop, BrokerEventKind.SubmitInDoubt, "no answer");
        bench.Complete(entry, 5000m);
        bench.Forget();
        bench.Accept(stop);
        Assert.Equal((stop, 4995m), (bench.Modifications.Single().Order, bench.Modifications.Single().Terms.StopPrice));
        bench.Modified(stop);
        bench.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal((OrderStatus.Working, 3m, 4995m), (stop.Status, stop.RemainingQuantity, stop.StopPrice));
        Assert.Empty(bench.Canceled);
    }

    private void Enter()
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        _bench.Accept(entry);
        _bench.Fill(entry, 3m, 5000m);
    }

    private void Wait(double seconds) => _bench.Wait(TimeSpan.FromSeconds(seconds));

    private Order Last(OrderPurpose purpose) => _bench.Submitted.Last(order => order.Purpose == purpose);

    private IEnumerable<Order> Closing() => _bench.Submitted.Where(order => order.Purpose == OrderPurpose.Flatten);
}
