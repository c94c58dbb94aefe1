using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>The rule of an ambiguous outcome: an order of which nobody knows whether it arrived is looked up and never sent again, until the venue's words or a proof of absence decide.</summary>
public sealed class InDoubtTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 });
        if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "more") { Quantity = 5, StopLoss = 4990 });
        if (strategy.Asked == 3) strategy.Flat();
    }));

    [Fact]
    public void FromInDoubtNothingIsSentAgain()
    {
        Order order = Doubtful();
        _bench.Forget();
        for (int i = 0; i < 20; i++) _bench.Wait(TimeSpan.FromSeconds(1));
        Assert.Empty(_bench.Submitted);
        Assert.Empty(_bench.Canceled);
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (order.Status, order.Doubt));
    }

    [Theory]
    [InlineData(BrokerEventKind.Accepted, OrderStatus.Working)]
    [InlineData(BrokerEventKind.Found, OrderStatus.Working)]
    [InlineData(BrokerEventKind.Rejected, OrderStatus.Rejected)]
    [InlineData(BrokerEventKind.Canceled, OrderStatus.Canceled)]
    [InlineData(BrokerEventKind.Expired, OrderStatus.Expired)]
    public void AnyWordOfTheVenueEndsTheDoubt(BrokerEventKind word, OrderStatus then)
    {
        Order order = Doubtful();
        _bench.Tell(order, word);
        Assert.Equal((then, OrderDoubt.None), (order.Status, order.Doubt));
    }

    [Theory]
    [InlineData(1, OrderStatus.PartiallyFilled)]
    [InlineData(2, OrderStatus.Filled)]
    public void AFillInDoubtIsBookedAndEndsTheDoubt(int quantity, OrderStatus then)
    {
        Order order = Doubtful();
        _bench.Fill(order, quantity, 5000m);
        Assert.Equal((then, (decimal)quantity), (order.Status, _bench.Net));
        Assert.Equal(quantity, _bench.Submitted.Single(each => each.Purpose == OrderPurpose.StopLoss).Quantity);
    }

    [Fact]
    public void WhatTheVenueHasShownIsNotPutInDoubtByALateTimeout()
    {
        Order order = Submit();
        _bench.Accept(order);
        _bench.Tell(order, BrokerEventKind.SubmitInDoubt, "no answer in 5 s");
        Assert.Equal(OrderStatus.Working, order.Status);
    }

    [Fact]
    public void NewRiskWaitsWhileAnEntryIsInDoubt()
    {
        var bench = new Bench(
            new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "a") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 4900 }); }),
            new Scripted((strategy, _) => { if (strategy.Asked == 2) strategy.Long(); }));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Tell(first, BrokerEventKind.SubmitInDoubt, "no answer");
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Tell(first, BrokerEventKind.Rejected, "no");
        Assert.Equal((Side.Buy, 1m), bench.Submitted.Where(order => order.Type == OrderType.Market).Select(order => (order.Side, order.Quantity)).Single());
    }

    [Fact]
    public void WhatIsHeldCanBeReducedWhileAnEntryIsInDoubt()
    {
        Order entry = Submit();
        _bench.Complete(entry, 5000m);
        _bench.Bar(5001);
        Order more = _bench.Submitted.Last(order => order.Purpose == OrderPurpose.Target);
        Assert.Equal(3m, more.Quantity);
        _bench.Tell(more, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Forget();
        _bench.Bar(5002);
        Assert.Equal((Side.Sell, 2m), (_bench.Submitted.Single().Side, _bench.Submitted.Single().Quantity));
        _bench.Complete(_bench.Submitted.Single(), 5002m);
        // The doubtful entry was filled after all: what it bought is sold, because the strategy wants to be flat.
        _bench.Forget();
        _bench.Fill(more, 3m, 5002m);
        Assert.Equal((Side.Sell, 3m), (_bench.Submitted.Last(order => order.Purpose == OrderPurpose.Target).Side, _bench.Submitted.Last(order => order.Purpose == OrderPurpose.Target).Quantity));
    }

    [Fact]
    public void ARiskIncreasingOrderBesideOneInDoubtIsDeniedWithItsCode()
    {
        Order entry = Submit();
        _bench.Complete(entry, 5000m);
        Order stop = _bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        _bench.Tell(stop, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Forget();
        _bench.Bar(5001);
        Assert.Equal(RiskCode.OrderInDoubt, _bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        _bench.Accept(stop);
        Assert.Equal(3m, _bench.Submitted.Single(order => order.Purpose == OrderPurpose.Target).Quantity);
    }

    [Fact]
    public void AnOrderInDoubtCountsInEveryLimitAsIfItWereFilled()
    {
        var bench = new Bench(Bench.Options(new MaxPosition(3)), new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3 });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "more") { Quantity = 4 });
        }));
        bench.Bar(5000);
        bench.Tell(bench.Submitted.Single(), BrokerEventKind.SubmitInDoubt, "no answer");
        var view = (MarketView)bench.Engine.Market(0);
        Assert.Equal(3m, view.Working.Single().WorstRemaining);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void ACancelWantedInDoubtHappensAsSoonAsTheOrderIsFound()
    {
        Order order = Doubtful();
        _bench.Command(CommandKind.Stop);
        Assert.Empty(_bench.Canceled);
        Assert.Equal(OrderStatus.InDoubt, order.Status);
        _bench.Accept(order);
        Assert.Same(order, _bench.Canceled.Single());
        Assert.Equal(OrderStatus.CancelPending, order.Status);
    }

    [Fact]
    public void AnOrderThatWasBeingCanceledWhenItsSendingFellIntoDoubtIsCanceledWhenFound()
    {
        Order order = Submit();
        _bench.Command(CommandKind.Stop);
        _bench.Tell(order, BrokerEventKind.SubmitInDoubt, "no answer");
        _bench.Tell(order, BrokerEventKind.CancelRejected, "not sent: its number is not known");
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (order.Status, order.Doubt));
        _bench.Forget();
        _bench.Accept(order);
        Assert.Same(order, _bench.Canceled.Single());
    }

    [Fact]
    public void ACancelInDoubtIsNotACancel()
    {
        Order order = Submit();
        _bench.Accept(order);
        _bench.Command(CommandKind.Stop);
        _bench.Tell(order, BrokerEventKind.CancelInDoubt, "no answer");
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Cancel), (order.Status, order.Doubt));
        _bench.Fill(order, 1m, 5000m);
        Assert.Equal((OrderStatus.InDoubt, 1m), (order.Status, _bench.Net));
        _bench.Cancel(order);
        Assert.Equal((OrderStatus.Canceled, 1m), (order.Status, order.FilledQuantity));
    }

    [Fact]
    public void ACancelInDoubtOfWhichTheVenueSaysThatTheOrderWorksIsAskedForAgain()
    {
        Order order = Submit();
        _bench.Accept(order);
        _bench.Bar(5000);
        _bench.Tell(order, BrokerEventKind.CancelInDoubt, "no answer");
        _bench.Forget();
        _bench.Tell(order, BrokerEventKind.CancelRejected, "it works");
        Assert.Same(order, _bench.Canceled.Single());
    }

    [Fact]
    public void ACancelAtTheEndOfASessionThatTheVenueRefusesIsAskedAgain()
    {
        Order order = Submit();
        _bench.Command(CommandKind.Stop);
        _bench.Accept(order);
        _bench.Tell(order, BrokerEventKind.CancelRejected, "not found");
        Assert.Single(_bench.Canceled);
        _bench.Wait(_bench.Engine.Options.ProtectionLimit / 2);
        Assert.Equal([order, order], _bench.Canceled);
    }

    [Fact]
    public void AWishThatWasDeniedForWantOfSynchronisationIsOrderedOnceTheAccountIsKnown()
    {
        var bench = new Bench(Bench.Options() with { StartsSynced = false }, new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
        bench.Bar(5000);
        Assert.Equal(RiskCode.NotSynced, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        bench.Bar(5001);
        Assert.Empty(bench.Submitted);
        bench.Account(AccountEventKind.Synced);
        Assert.Equal((Side.Buy, 1m), (bench.Submitted.Single().Side, bench.Submitted.Single().Quantity));
    }

    private Order Submit()
    {
        _bench.Bar(5000);
        return _bench.Submitted.Single();
    }

    private Order Doubtful()
    {
        Order order = Submit();
        _bench.Tell(order, BrokerEventKind.SubmitInDoubt, "no answer in 5 s");
        return order;
    }
}
