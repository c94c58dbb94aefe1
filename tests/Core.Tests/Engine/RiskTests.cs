using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Risk.Sizing;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Every order passes the gate; what only reduces always may.</summary>
public sealed class RiskTests
{
    [Fact]
    public void AnOrderDeniedByRiskNeverReachesTheBroker()
    {
        Bench bench = Wishing(1, new Thrower(RiskCode.Exposure));
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        Assert.Equal(RiskCode.Exposure, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
    }

    [Fact]
    public void ARuleThatThrowsDeniesAndSaysSo()
    {
        Bench bench = Wishing(1, new Thrower(null));
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        Assert.Equal(RiskCode.RuleFailed, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Contains("failed on purpose", bench.Of(OutputKind.Alert).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AnOrderAboveTheLargestQuantityIsCutAndSaysSo()
    {
        Bench bench = Wishing(9, new MaxOrderQuantity(4));
        bench.Bar(5000);
        Assert.Equal(4m, bench.Submitted.Single().Quantity);
        RiskDecision cut = bench.Of(OutputKind.RiskChecked).Single().RiskChecked.Result;
        Assert.Equal((RiskOutcome.Reduce, 9.0, 4.0, 4m), (cut.Outcome, cut.Measured, cut.Limit, cut.ReducedTo));
    }

    [Fact]
    public void WhatWasCutIsNotAskedForAgain()
    {
        Bench bench = Wishing(9, new MaxOrderQuantity(4));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void ThePositionLimitCountsWhatTheOrderWouldAdd()
    {
        Bench bench = Wishing(5, new MaxPosition(3));
        bench.Bar(5000);
        Assert.Equal(3m, bench.Submitted.Single().Quantity);
    }

    [Fact]
    public void TheExposureIsTakenAfterTheOrder()
    {
        // 1,000,000 of equity at 5000 · 50 a contract: 4 contracts are an exposure of exactly 1.
        Bench fits = Wishing(4, new MaxExposure(1));
        fits.Bar(5000);
        Assert.Single(fits.Submitted);
        Bench breaks = Wishing(5, new MaxExposure(1));
        breaks.Bar(5000);
        Assert.Empty(breaks.Submitted);
    }

    [Fact]
    public void BuyingPowerIsTheMarginAfterTheOrderAgainstTheEquity()
    {
        // Margin of a contract: a tenth of 250,000. 40 contracts take all of 1,000,000.
        Bench fits = Wishing(40, new BuyingPower());
        fits.Bar(5000);
        Assert.Single(fits.Submitted);
        Bench breaks = Wishing(41, new BuyingPower());
        breaks.Bar(5000);
        Assert.Equal(RiskCode.BuyingPower, breaks.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
    }

    [Fact]
    public void AReductionPassesExposureDrawdownAndStaleDataButAReversalOnlyCloses()
    {
        bool isShort = false;
        var bench = new Bench(Bench.Options(new MaxExposure(1), new DrawdownHalt(0.01m)), new Scripted((strategy, _) => { if (isShort) strategy.Short(); else strategy.Long(); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(4700);
        isShort = true;
        bench.Forget();
        bench.Bar(4700);
        // The fall of 300 points cost 15,000 of 1,000,000: the halt denies the reversal's new risk and lets the closing part go.
        Order close = Assert.Single(bench.Submitted);
        Assert.Equal((Side.Sell, 1m), (close.Side, close.Quantity));
        bench.Complete(close, 4700m);
        Assert.Equal(0m, bench.Net);
    }

    [Fact]
    public void TheDrawdownHaltStaysEvenWhenTheEquityRecovers()
    {
        int bar = 0;
        var bench = new Bench(Bench.Options(new DrawdownHalt(0.01m)), new Scripted((strategy, _) =>
        {
            bar++;
            if (bar is 1 or 3 or 5) strategy.Long();
            else strategy.Flat();
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Last(), 5000m);
        bench.Bar(4700);
        bench.Complete(bench.Submitted.Last(), 4700m);
        bench.Forget();
        bench.Bar(4700);
        Assert.Empty(bench.Submitted);
        bench.Bar(4700);
        bench.Bar(9000);
        Assert.Empty(bench.Submitted);
    }

    [Fact]
    public void WhileTheFeedIsDownNoNewRiskIsTaken()
    {
        bool wants = false;
        var bench = new Bench(Bench.Options(new StaleData(TimeSpan.FromSeconds(30))), new Scripted((strategy, _) => { if (wants) strategy.Long(); else strategy.Flat(); }));
        bench.Bar(5000);
        bench.Feed(FeedEventKind.Down);
        wants = true;
        bench.Bar(5000);
        Assert.Equal(RiskCode.StaleData, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        bench.Feed(FeedEventKind.Up);
        wants = false;
        bench.Bar(5000);
        wants = true;
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void OldMarketDataAllowsNoNewRisk()
    {
        // The entry's old limit is canceled after two silent minutes; the decision that follows finds the data too old.
        var bench = new Bench(Bench.Options(new StaleData(TimeSpan.FromSeconds(30))), new Scripted((strategy, bar) =>
            strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = bar.Close - 10 })));
        bench.Bar(5000);
        Order first = bench.Submitted.Single();
        bench.Accept(first);
        bench.Bar(5005);
        bench.Wait(TimeSpan.FromMinutes(2));
        bench.Cancel(first);
        Assert.Equal(RiskCode.StaleData, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void TheOrderRateKeepsAFifthForOrdersThatCloseOrProtect()
    {
        int bar = 0;
        var bench = new Bench(Bench.Options(new OrderRate(5, TimeSpan.FromHours(1))), new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = ++bar })));
        for (int i = 0; i < 5; i++)
        {
            bench.Bar(5000);
            foreach (Order order in bench.Submitted.Where(order => order.Status == OrderStatus.Sending).ToList()) bench.Complete(order, 5000m);
        }
        Assert.Equal(4, bench.Submitted.Count());
        Assert.Equal(RiskCode.OrderRate, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        bench.Command(CommandKind.Flatten);
        Assert.Equal(OrderPurpose.Flatten, bench.Submitted.Last().Purpose);
    }

    [Fact]
    public void PausedMeansNoNewRiskAndResumedMeansAsBefore()
    {
        int bar = 0;
        var bench = new Bench(new Scripted((strategy, _) => { if (++bar % 2 == 1) strategy.Long(); else strategy.Flat(); }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Command(CommandKind.Pause);
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Last(), 5000m);
        Assert.Equal(0m, bench.Net);
        bench.Forget();
        bench.Bar(5000);
        Assert.Empty(bench.Submitted);
        bench.Command(CommandKind.Resume);
        bench.Bar(5000);
        bench.Bar(5000);
        Assert.Single(bench.Submitted);
    }

    [Fact]
    public void StopTakesNoMoreSignalsAndCancelsEntries()
    {
        var bench = new Bench(new Scripted((strategy, bar) => strategy.Say(new Wish(SignalAction.Buy, "test") { OrderType = OrderType.Limit, LimitPrice = bar.Close - 5 })));
        bench.Bar(5000);
        bench.Accept(bench.Submitted.Single());
        bench.Command(CommandKind.Stop);
        bench.Cancel(bench.Canceled.Single());
        bench.Bar(5010);
        Assert.Single(bench.Submitted);
        bench.Command(CommandKind.Resume);
        Assert.Equal(TradingState.Halted, bench.Engine.State);
    }

    [Theory]
    [InlineData("0.01", 5000, 4990, 1_000_000, 20)]
    [InlineData("0.01", 5000, 4990, 999_999, 19)]
    [InlineData("0.01", 5000, 5005, 100_000, 4)]
    [InlineData("0.5", 5000, 0, 1_000_000, 2)]
    [InlineData("0.01", 5000, 0, 1_000_000, 0)]
    public void FixedFractionalRisksItsShareOfTheEquityToTheStop(string fraction, double entry, double stop, double equity, double units) =>
        Assert.Equal((decimal)units, new FixedFractional(decimal.Parse(fraction, System.Globalization.CultureInfo.InvariantCulture)).Size(new(Bench.Es, entry, stop, equity)));

    [Fact]
    public void ASizeOfNothingIsRefusedWithItsReason()
    {
        var bench = new Bench(Bench.Options() with { Sizing = new FixedFractional(0.001m) }, new Scripted((strategy, _) => strategy.Long()));
        bench.Bar(5000);
        Assert.Equal(SignalRefusal.SizeIsZero, bench.Of(OutputKind.SignalRefused).First().SignalRefused.Reason);
        Assert.Empty(bench.Submitted);
    }

    private static Bench Wishing(decimal quantity, params IRiskRule[] rules) =>
        new(Bench.Options(rules), new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = quantity })));

    private sealed class Thrower(RiskCode? code) : IRiskRule
    {
        public string Name => "thrower";

        public bool ChecksReductions => false;

        public RiskDecision Check(in OrderDraft draft, IRiskView view) =>
            code is { } denied ? RiskDecision.Deny(denied, 2, 1) : throw new InvalidOperationException("failed on purpose");
    }
}
