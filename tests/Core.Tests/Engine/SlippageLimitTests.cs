using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Half a percent of 5000 is 25 points: the touch may be so far from the price that was decided on, and no further.</summary>
public sealed class SlippageLimitTests
{
    private const decimal Share = 0.005m;

    [Theory]
    [InlineData(SignalAction.Buy, 4999, 5025, true)]
    [InlineData(SignalAction.Buy, 4999, 5025.25, false)]
    [InlineData(SignalAction.Buy, 4000, 5001, true)]
    [InlineData(SignalAction.Buy, 4970, 4975, true)]
    [InlineData(SignalAction.Buy, 4970, 4974.75, false)]
    [InlineData(SignalAction.Sell, 4975, 5001, true)]
    [InlineData(SignalAction.Sell, 4974.75, 5001, false)]
    [InlineData(SignalAction.Sell, 4999, 6000, true)]
    [InlineData(SignalAction.Sell, 5025.25, 5026, false)]
    public void AMarketOrderIsComparedWithTheAskForABuyAndWithTheBidForASell(SignalAction action, double bid, double ask, bool passes)
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)), new Scripted((strategy, _) => strategy.Say(new Wish(action, "test"))));
        bench.Quote(bid, ask);
        bench.Bar(5000);

        Assert.Equal(passes, bench.Submitted.Any());
        if (passes) return;
        Assert.Equal(RiskCode.Slippage, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        RiskDecision checkedBy = bench.Of(OutputKind.RiskChecked).Last().RiskChecked.Result;
        double touch = action == SignalAction.Buy ? ask : bid;
        Assert.Equal((Math.Abs(touch - 5000), 25.0), (checkedBy.Measured, checkedBy.Limit));
        Assert.Equal($"the market is {Math.Abs(touch - 5000)} away from the price that was decided on, the limit is 25", checkedBy.Sentence());
    }

    [Fact]
    public void WithoutAQuoteTheLastPriceStandsForTheTouch()
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)), new Scripted((strategy, _) => strategy.Long()));
        bench.Bar(5000);

        Assert.Single(bench.Submitted);
    }

    [Theory]
    [InlineData(5025, true)]
    [InlineData(5025.25, false)]
    public void AnOrderThatHadToWaitIsComparedWithThePriceThatItWasDecidedOnAt(double now, bool passes)
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)) with { StartsSynced = false }, new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
        bench.Bar(5000);
        Assert.Equal(RiskCode.NotSynced, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        bench.Bar(now);
        bench.Forget();
        bench.Account(AccountEventKind.Synced);

        Assert.Equal(passes, bench.Submitted.Any());
        Assert.Equal(passes ? [] : [RiskCode.Slippage], bench.Of(OutputKind.OrderDenied).Select(denied => denied.OrderDenied.Code));
    }

    [Fact]
    public void AWishSaidAnewIsDecidedOnAnew()
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)) with { StartsSynced = false }, new Scripted((strategy, bar) => strategy.Say(new Wish(SignalAction.Buy, "test") { StopLoss = bar.Close - 10 })));
        bench.Bar(5000);
        bench.Bar(5100);
        bench.Account(AccountEventKind.Synced);

        Assert.Equal(5100, bench.Submitted.Single().ReferencePrice);
    }

    [Fact]
    public void WhatWaitedBeforeASnapshotIsComparedWithTheSamePriceAfterIt()
    {
        Core.Engine.Engine Make()
        {
            var engine = new Core.Engine.Engine(Bench.Options(new SlippageLimit(Share)) with { StartsSynced = false });
            engine.Add(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }), 0, Timeframe.OneMinute);
            return engine;
        }
        Core.Engine.Engine first = Make(), second = Make();
        first.Process(new Input(0, new Bar(Bench.Start, Bench.Start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1)));
        second.Restore(first.TakeSnapshot());
        second.Process(new Input(0, new Trade(Bench.Start + TimeSpan.FromMinutes(1), 5030, 1)));

        OutputKind[] kinds = [.. second.Process(new Input(-1, Bench.Start + TimeSpan.FromMinutes(1), new AccountEvent(AccountEventKind.Synced))).ToArray().Select(output => output.Kind)];
        Assert.Contains(OutputKind.OrderDenied, kinds);
        Assert.DoesNotContain(OutputKind.OrderSubmitted, kinds);
    }

    [Fact]
    public void AnOrderThatIsSentAgainIsComparedWithThePriceOfItsFirstDecision()
    {
        foreach ((double now, bool passes) in new[] { (5025.0, true), (5025.25, false) })
        {
            var bench = new Bench(Bench.Options(new SlippageLimit(Share)), new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
            bench.Bar(5000);
            Order order = bench.Submitted.Single();
            bench.Tell(order, BrokerEventKind.SubmitInDoubt);
            bench.Price(now);
            bench.Tell(order, BrokerEventKind.Absent);

            Assert.Equal(passes ? 2 : 1, order.Sends);
        }
    }

    [Fact]
    public void WhatHasAPriceOfItsOwnIsNotMeasured()
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)), new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = 4800 })));
        bench.Quote(4000, 6000);
        bench.Bar(5000);

        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void WhatClosesOrProtectsIsNeverHeldBack()
    {
        var bench = new Bench(Bench.Options(new SlippageLimit(Share)), new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 3, StopLoss = 4900 });
            else if (strategy.Asked == 2) strategy.Say(new Wish(SignalAction.Buy, "less") { Quantity = 2, StopLoss = 4900 });
            else strategy.Short();
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.First(), 5000m);
        Assert.Equal(OrderPurpose.StopLoss, bench.Submitted.Last().Purpose);
        bench.Quote(4000, 6000);
        bench.Forget();
        bench.Bar(5000);
        Order less = bench.Submitted.Single(order => order.Purpose == OrderPurpose.Target);
        Assert.Equal((Side.Sell, 1m), (less.Side, less.Quantity));
        bench.Complete(less, 4000m);
        bench.Forget();
        bench.Bar(5000);
        // To turn round opens something: only the part that closes goes.
        Assert.Equal(RiskCode.Slippage, bench.Of(OutputKind.OrderDenied).First().OrderDenied.Code);
        Order close = bench.Submitted.Single(order => order.Purpose == OrderPurpose.Target);
        Assert.Equal((Side.Sell, 2m), (close.Side, close.Quantity));
        bench.Forget();
        bench.Command(CommandKind.Flatten);
        // What closes already is not doubled; where the venue ends it, another one follows.
        bench.Cancel(close);
        Assert.Equal(2m, bench.Submitted.Single(order => order.Purpose == OrderPurpose.Flatten).Quantity);
    }
}
