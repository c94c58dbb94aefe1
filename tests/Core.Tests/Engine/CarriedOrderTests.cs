using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Orders of an earlier session: what was not answered is in doubt, what filled meanwhile is protected, and nothing is sent because of a start.</summary>
public sealed class CarriedOrderTests
{
    [Fact]
    public void NumbersOfOrdersGoOnAboveThoseOfTheSessionBefore()
    {
        Bench before = Sessions.Protected();
        Bench after = Sessions.GoOn(before, new Scripted((strategy, _) => strategy.Flat()));
        after.Bar(5000);

        long highest = before.Submitted.Max(order => order.Id.Value);
        Assert.Equal(highest + 1, after.Submitted.Single().Id.Value);
        Assert.Null(after.Submitted.Single().ClientId);
    }

    [Fact]
    public void WhatWasNotAnsweredIsInDoubt()
    {
        var before = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, TakeProfit = 5020 }); }));
        before.Bar(5000);
        Order entry = before.Submitted.Single();
        Order sent = Sessions.GoOn(before).Engine.Market(0).Working.Single();
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (sent.Status, sent.Doubt));

        before.Complete(entry, 5000m);
        Order stop = before.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss), target = before.Submitted.Single(order => order.Purpose == OrderPurpose.TakeProfit);
        before.Accept(stop);
        before.Accept(target);
        before.Fill(stop, 1, 4990m);
        Assert.Equal(OrderStatus.ModifyPending, target.Status);
        Order changing = Sessions.GoOn(before).Engine.Market(0).Working.Single(order => order.Id == target.Id);
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Modify, 1m), (changing.Status, changing.Doubt, changing.AskedTerms!.Value.Quantity));

        before.Modified(target);
        before.Fill(stop, 1, 4990m);
        Assert.Equal(OrderStatus.CancelPending, target.Status);
        Order ending = Sessions.GoOn(before).Engine.Market(0).Working.Single();
        Assert.Equal((target.Id, OrderStatus.InDoubt, OrderDoubt.Cancel), (ending.Id, ending.Status, ending.Doubt));
    }

    [Fact]
    public void ACancelOfAnOrderThatNeverWasAnsweredIsADoubtOfTheOrder()
    {
        Bench before = Sessions.WithEntry();
        Order entry = before.Submitted.Single();
        before.Bar(5001);
        Assert.Equal(OrderStatus.CancelPending, entry.Status);

        Bench after = Sessions.GoOn(before);
        Order same = after.Engine.Market(0).Working.Single();
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (same.Status, same.Doubt));
        after.Tell(same, BrokerEventKind.Found);
        Assert.Equal(OrderStatus.CancelPending, same.Status);
    }

    [Fact]
    public void AnEntryOfTheSessionBeforeIsCanceledBecauseItsWishIsGone()
    {
        Bench before = Sessions.WithEntry();
        before.Accept(before.Submitted.Single());

        Bench after = Sessions.GoOn(before);

        Assert.Equal(before.Submitted.Single().Id, after.Canceled.Single().Id);
        Assert.Empty(after.Submitted);
    }

    [Fact]
    public void AnEntryThatFilledBetweenTheSessionsIsProtectedAsItsWishSaid()
    {
        Bench before = Sessions.WithEntry();
        before.Accept(before.Submitted.Single());
        Bench after = Sessions.GoOn(before);
        Order entry = after.Canceled.Single();

        after.Fill(entry, 2, 4980m, execution: 7);

        Assert.Equal(2m, after.Net);
        Assert.Equal((OrderPurpose.StopLoss, 4970m, 2m), after.Submitted.Select(order => (order.Purpose, order.StopPrice, order.Quantity)).Single());
    }

    [Fact]
    public void AnEntryThatTheVenueNeverHadIsNotSentByTheNextSession()
    {
        Bench after = Sessions.GoOn(Sessions.WithEntry());
        Order entry = after.Engine.Market(0).Working.Single();

        after.Tell(entry, BrokerEventKind.Absent);

        Assert.Equal(OrderStatus.Expired, entry.Status);
        Assert.Empty(after.Submitted);
    }

    [Fact]
    public void AStopThatTheVenueNeverHadIsSentAgainUnderItsOwnIds()
    {
        var before = new Bench(Sessions.Buyer());
        before.Bar(5000);
        before.Complete(before.Submitted.Single(), 5000m);
        Order lost = before.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);

        Bench after = Sessions.GoOn(before);
        Order same = after.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.StopLoss);
        after.Tell(same, BrokerEventKind.Absent);

        Order sent = after.Submitted.Single();
        Assert.Equal((lost.Id, $"tw-before-{lost.Id}", 4990m), (sent.Id, sent.ClientId, sent.StopPrice));
    }

    [Fact]
    public void AnExecutionThatTheSessionBeforeBookedIsNotBookedAgain()
    {
        var before = new Bench(Sessions.Buyer());
        before.Bar(5000);
        Order entry = before.Submitted.Single();
        before.Accept(entry);
        before.Fill(entry, 1, 5000m, execution: 41);

        Bench after = Sessions.GoOn(before);
        Order same = after.Engine.Market(0).Working.Single(order => order.Id == entry.Id);
        after.Fill(same, 1, 5000m, execution: 41);
        Assert.Equal(1m, after.Net);
        after.Fill(same, 1, 5000m, execution: 42);
        Assert.Equal(2m, after.Net);
    }

    [Fact]
    public void ALateFillOfAnOrderThatEndedInTheSessionBeforeIsBookedToItsStrategy()
    {
        Bench before = Sessions.WithEntry();
        Order entry = before.Submitted.Single();
        before.Accept(entry);
        before.Cancel(entry);

        Bench after = Sessions.GoOn(before);
        after.Fill(entry, 2, 4980m, execution: 7);

        Assert.Equal(2m, after.Engine.Strategy(0).Position.Quantity);
        Assert.Contains(after.Submitted, order => order.Purpose == OrderPurpose.StopLoss && order.Quantity == 2m);
    }
}
