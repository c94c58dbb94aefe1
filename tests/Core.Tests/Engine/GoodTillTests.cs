using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An order that is good till a time ends then, by our cancel where the venue does not end it. Bars last a minute and the first ends at 14:31.</summary>
public sealed class GoodTillTests
{
    private static readonly Timestamp End = Bench.Start + TimeSpan.FromMinutes(5);

    [Fact]
    public void TheEngineCancelsItAtItsTimeAndNotBefore()
    {
        Bench bench = Working(out Order entry);
        Assert.Equal((TimeInForce.Gtd, End), (entry.TimeInForce, entry.Terms.GoodTill));
        bench.Wait(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        Assert.Empty(bench.Canceled);
        bench.Wait(TimeSpan.FromTicks(1));
        Assert.Equal([entry], bench.Canceled);
        Assert.Null(bench.Engine.Strategy(0).Wish);
        bench.Cancel(entry);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void AVenueThatEndsItItselfIsBelieved()
    {
        Bench bench = Working(out Order entry);
        bench.Wait(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        bench.Expire(entry);
        bench.Wait(TimeSpan.FromMinutes(1));
        Assert.Empty(bench.Canceled);
        Assert.Equal(OrderStatus.Expired, entry.Status);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void WhatFilledInPartStaysAndIsProtectedAndTheRestEnds()
    {
        Bench bench = Working(out Order entry);
        bench.Fill(entry, 1, 4990m);
        Order stop = bench.Submitted.Last();
        bench.Accept(stop);
        bench.Wait(TimeSpan.FromMinutes(4));
        bench.Cancel(entry);
        Assert.Equal([entry], bench.Canceled);
        Assert.Equal((1m, 1m, OrderStatus.Working), (bench.Net, stop.RemainingQuantity, stop.Status));
    }

    [Fact]
    public void AFillThatCrossesTheCancelIsBookedAndProtected()
    {
        Bench bench = Working(out Order entry);
        bench.Wait(TimeSpan.FromMinutes(4));
        bench.Fill(entry, 2, 4990m);
        Order stop = bench.Submitted.Last();
        Assert.Equal((OrderPurpose.StopLoss, 2m, 4980m), (stop.Purpose, stop.Quantity, stop.StopPrice));
    }

    [Fact]
    public void AnotherTimeIsAnotherOrder()
    {
        Bench bench = Working(out Order entry, then: End + TimeSpan.FromMinutes(5));
        bench.Bar(5000);
        bench.Cancel(entry);
        Assert.Equal(End + TimeSpan.FromMinutes(5), bench.Submitted.Last().Terms.GoodTill);
        Assert.Equal(2, bench.Submitted.Count());
    }

    [Fact]
    public void TheEndOfASessionCancelsItAlsoWhereItOnlyReduces()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "in") { Quantity = 2 });
            if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "half") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 5010, TimeInForce = TimeInForce.Gtd, GoodTill = End });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        Order exit = bench.Submitted.Last();
        bench.Accept(exit);
        Assert.Equal((Side.Sell, 1m, End), (exit.Side, exit.Quantity, exit.Terms.GoodTill));

        bench.Command(CommandKind.Stop);

        Assert.Equal([exit], bench.Canceled);
    }

    /// <summary>The session of a continuous calendar is the day of UTC.</summary>
    [Theory]
    [InlineData(TimeInForce.Day, null, null, 1)]
    [InlineData(TimeInForce.Gtc, null, null, null)]
    [InlineData(TimeInForce.Gtc, null, 3, 3)]
    [InlineData(TimeInForce.Gtd, 2, null, 2)]
    public void TheCloseOfASessionEndsWhatIsForTheDayAndNothingElse(TimeInForce time, int? goodTillDay, int? validDays, int? endsOnDay)
    {
        Timestamp midnight = Timestamp.FromUtc(2026, 3, 3, 0, 0);
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test")
            {
                Quantity = 2,
                OrderType = OrderType.Limit,
                LimitPrice = 4990,
                TimeInForce = time,
                GoodTill = goodTillDay is { } day ? midnight + TimeSpan.FromDays(day - 1) : null,
                Validity = validDays is { } days ? midnight + TimeSpan.FromDays(days - 1) - (Bench.Start + TimeSpan.FromMinutes(1)) : null,
            });
        }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        TimeSpan toMidnight = midnight - (Bench.Start + TimeSpan.FromMinutes(1));
        for (int day = 1; day <= 5; day++)
        {
            bench.Wait((day == 1 ? toMidnight : TimeSpan.FromDays(1)) - TimeSpan.FromTicks(1));
            Assert.Equal(endsOnDay is { } end && day > end ? 1 : 0, bench.Canceled.Count());
            bench.Wait(TimeSpan.FromTicks(1));
        }
        Assert.Equal(endsOnDay is null ? 0 : 1, bench.Canceled.Count());
    }

    [Fact]
    public void ItComesOverARestartWithItsTime()
    {
        Bench bench = Working(out _);
        CarriedOrder left = Sessions.Left(bench).Orders.Single();
        Assert.Equal((TimeInForce.Gtd, End), (left.Terms.TimeInForce, left.Terms.GoodTill));
        Order order = Sessions.GoOn(bench).Of(OutputKind.OrderCarried).Single().Order;
        Assert.Equal(End, order.Terms.GoodTill);
    }

    [Theory]
    [InlineData(TimeInForce.Gtd, OrderType.Limit, null, true)]
    [InlineData(TimeInForce.Gtd, OrderType.Limit, 1, true)]
    [InlineData(TimeInForce.Gtd, OrderType.Market, 5, true)]
    [InlineData(TimeInForce.Day, OrderType.Limit, 5, true)]
    [InlineData(TimeInForce.Gtd, OrderType.Limit, 2, false)]
    public void TimeAndTimeInForceMustAgree(TimeInForce time, OrderType type, int? minutes, bool isRefused)
    {
        Timestamp? end = minutes is { } after ? Bench.Start + TimeSpan.FromMinutes(after) : null;
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = type, LimitPrice = 4990, TimeInForce = time, GoodTill = end })));
        bench.Bar(5000);
        Assert.Equal(isRefused ? [SignalRefusal.GoodTillUnsound] : [], bench.Of(OutputKind.SignalRefused).Select(output => output.SignalRefused.Reason));
    }

    /// <summary>A limit for two at 4990 with a stop at 4980, good for five minutes, that works; with another end it is wished for again at each later bar.</summary>
    private static Bench Working(out Order entry, Timestamp? then = null)
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1 || then is not null) strategy.Say(new Wish(SignalAction.Buy, "test")
            {
                Quantity = 2,
                OrderType = OrderType.Limit,
                LimitPrice = 4990,
                StopLoss = 4980,
                TimeInForce = TimeInForce.Gtd,
                GoodTill = strategy.Asked == 1 ? End : then,
            });
        }));
        bench.Bar(5000);
        entry = bench.Submitted.Single();
        bench.Accept(entry);
        return bench;
    }
}
