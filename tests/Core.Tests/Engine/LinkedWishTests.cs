using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>One cancels the other, and one triggers the other.</summary>
public sealed class LinkedWishTests
{
    /// <summary>Breaks out of 4990 to 5010 on either side, with a stop ten points away.</summary>
    private static readonly Wish Straddle = new(SignalAction.Buy, "up")
    {
        Quantity = 2,
        OrderType = OrderType.Stop,
        StopPrice = 5010,
        StopLoss = 5000,
        Or = new Wish(SignalAction.Sell, "down") { Quantity = 3, OrderType = OrderType.Stop, StopPrice = 4990, StopLoss = 5000 },
    };

    [Fact]
    public void BothEntriesWorkAndSayingItAgainChangesNothing()
    {
        Bench bench = Straddled(always: true);
        bench.Bar(5001);
        bench.Bar(5002);
        Assert.Equal([(Side.Buy, 2m, 5010m), (Side.Sell, 3m, 4990m)], bench.Submitted.Select(order => (order.Side, order.Quantity, order.StopPrice)));
        Assert.Empty(bench.Canceled);
        Assert.Empty(bench.Of(OutputKind.SignalRefused));
    }

    [Fact]
    public void WhenTheFirstFillsTheSecondIsCanceledAtOnce()
    {
        Bench bench = Straddled();
        Order[] entries = [.. bench.Submitted];
        bench.Fill(entries[0], 1, 5010m);
        Assert.Equal([entries[1]], bench.Canceled);
        bench.Cancel(entries[1]);
        bench.Fill(entries[0], 1, 5010m);
        bench.Bar(5011);
        Assert.Equal(2m, bench.Net);
        Assert.Equal((5000m, 2m), (Stop(bench).StopPrice, bench.Engine.Strategy(0).Target));
        Assert.DoesNotContain(bench.Submitted.Skip(2), order => order.Purpose == OrderPurpose.Target);
    }

