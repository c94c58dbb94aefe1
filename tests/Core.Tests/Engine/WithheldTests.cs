using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An order that waited to be sent until nothing was to add risk any more ends as never sent.</summary>
public sealed class WithheldTests
{
    private readonly Bench _bench = new(new Scripted((strategy, _) =>
    {
        if (strategy.Asked is 1 or 3) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2 });
        if (strategy.Asked is 2) strategy.Flat();
    }));

    [Fact]
    public void ItEndsAsCanceledByThatWordAndCountsForNoRefusalOfTheBroker()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 1 + strategy.Asked })));
        for (int bar = 0; bar < 5; bar++)
        {
            bench.Forget();
            bench.Bar(5000);
            Order order = bench.Submitted.Single();
            bench.Command(CommandKind.Pause);
            bench.Tell(order, BrokerEventKind.Withheld, "paused");
            Assert.Equal(OrderStatus.Canceled, order.Status);
            OrderChanged end = bench.Of(OutputKind.OrderChanged).Last(output => output.OrderChanged.Order == order.Id).OrderChanged;
            Assert.Equal((OrderEvent.Withheld, 0m), (end.Event, end.FilledQuantity));
            Assert.DoesNotContain(bench.Alerts, alert => alert.Contains("refused", StringComparison.Ordinal));
            bench.Command(CommandKind.Resume);
        }
    }

    [Fact]
    public void OfAnOrderThatTheVenueHasShownItChangesNothing()
    {
        _bench.Bar(5000);
        Order order = _bench.Submitted.Single();
        _bench.Accept(order);
        _bench.Tell(order, BrokerEventKind.Withheld, "paused");
        Assert.Equal(OrderStatus.Working, order.Status);
        _bench.Fill(order, 2m, 5000m);
        Assert.Equal(2m, _bench.Net);
    }

    [Fact]
    public void WhatOpensAddsRiskAndWhatClosesOrProtectsReduces()
    {
        _bench.Bar(5000);
        Order entry = _bench.Submitted.Single();
        Assert.False(entry.Reduces);
        _bench.Complete(entry, 5000m);
        _bench.Bar(5000);
        Order exit = _bench.Submitted.Last();
        Assert.Equal((OrderPurpose.Target, true), (exit.Purpose, exit.Reduces));
    }

    [Fact]
    public void OfAReversalThePartThatClosesLeaves()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(strategy.Asked == 1 ? SignalAction.Buy : SignalAction.Sell, "test") { Quantity = 2 })));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        Order reversal = bench.Submitted.Last();
        Assert.Equal((4m, false), (reversal.Quantity, reversal.Reduces));
        bench.Command(CommandKind.Pause);
        bench.Forget();
        bench.Tell(reversal, BrokerEventKind.Withheld, "paused");
        Order close = bench.Submitted.Single();
        Assert.Equal((2m, true), (close.Quantity, close.Reduces));
    }

    [Fact]
    public void AWishThatWasWithheldForAnAccountOutOfStepIsSentAnewOnceItIsKnown()
    {
        _bench.Bar(5000);
        Order order = _bench.Submitted.Single();
        _bench.Account(AccountEventKind.Syncing);
        _bench.Tell(order, BrokerEventKind.Withheld, "not synchronised");
        _bench.Forget();
        _bench.Account(AccountEventKind.Synced);
        Assert.Equal(2m, _bench.Submitted.Single().Quantity);
        Assert.Equal(AccountState.Synced, _bench.Engine.AccountState);
    }
}
