using System.Reflection;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What a session leaves, the next one has: money, positions and their protection.</summary>
public sealed class CarryTests
{
    [Fact]
    public void APositionComesOverWithItsMoneyAndItsProtectiveOrders()
    {
        Bench before = Sessions.Protected(), after = Sessions.GoOn(before);

        Assert.Equal((2m, 5000m), (after.Net, after.Engine.Account.PositionOf(0).AveragePrice));
        Assert.Equal(2m, after.Engine.Strategy(0).Position.Quantity);
        Assert.Equal(before.Engine.Account.Cash, after.Engine.Account.Cash);
        Assert.Equal(before.Engine.Account.ExactEquity(), after.Engine.Account.ExactEquity());
        Order[] working = [.. after.Engine.Market(0).Working];
        Assert.Equal([(OrderPurpose.StopLoss, 4990m, 0m), (OrderPurpose.TakeProfit, 0m, 5020m)], working.Select(order => (order.Purpose, order.StopPrice, order.LimitPrice)));
        Assert.All(working, order => Assert.Equal($"tw-before-{order.Id}", order.ClientId));
        Assert.Equal(working, after.Of(OutputKind.OrderCarried).Select(output => output.Order).Where(order => order.Purpose != OrderPurpose.Target));
        Assert.Empty(after.Submitted);
        Assert.Empty(after.Canceled);
    }

    [Fact]
    public void AStopThatFillsInTheNextSessionCancelsTheTargetAndClosesTheRoundTrip()
    {
        Bench after = Sessions.GoOn(Sessions.Protected());
        Order stop = after.Engine.Market(0).Working[0];
        after.Forget();

        after.Fill(stop, 2, 4990m, fee: 4m, execution: 99);

        Assert.Equal(0m, after.Net);
        Assert.Equal(OrderPurpose.TakeProfit, after.Canceled.Single().Purpose);
        RoundTrip trip = after.Of(OutputKind.RoundTripClosed).Single().RoundTrip;
        Assert.Equal((5000m, 4990m, -1000m, 9m), (trip.EntryPrice, trip.ExitPrice, trip.GrossPnl, trip.Fees));
    }

    [Fact]
    public void AnOrderThatWasFilledIsStillKnownSoThatOneFillMoreBelongsToItsStrategy()
    {
        Bench before = Sessions.Protected();
        OrderId entry = before.Submitted.First().Id;
        Bench after = Sessions.GoOn(before);

        after.Give(new Input(0, after.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, entry, 777_777, 1m, 5000m)));

