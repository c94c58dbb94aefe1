using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A signal is a wish for a position: the engine, not the strategy, owns the difference to what is held.</summary>
public sealed class WishTests
{
    [Fact]
    public void RepeatingAWishOrdersOnce()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Long()));
        for (int i = 0; i < 5; i++) bench.Bar(5000);
        Assert.Single(bench.Submitted);
        Assert.Single(bench.Of(OutputKind.SignalRaised));
    }

    [Fact]
    public void AWishAgainstTheHeldSideReversesInOneOrderOfBothQuantities()
    {
        int bar = 0;
        var bench = new Bench(new Scripted((strategy, _) => { if (bar++ == 0) strategy.Long(); else strategy.Short(); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Forget();
        bench.Bar(5001);
        Order reversal = Assert.Single(bench.Submitted);
        Assert.Equal((Side.Sell, 2m), (reversal.Side, reversal.Quantity));
        bench.Complete(reversal, 5001m);
        Assert.Equal(-1m, bench.Net);
    }

    [Fact]
    public void AStrategyReadsItsRealPositionNotItsWish()
    {
        decimal held = -1;
        var scripted = new Scripted((strategy, _) => { held = strategy.Held; strategy.Long(); });
        var bench = new Bench(scripted);
        bench.Bar(5000);
        bench.Reject(bench.Submitted.Single());
        bench.Bar(5000);
        Assert.Equal(0m, held);
    }

    [Fact]
    public void ARejectedOrderIsNotRepeatedUntilTheStrategySaysSomethingNew()
    {
        int bar = 0;
        var bench = new Bench(new Scripted((strategy, _) => { if (bar++ < 3) strategy.Long(); else strategy.Short(); }));
        bench.Bar(5000);
        bench.Reject(bench.Submitted.Single());
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
        bench.Bar(5000);
        Assert.Equal(2, bench.Submitted.Count());
    }

    [Fact]
    public void AWishExpiresAtTheLatestWhenTheSessionEnds()
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Long(); }));
        bench.Bar(5000);
        Signal signal = bench.Of(OutputKind.SignalRaised).Single().Signal;
        Assert.Equal(Timestamp.FromUtc(2026, 3, 3), signal.Expires);
        Assert.NotNull(bench.Engine.Strategy(0).Wish);
        bench.Wait(TimeSpan.FromDays(1));
        Assert.Null(bench.Engine.Strategy(0).Wish);
    }

    [Fact]
    public void AnExpiredWishCancelsItsWorkingEntry()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = 4990, Validity = TimeSpan.FromMinutes(5) });
        }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Wait(TimeSpan.FromMinutes(6));
        Assert.Same(entry, bench.Canceled.Single());
    }

    [Fact]
    public void AChangedLimitReplacesTheOrderOnlyAfterTheOldOneIsGone()
    {
        var bench = new Bench(new Scripted((strategy, bar) =>
            strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = bar.Close - 10 })));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Bar(5005);
        Assert.Same(first, bench.Canceled.Single());
        Assert.Single(bench.Submitted);
        bench.Cancel(first);
        Assert.Equal(2, bench.Submitted.Count());
        Assert.Equal(4995m, bench.Submitted.Last().LimitPrice);
    }

    [Fact]
    public void AFillThatBeatsTheCancelIsHeldAndNothingMoreIsBought()
    {
        var bench = new Bench(new Scripted((strategy, bar) =>
            strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = bar.Close - 10 })));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Bar(5005);
        bench.Fill(first, 1m, 4990m);
        bench.RefuseCancel(first);
        Assert.Equal(1m, bench.Net);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void ALargerQuantityAddsAndTheSameOneDoesNot()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = strategy.Asked < 3 ? 1 : 3 })));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
        bench.Bar(5000);
        Assert.Equal(2m, bench.Submitted.Last().Quantity);
    }

    [Fact]
    public void WithShortingOffASellWishMeansFlat()
    {
        int bar = 0;
        var bench = new Bench(Bench.Options() with { AllowShort = false }, new Scripted((strategy, _) => { if (bar++ == 1) strategy.Long(); else strategy.Short(); }));
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Last(), 5000m);
        Assert.Equal(0m, bench.Net);
    }

    public static TheoryData<string, SignalRefusal> BadWishes => new()
    {
        { "confidence above one", SignalRefusal.ConfidenceOutOfRange },
        { "confidence not a number", SignalRefusal.ConfidenceOutOfRange },
        { "negative quantity", SignalRefusal.QuantityNegative },
        { "quantity below the lot", SignalRefusal.QuantityBelowLot },
        { "limit order without limit", SignalRefusal.PriceMissing },
        { "stop order without stop", SignalRefusal.PriceMissing },
        { "infinite limit", SignalRefusal.PriceNotFinite },
        { "stop loss above a long entry", SignalRefusal.ProtectionOnWrongSide },
        { "target below a long entry", SignalRefusal.ProtectionOnWrongSide },
    };

    [Theory]
    [MemberData(nameof(BadWishes))]
    public void AWishThatMakesNoSenseIsRefusedWithItsReasonAndOrdersNothing(string which, SignalRefusal reason)
    {
        Wish wish = which switch
        {
            "confidence above one" => new(SignalAction.Buy, "test", 1.01),
            "confidence not a number" => new(SignalAction.Buy, "test", double.NaN),
            "negative quantity" => new(SignalAction.Buy, "test") { Quantity = -1 },
            "quantity below the lot" => new(SignalAction.Buy, "test") { Quantity = 0.5m },
            "limit order without limit" => new(SignalAction.Buy, "test") { OrderType = OrderType.Limit },
            "stop order without stop" => new(SignalAction.Buy, "test") { OrderType = OrderType.StopLimit, LimitPrice = 1 },
            "infinite limit" => new(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = double.PositiveInfinity },
            "stop loss above a long entry" => new(SignalAction.Buy, "test") { StopLoss = 5001 },
            _ => new(SignalAction.Buy, "test") { TakeProfit = 4999 },
        };
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(in wish)));
        bench.Bar(5000);
        Assert.Equal(reason, bench.Of(OutputKind.SignalRefused).Single().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void ASignalCarriesTheValuesOfTheIndicatorsThatItsStrategyUses()
    {
        var bench = new Bench(new Tradewind.Strategies.Trend.MovingAverageCross(new() { Fast = 2, Slow = 3 }));
        foreach (double close in (double[])[5000, 5002, 5007]) bench.Bar(close);
        (string?, double)[] read = [.. bench.Of(OutputKind.IndicatorRead).Select(output => (output.Text, output.IndicatorRead.Value))];
        Assert.Equal([("sma(2)", 5004.5), ("sma(3)", 5003)], read);
    }

    [Fact]
    public void AnEntryThatFillsBeforeItsCancelArrivesLeavesTheRestToTheWishThatStands()
    {
        var bench = new Bench(new Scripted((strategy, _) => strategy.Say(strategy.Asked == 1
            ? new Wish(SignalAction.Buy, "few") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = 4999 }
            : new Wish(SignalAction.Buy, "many") { Quantity = 5 })));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Bar(5000);
        Assert.Equal([first], bench.Canceled);
        bench.Fill(first, 2, 4999m);
        Assert.Equal(3m, bench.Submitted.Last().Quantity);
    }
}
