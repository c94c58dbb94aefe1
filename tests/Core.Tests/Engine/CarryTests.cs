using System.Reflection;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What a session leaves, the next one has: money, positions, protection and orders; and it sends nothing because of its start.</summary>
public sealed class CarryTests
{
    [Fact]
    public void APositionComesOverWithItsMoneyAndItsProtectiveOrders()
    {
        Bench before = Protected(), after = GoOn(before);

        Assert.Equal((2m, 5000m), (after.Net, after.Engine.Account.PositionOf(0).AveragePrice));
        Assert.Equal(2m, after.Engine.Strategy(0).Position.Quantity);
        Assert.Equal(before.Engine.Account.Cash, after.Engine.Account.Cash);
        Assert.Equal(before.Engine.Account.ExactEquity(), after.Engine.Account.ExactEquity());
        Order[] working = [.. after.Engine.Market(0).Working];
        Assert.Equal([(OrderPurpose.StopLoss, 4990m, 0m), (OrderPurpose.TakeProfit, 0m, 5020m)], working.Select(order => (order.Purpose, order.StopPrice, order.LimitPrice)));
        Assert.All(working, order => Assert.Equal($"tw-before-{order.Id}", order.ClientId));
        Assert.Equal(working, after.Of(OutputKind.OrderCarried).Select(output => output.Order));
        Assert.Empty(after.Submitted);
        Assert.Empty(after.Canceled);
    }

    [Fact]
    public void AStopThatFillsInTheNextSessionCancelsTheTargetAndClosesTheRoundTrip()
    {
        Bench after = GoOn(Protected());
        Order stop = after.Engine.Market(0).Working[0];
        after.Forget();

        after.Fill(stop, 2, 4990m, fee: 4m, execution: 99);

        Assert.Equal(0m, after.Net);
        Assert.Equal(OrderPurpose.TakeProfit, after.Canceled.Single().Purpose);
        RoundTrip trip = after.Of(OutputKind.RoundTripClosed).Single().RoundTrip;
        Assert.Equal((5000m, 4990m, -1000m, 9m), (trip.EntryPrice, trip.ExitPrice, trip.GrossPnl, trip.Fees));
    }

    [Fact]
    public void NumbersOfOrdersGoOnAboveThoseOfTheSessionBefore()
    {
        Bench before = Protected();
        Bench after = GoOn(before, new Scripted((strategy, _) => strategy.Flat()));
        after.Bar(5000);

        long highest = before.Submitted.Max(order => order.Id.Value);
        Assert.Equal(highest + 1, after.Submitted.Single().Id.Value);
        Assert.Null(after.Submitted.Single().ClientId);
    }

    [Fact]
    public void AStrategyStartsFromWhatItHoldsAndIsNotResizedUntilItSpeaks()
    {
        Bench after = GoOn(Protected(), new Scripted((strategy, _) => { if (strategy.Asked == 3) strategy.Short(); }));
        after.Bar(5000);
        after.Bar(5001);
        Assert.Empty(after.Submitted);
        after.Bar(5002);
        Assert.Equal((Side.Sell, 3m), after.Submitted.Where(order => order.Purpose == OrderPurpose.Target).Select(order => (order.Side, order.Quantity)).Single());
    }