    [Fact]
    public void WhenTheSecondFillsInPartItIsTheWishAndItsRestWorksOn()
    {
        Bench bench = Straddled();
        Order[] entries = [.. bench.Submitted];
        bench.Fill(entries[1], 1, 4990m);
        Assert.Equal([entries[0]], bench.Canceled);
        Assert.Equal((SignalAction.Sell, "down", -3m), (bench.Engine.Strategy(0).Wish!.Action, bench.Engine.Strategy(0).Wish!.Reason, bench.Engine.Strategy(0).Target));
        bench.Cancel(entries[0]);
        bench.Bar(4990);
        bench.Fill(entries[1], 2, 4989m);
        Assert.Equal([entries[0]], bench.Canceled);
        Assert.Equal((-3m, Side.Buy, 5000m), (bench.Net, Stop(bench).Side, Stop(bench).StopPrice));
        Assert.DoesNotContain(bench.Submitted.Skip(2), order => order.Purpose == OrderPurpose.Target);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void WhenBothFillAllIsClosedWithAnAlarm(int first, int second)
    {
        Bench bench = Straddled();
        Order[] entries = [.. bench.Submitted];
        bench.Fill(entries[first], entries[first].Quantity, entries[first].StopPrice);
        bench.Fill(entries[second], entries[second].Quantity, entries[second].StopPrice);
        Assert.Equal(-1m, bench.Net);
        Assert.Contains(bench.Alerts, alert => alert.Contains("the other one of the two was filled before", StringComparison.Ordinal));
        Order close = bench.Submitted.Last(order => order.Purpose == OrderPurpose.Flatten);
        Assert.Equal((Side.Buy, 1m), (close.Side, close.Quantity));
        foreach (Order stop in bench.Engine.Market(0).Working.Where(order => order.Purpose == OrderPurpose.StopLoss).ToArray()) bench.Cancel(stop);
        bench.Complete(close, 4990m);
        bench.Bar(5000);
        Assert.Equal(0m, bench.Net);
        Assert.Empty(bench.Engine.Market(0).Working);
    }

    [Fact]
    public void AWishThatLapsesTakesBothAway()
    {
        Bench bench = Straddled(Straddle with { Validity = TimeSpan.FromMinutes(3) });
        bench.Wait(TimeSpan.FromMinutes(3));
        Assert.Equal(bench.Submitted, bench.Canceled);
    }

    [Fact]
    public void OtherPricesReplaceBoth()
    {
        Wish other = Straddle with { StopPrice = 5012, Or = new Wish(SignalAction.Sell, "down") { Quantity = 3, OrderType = OrderType.Stop, StopPrice = 4988, StopLoss = 5000 } };
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(strategy.Asked == 1 ? Straddle : other)));
        bench.Bar(5000);
        Order[] entries = [.. bench.Submitted];
        foreach (Order entry in entries) bench.Accept(entry);
        bench.Bar(5000);
        foreach (Order entry in entries) bench.Cancel(entry);
        Assert.Equal([(5012m, Side.Buy), (4988m, Side.Sell)], bench.Submitted.Skip(2).Select(order => (order.StopPrice, order.Side)));
    }

    [Fact]
    public void ASecondEntryThatTheVenueRefusesIsNotTriedAgainAndTheFirstStays()
    {
        Bench bench = Straddled();
        bench.Reject(bench.Submitted.Last());
        bench.Bar(5001);
        bench.Bar(5002);
        Assert.Equal(2, bench.Submitted.Count());
        Assert.Empty(bench.Canceled);
    }

    [Fact]
    public void ARestoredEngineGoesOnWithBoth()
    {
        Bench bench = Straddled();
        var restored = new Bench(Once(Straddle));
        restored.Engine.Restore(bench.Engine.TakeSnapshot());
        Order second = restored.Engine.Market(0).Working[1];
        restored.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, second.Id, 1, 3m, 4990m)));
        bench.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, second.Id, 1, 3m, 4990m)));
        Assert.Equal(bench.Engine.OutputHash, restored.Engine.OutputHash);
        Assert.Equal(-3m, restored.Net);
        Assert.Equal([Side.Buy], restored.Canceled.Select(order => order.Side));
    }

    [Fact]
    public void AfterARestartNeitherIsLeft()
    {
        Bench after = Sessions.GoOn(Straddled());
        Assert.Equal(2, after.Canceled.Count());
    }

    [Fact]
    public void WhatIsWishedForNextIsOrderedOnceTheFirstIsFilledWhole()
    {
        Bench bench = Chained(new Wish(SignalAction.Buy, "more") { Quantity = 5, OrderType = OrderType.Limit, LimitPrice = 4995 });
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Fill(first, 1, 5000m);
        bench.Accept(Stop(bench));
        Assert.DoesNotContain(bench.Submitted.Skip(1), order => order.Purpose == OrderPurpose.Target);
        bench.Fill(first, 1, 5000m);
        Order next = bench.Submitted.Last(order => order.Purpose == OrderPurpose.Target);
        Assert.Equal((OrderType.Limit, 3m, 4995m), (next.Type, next.Quantity, next.LimitPrice));
        Assert.Equal("more", bench.Engine.Strategy(0).Wish!.Reason);
        bench.Complete(next, 4995m);
        while (Stop(bench).Status == OrderStatus.ModifyPending) bench.Modified(Stop(bench));
        Assert.Equal((5m, 5m, 4990m), (bench.Net, Stop(bench).Quantity, Stop(bench).StopPrice));
    }

    [Fact]
    public void AnExitCanBeTriggeredByTheEntry()
    {
        Bench bench = Chained(new Wish(SignalAction.Close, "out") { OrderType = OrderType.Limit, LimitPrice = 5008, IsReduceOnly = true });
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order exit = bench.Submitted.Last();
        Assert.Equal((Side.Sell, 2m, 5008m, true), (exit.Side, exit.Quantity, exit.LimitPrice, exit.Terms.IsReduceOnly));
    }

    [Fact]
    public void WhereTheMarketHasPassedWhatIsNextByThenItIsRefusedAndThePositionStays()
    {
        // A buy stop at 5005 is above the market when it is said, and below when the entry fills.
        Bench bench = Chained(new Wish(SignalAction.Buy, "more") { Quantity = 5, OrderType = OrderType.Stop, StopPrice = 5005 });
        bench.Accept(bench.Submitted.Single());
        bench.Bar(5006);
        bench.Fill(bench.Submitted.First(), 2, 5006m);
        Assert.Equal(SignalRefusal.StopPassed, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Equal((2m, 2m), (bench.Net, Stop(bench).Quantity));
    }

    [Fact]
    public void AnotherWishBeforeTheFillDropsWhatWasNext()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = 4999, Then = new Wish(SignalAction.Buy, "more") { Quantity = 5 } });
            else strategy.Flat();
        }));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Bar(5000);
        bench.Fill(first, 2, 4999m);
        Assert.Equal((Side.Sell, 2m), (bench.Submitted.Last().Side, bench.Submitted.Last().Quantity));
    }

    [Fact]
    public void WhatIsNextSurvivesASnapshot()
    {
        Wish next = new(SignalAction.Buy, "more") { Quantity = 5, OrderType = OrderType.Limit, LimitPrice = 4995 };
        Bench bench = Chained(next);
        var restored = new Bench(Once(First(next)));
        restored.Engine.Restore(bench.Engine.TakeSnapshot());
        restored.Give(new Input(bench.Engine.Now, new BrokerEvent(BrokerEventKind.Filled, restored.Engine.Market(0).Working.Single().Id, 1, 2m, 5000m)));
        Assert.Contains(restored.Submitted, order => order is { Purpose: OrderPurpose.Target, LimitPrice: 4995m, Quantity: 3m });
    }

    public static TheoryData<Wish> Contradictions => new()
    {
        Straddle with { Then = new Wish(SignalAction.Close, "x") },
        Straddle with { OrderType = OrderType.Market, StopPrice = null, StopLoss = null },
        Straddle with { Or = new Wish(SignalAction.Sell, "x") },
        Straddle with { Or = Straddle },
        Straddle with { Or = new Wish(SignalAction.Close, "x") { OrderType = OrderType.Limit, LimitPrice = 4990 } },
        Straddle with { Or = new Wish(SignalAction.Sell, "x") { OrderType = OrderType.Stop, StopPrice = 4990, TimeInForce = TimeInForce.Gtc } },
        Straddle with { Or = new Wish(SignalAction.Sell, "x") { OrderType = OrderType.Stop, StopPrice = 4990, Validity = TimeSpan.FromMinutes(1) } },
        new Wish(SignalAction.Close, "x") { Then = new Wish(SignalAction.Buy, "x") },
        new Wish(SignalAction.Buy, "x") { Then = new Wish(SignalAction.Hold, "x") },
        new Wish(SignalAction.Buy, "x") { Then = new Wish(SignalAction.Buy, "x") { Then = new Wish(SignalAction.Close, "x") } },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void LinksThatContradictEachOtherAreRefused(Wish wish)
    {
        var bench = new Bench(Once(wish));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.LinkUnsound, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void AFaultInTheSecondEntryRefusesBoth()
    {
        var bench = new Bench(Once(Straddle with { Or = new Wish(SignalAction.Sell, "x") { OrderType = OrderType.Stop, StopPrice = 5001 } }));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.StopPassed, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }

    private static Scripted Once(Wish wish, bool always = false) => new((strategy, _) => { if (always || strategy.Asked == 1) strategy.Say(in wish); });

    private static Bench Straddled(Wish? wish = null, bool always = false)
    {
        var bench = new Bench(Once(wish ?? Straddle, always));
        bench.Bar(5000);
        foreach (Order order in bench.Submitted.ToArray()) bench.Accept(order);
        return bench;
    }

    private static Wish First(Wish next) => new(SignalAction.Buy, "first") { Quantity = 2, StopLoss = 4990, Then = next };

    private static Bench Chained(Wish next)
    {
        var bench = new Bench(Once(First(next)));
        bench.Bar(5000);
        return bench;
    }

    private static Order Stop(Bench bench) => bench.Submitted.Last(order => order.Purpose == OrderPurpose.StopLoss);
}