        Assert.Equal((3m, 3m, 0m), (after.Net, after.Engine.Strategy(0).Position.Quantity, after.Engine.Market(0).External));
    }

    [Fact]
    public void AStrategyStartsFromWhatItHoldsAndIsNotResizedUntilItSpeaks()
    {
        Bench after = Sessions.GoOn(Sessions.Protected(), new Scripted((strategy, _) => { if (strategy.Asked == 3) strategy.Short(); }));
        after.Bar(5000);
        after.Bar(5001);
        Assert.Empty(after.Submitted);
        after.Bar(5002);
        Assert.Equal((Side.Sell, 3m), after.Submitted.Where(order => order.Purpose == OrderPurpose.Target).Select(order => (order.Side, order.Quantity)).Single());
    }

    [Fact]
    public void WhatNoStrategyHoldsStaysTheAccountsOwn()
    {
        Bench before = Sessions.Protected();
        before.Give(new Input(0, before.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 3m, 5001m)));
        Assert.Equal((5m, 2m), (before.Net, before.Engine.Strategy(0).Position.Quantity));

        Bench after = Sessions.GoOn(before);

        Assert.Equal((5m, 2m), (after.Net, after.Engine.Strategy(0).Position.Quantity));
        Assert.Contains(after.Alerts, alert => alert.Contains("3 that no strategy holds", StringComparison.Ordinal));
        after.Fill(after.Engine.Market(0).Working[0], 2, 4990m, execution: 501);
        Assert.Equal((3m, 0m), (after.Net, after.Engine.Strategy(0).Position.Quantity));
    }

    [Fact]
    public void DrawdownIsMeasuredFromThePeakOfTheSessionBefore()
    {
        Bench before = Sessions.Protected();
        before.Bar(5100);
        before.Bar(5000);
        Bench after = Sessions.GoOn(before);

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

        Bench after = Sessions.GoOn(before, new Scripted((_, _) => { }), new Scripted((_, _) => { }));

        Assert.Equal([1m, 2m], Enumerable.Range(0, 2).Select(i => after.Engine.Strategy(i).Position.Quantity));
        Assert.Equal([4990m, 4980m], after.Engine.Market(0).Working.OrderBy(order => order.Share(0).Strategy).Select(order => order.StopPrice));
    }

    [Fact]
    public void WhatIsLeftOverAndOverStaysTheSame()
    {
        Bench first = Sessions.Protected(), second = Sessions.GoOn(first), third = Sessions.GoOn(second);

        Assert.Equal(Sessions.Left(second) with { Session = "" }, Sessions.Left(third) with { Session = "" }, Sessions.SameJson);
        Assert.All(third.Engine.Market(0).Working, order => Assert.Equal($"tw-before-{order.Id}", order.ClientId));
    }

    [Fact]
    public void AReplayOfTheNextSessionAloneGivesTheSameOutputs()
    {
        Carry left = Sessions.Left(Sessions.Protected());
        ulong[] hashes = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            Bench after = Sessions.GoOn(Carry.FromJson(left.ToJson()));
            for (int i = 0; i < 5; i++) after.Bar(5000 + i);
            return after.Engine.OutputHash;
        })];

        Assert.Equal(hashes[0], hashes[1]);
    }

    [Fact]
    public void ASnapshotKnowsWhatWasCarriedOver()
    {
        Bench after = Sessions.GoOn(Sessions.Protected());
        after.Give(new Input(0, after.Engine.Now, new AccountEvent(AccountEventKind.ExternalFill, 500, 3m, 5001m)));
        var restored = new Bench(new Scripted((_, _) => { }));
        restored.Engine.Restore(after.Engine.TakeSnapshot());

        Assert.Equal(Sessions.Left(after), Sessions.Left(restored), Sessions.SameJson);
    }

    [Fact]
    public void APositionCanBeClosedBeforeTheNextSessionHasSeenAPrice()
    {
        Bench after = Sessions.GoOn(Sessions.Protected());

        after.Command(CommandKind.Flatten);

        Assert.Equal((OrderType.Market, Side.Sell, 2m), after.Submitted.Select(order => (order.Type, order.Side, order.Quantity)).Single());
    }

    [Fact]
    public void WhatIsLeftEntersOnlyAsTheFirstInput()
    {
        Bench after = Sessions.Protected();
        Carry left = Sessions.Left(after);

        Assert.Throws<InvalidOperationException>(() => after.Give(Input.Carry(after.Engine.Now, left)));
    }

    [Fact]
    public void WhatANewFieldOfAnOrderHoldsMustBeCarriedOrBeNamedHere()
    {
        // An order keeps its own number as decision of another run: what it came from stands in that run. A cancel that was refused is asked again at once. A bracket is for the sending.
        Names<Order>("_askAgainAt", "_asked", "_bracket", "_brokerOrderId", "_busts", "_changed", "_clientId", "_created", "_decision", "_doubt", "_filledQuantity", "_filledValue", "_id", "_instrument", "_lastExecution",
            "_marks", "_otherExecutions", "_otherShares", "_parent", "_referencePrice", "_sends", "_share", "_status", "_terms", "_trailTicks");
        // How long a position was unprotected, and how often its orders failed, is counted anew; a venue that ended a trailing stop of its own is tried again; the plan is named by a signal of another run.
        Names<Protection>("BestPrice", "Exits", "Exposure", "FailedAttempts", "FillPrice", "Filled", "HasLegs", "IsClosing", "IsVenueTrailLost", "IsVenueTrailed", "Largest", "Legs", "NextAttempt", "NextMove", "Plan", "Reminders", "StopLost", "StopOrder", "TakeProfitOrder", "TargetLost", "Targets", "UnsentClose", "UnsentStop", "UnsentTarget", "_hasPrices", "_stopLoss", "_takeProfit");
        Names<Position>("_cost", "_costAsDouble", "_quantity", "_quantityAsDouble");
        Names<Account>("_cash", "_cashAsDouble", "_drawdown", "_equity", "_fees", "_holdings", "_realizedPnl", "_startingCash");

        static void Names<T>(params string[] known) =>
            Assert.Equal(known, typeof(T).GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Select(field => field.Name).Order(StringComparer.Ordinal));
    }
}