    [Fact]
    public void WhatWasNotAnsweredIsInDoubt()
    {
        var before = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, TakeProfit = 5020 }); }));
        before.Bar(5000);
        Order entry = before.Submitted.Single();
        Order sent = GoOn(before).Engine.Market(0).Working.Single();
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (sent.Status, sent.Doubt));

        before.Complete(entry, 5000m);
        Order stop = before.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss), target = before.Submitted.Single(order => order.Purpose == OrderPurpose.TakeProfit);
        before.Accept(stop);
        before.Accept(target);
        before.Fill(stop, 1, 4990m);
        Assert.Equal(OrderStatus.ModifyPending, target.Status);
        Order changing = GoOn(before).Engine.Market(0).Working.Single(order => order.Id == target.Id);
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Modify, 1m), (changing.Status, changing.Doubt, changing.AskedTerms!.Value.Quantity));

        before.Modified(target);
        before.Fill(stop, 1, 4990m);
        Assert.Equal(OrderStatus.CancelPending, target.Status);
        Order ending = GoOn(before).Engine.Market(0).Working.Single();
        Assert.Equal((target.Id, OrderStatus.InDoubt, OrderDoubt.Cancel), (ending.Id, ending.Status, ending.Doubt));
    }

    [Fact]
    public void ACancelOfAnOrderThatNeverWasAnsweredIsADoubtOfTheOrder()
    {
        Bench before = WithEntry();
        Order entry = before.Submitted.Single();
        before.Bar(5001);
        Assert.Equal(OrderStatus.CancelPending, entry.Status);

        Bench after = GoOn(before);
        Order same = after.Engine.Market(0).Working.Single();
        Assert.Equal((OrderStatus.InDoubt, OrderDoubt.Submit), (same.Status, same.Doubt));
        after.Tell(same, BrokerEventKind.Found);
        Assert.Equal(OrderStatus.CancelPending, same.Status);
    }

    [Fact]
    public void AnEntryOfTheSessionBeforeIsCanceledBecauseItsWishIsGone()
    {
        Bench before = WithEntry();
        before.Accept(before.Submitted.Single());

        Bench after = GoOn(before);

        Assert.Equal(before.Submitted.Single().Id, after.Canceled.Single().Id);
        Assert.Empty(after.Submitted);
    }

    [Fact]
    public void AnEntryThatFilledBetweenTheSessionsIsProtectedAsItsWishSaid()
    {
        Bench before = WithEntry();
        before.Accept(before.Submitted.Single());
        Bench after = GoOn(before);
        Order entry = after.Canceled.Single();

        after.Fill(entry, 2, 4980m, execution: 7);

        Assert.Equal(2m, after.Net);
        Assert.Equal((OrderPurpose.StopLoss, 4970m, 2m), after.Submitted.Select(order => (order.Purpose, order.StopPrice, order.Quantity)).Single());
    }

    [Fact]
    public void AnEntryThatTheVenueNeverHadIsNotSentByTheNextSession()
    {
        Bench after = GoOn(WithEntry());
        Order entry = after.Engine.Market(0).Working.Single();

        after.Tell(entry, BrokerEventKind.Absent);

        Assert.Equal(OrderStatus.Expired, entry.Status);
        Assert.Empty(after.Submitted);
    }

    [Fact]
    public void AStopThatTheVenueNeverHadIsSentAgainUnderItsOwnIds()
    {
        var before = new Bench(Buyer());
        before.Bar(5000);
        before.Complete(before.Submitted.Single(), 5000m);
        Order lost = before.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);

        Bench after = GoOn(before);
        Order same = after.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.StopLoss);
        after.Tell(same, BrokerEventKind.Absent);

        Order sent = after.Submitted.Single();
        Assert.Equal((lost.Id, $"tw-before-{lost.Id}", 4990m), (sent.Id, sent.ClientId, sent.StopPrice));
    }

    [Fact]
    public void AnExecutionThatTheSessionBeforeBookedIsNotBookedAgain()
    {
        var before = new Bench(Buyer());
        before.Bar(5000);
        Order entry = before.Submitted.Single();
        before.Accept(entry);
        before.Fill(entry, 1, 5000m, execution: 41);

        Bench after = GoOn(before);
        Order same = after.Engine.Market(0).Working.Single(order => order.Id == entry.Id);
        after.Fill(same, 1, 5000m, execution: 41);
        Assert.Equal(1m, after.Net);
        after.Fill(same, 1, 5000m, execution: 42);
        Assert.Equal(2m, after.Net);
    }

    [Fact]
    public void ALateFillOfAnOrderThatEndedInTheSessionBeforeIsBookedToItsStrategy()
    {
        Bench before = WithEntry();
        Order entry = before.Submitted.Single();
        before.Accept(entry);
        before.Cancel(entry);

        Bench after = GoOn(before);
        after.Fill(entry, 2, 4980m, execution: 7);

        Assert.Equal(2m, after.Engine.Strategy(0).Position.Quantity);
        Assert.Contains(after.Submitted, order => order.Purpose == OrderPurpose.StopLoss && order.Quantity == 2m);
    }

    [Fact]
    public void WhatNoStrategyHoldsStaysTheAccountsOwn()
    {
        Bench before = Protected();
        before.Give(new Input(0, before.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 3m, 5001m)));
        Assert.Equal((5m, 2m), (before.Net, before.Engine.Strategy(0).Position.Quantity));

        Bench after = GoOn(before);

        Assert.Equal((5m, 2m), (after.Net, after.Engine.Strategy(0).Position.Quantity));
        Assert.Contains(after.Alerts, alert => alert.Contains("3 that no strategy holds", StringComparison.Ordinal));
        after.Fill(after.Engine.Market(0).Working[0], 2, 4990m, execution: 501);
        Assert.Equal((3m, 0m), (after.Net, after.Engine.Strategy(0).Position.Quantity));
    }

    [Fact]
    public void DrawdownIsMeasuredFromThePeakOfTheSessionBefore()
    {
        Bench before = Protected();
        before.Bar(5100);
        before.Bar(5000);
        Bench after = GoOn(before);

        Assert.Equal((before.Engine.Account.Peak, before.Engine.Account.MaxDrawdown), (after.Engine.Account.Peak, after.Engine.Account.MaxDrawdown));
        Assert.Equal(before.Engine.Account.Equity, after.Engine.Account.Equity);
    }

    [Fact]
    public void StrategiesOfOneNameKeepTheirOwn()
    {
        Scripted Waits(int until, double stop) => new((strategy, _) => { if (strategy.Asked == until) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = until, StopLoss = stop }); });
        var before = new Bench(Waits(1, 4990), Waits(2, 4980));
        for (int i = 0; i < 2; i++)
        {
            before.Forget();
            before.Bar(5000);
            before.Complete(before.Submitted.Single(order => order.Purpose == OrderPurpose.Target), 5000m);
        }

        Bench after = GoOn(before, new Scripted((_, _) => { }), new Scripted((_, _) => { }));

        Assert.Equal([1m, 2m], Enumerable.Range(0, 2).Select(i => after.Engine.Strategy(i).Position.Quantity));
        Assert.Equal([4990m, 4980m], after.Engine.Market(0).Working.OrderBy(order => order.Share(0).Strategy).Select(order => order.StopPrice));
    }

    [Fact]
    public void WhatIsLeftOverAndOverStaysTheSame()
    {
        Bench first = Protected(), second = GoOn(first), third = GoOn(second);

        Assert.Equal(Left(second) with { Session = "" }, Left(third) with { Session = "" }, SameJson);
        Assert.All(third.Engine.Market(0).Working, order => Assert.Equal($"tw-before-{order.Id}", order.ClientId));
    }

    [Fact]
    public void AReplayOfTheNextSessionAloneGivesTheSameOutputs()
    {
        Carry left = Left(Protected());
        ulong[] hashes = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Bench after = GoOn(Carry.FromJson(left.ToJson()));
            for (int i = 0; i < 5; i++) after.Bar(5000 + i);
            return after.Engine.OutputHash;
        })];

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void ASnapshotKnowsWhatWasCarriedOver()
    {
        Bench after = GoOn(Protected());
        after.Give(new Input(0, after.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 3m, 5001m)));
        var restored = new Bench(new Scripted((_, _) => { }));
        restored.Engine.Restore(after.Engine.TakeSnapshot());

        Assert.Equal(Left(after), Left(restored), SameJson);
    }

    [Fact]
    public void WhatIsLeftEntersOnlyAsTheFirstInput()
    {
        Bench after = Protected();
        Carry left = Left(after);

        Assert.Throws<InvalidOperationException>(() => after.Give(Input.Carry(after.Engine.Now, left)));
    }

    [Fact]
    public void WhatANewFieldOfAnOrderHoldsMustBeCarriedOrBeNamedHere()
    {
        // An order keeps its own number as decision of another run: what it came from stands in that run.
        Names<Order>("_asked", "_brokerOrderId", "_changed", "_clientId", "_created", "_decision", "_doubt", "_filledQuantity", "_filledValue", "_id", "_instrument", "_lastExecution",
            "_marks", "_otherExecutions", "_otherShares", "_referencePrice", "_sends", "_share", "_status", "_terms");
        Names<Protection>("StopOrder", "TakeProfitOrder", "_hasPrices", "_stopLoss", "_takeProfit");
        Names<Position>("_cost", "_costAsDouble", "_quantity", "_quantityAsDouble");
        Names<Account>("_cash", "_cashAsDouble", "_equity", "_fees", "_holdings", "_maxDrawdown", "_maxDrawdownRate", "_peak", "_realizedPnl", "_startingCash");

        static void Names<T>(params string[] known) =>
            Assert.Equal(known, typeof(T).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    private static Scripted Buyer() => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 }); });

    /// <summary>Long 2 from 5000, with a stop at 4990 and a target at 5020 that work.</summary>
    private static Bench Protected()
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, TakeProfit = 5020 }); }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 2, 5000m, fee: 5m);
        foreach (Order order in bench.Submitted.Where(order => order != entry).ToArray()) bench.Accept(order);
        return bench;
    }

    /// <summary>A limit order to buy that was sent, by a strategy that wants it no more with the second bar.</summary>
    private static Bench WithEntry()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = 4980, StopLoss = 4970 });
            else strategy.Flat();
        }));
        bench.Bar(5000);
        return bench;
    }

    private static Bench GoOn(Bench before, params Strategy[] strategies) => GoOn(Carry.FromJson(Left(before).ToJson()), strategies);

    private static Bench GoOn(Carry left, params Strategy[] strategies)
    {
        var after = new Bench(strategies.Length > 0 ? strategies : [new Scripted((_, _) => { })]);
        after.Give(Input.Carry(Bench.Start, left));
        return after;
    }

    private static Carry Left(Bench bench) => bench.Engine.Leave("before", order => order.ClientId ?? $"tw-before-{order.Id}");

    private static bool SameJson(Carry one, Carry other) => one.ToJson() == other.ToJson();
}
