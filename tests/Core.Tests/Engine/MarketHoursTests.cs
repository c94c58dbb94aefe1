using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Index futures of CME trade until 16:00 in Chicago and again from 17:00; Friday's close is the week's. In November that is 22:00 UTC.</summary>
public sealed class MarketHoursTests
{
    [Theory]
    [InlineData("2026-11-19T21:58:00Z", 0, true)]
    [InlineData("2026-11-19T21:59:00Z", 0, false)]
    [InlineData("2026-11-19T22:30:00Z", 0, false)]
    [InlineData("2026-11-19T22:58:00Z", 0, false)]
    [InlineData("2026-11-19T22:59:00Z", 0, true)]
    [InlineData("2026-11-20T22:59:00Z", 0, false)]
    [InlineData("2026-11-22T22:59:00Z", 0, true)]
    [InlineData("2026-11-19T21:43:00Z", 15, true)]
    [InlineData("2026-11-19T21:44:00Z", 15, false)]
    [InlineData("2026-11-27T18:13:00Z", 0, true)]
    [InlineData("2026-11-27T18:14:00Z", 0, false)]
    public void NewRiskIsTakenOnlyInTheSession(string barStart, int quietMinutes, bool isTaken)
    {
        // The decision falls when the bar ends, a minute after its start. The day after Thanksgiving ends at 12:15 in Chicago.
        List<Output> outputs = Decide(SignalAction.Buy, barStart, held: 0, new MarketHours(TimeSpan.FromMinutes(quietMinutes)));

        Assert.Equal(isTaken, outputs.Exists(output => output.Kind == OutputKind.OrderSubmitted));
        if (!isTaken) Assert.Equal(RiskCode.MarketClosed, outputs.Single(output => output.Kind == OutputKind.OrderDenied).OrderDenied.Code);
    }

    [Fact]
    public void APositionMayBeClosedInTheQuietTime()
    {
        List<Output> outputs = Decide(SignalAction.Close, "2026-11-19T21:50:00Z", held: 1, new MarketHours(TimeSpan.FromMinutes(15)));

        Assert.Contains(outputs, output => output.Kind == OutputKind.OrderSubmitted);
    }

    [Fact]
    public void TheSameOrderIsNotSentTwiceWithinTheWindow()
    {
        var bench = new Bench(Bench.Options(new DuplicateOrder(TimeSpan.FromMinutes(3))), new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = strategy.Held + 1 })));

        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);
        Assert.Equal(RiskCode.Duplicate, bench.Of(OutputKind.OrderDenied).Single().OrderDenied.Code);
        Assert.Equal(1m, bench.Net);
    }

    [Fact]
    public void AfterTheWindowItMayBeSentAgain()
    {
        var bench = new Bench(Bench.Options(new DuplicateOrder(TimeSpan.FromSeconds(60))), new Scripted((strategy, _) => strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = strategy.Held + 1 })));

        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Bar(5000);

        Assert.Equal(2, bench.Submitted.Count());
    }

    [Theory]
    [InlineData(59.999, false)]
    [InlineData(60, true)]
    public void ForAMinuteAfterTheVenueSaidThatItDoesNotTradeThereIsNoNewRisk(double seconds, bool isTaken)
    {
        bool wants = false;
        var bench = new Bench(Bench.Options(new MarketHours()), new Scripted((_, _) => { }), new Asking(() => wants));
        bench.Bar(5000);
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.NotTrading), "not now"));
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.NotTrading), "not now"));
        Assert.Single(bench.Alerts, alert => alert.Contains("ES does not trade at the venue (not now)", StringComparison.Ordinal));
        bench.Wait(TimeSpan.FromSeconds(seconds));
        wants = true;
        bench.Price(5000);

        Assert.Equal(isTaken, bench.Submitted.Any());
        if (isTaken) return;
        RiskDecision denied = bench.Of(OutputKind.RiskChecked).Last().RiskChecked.Result;
        Assert.Equal((RiskCode.NotTrading, 0.001, 0.0), (denied.Code, Math.Round(denied.Measured, 6), denied.Limit));
        Assert.Equal("the venue does not trade the instrument now: new risk may be tried again in 0.001 s", denied.Sentence());
    }

    [Fact]
    public void WhatClosesIsTriedInAHaltTooAndASnapshotKnowsOfIt()
    {
        bool wants = true;
        Bench Make() => new(Bench.Options(new MarketHours()), new Asking(() => wants));
        Bench bench = Make();
        bench.Price(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        bench.Give(new Input(0, bench.Engine.Now, new AccountEvent(AccountEventKind.NotTrading), "not now"));
        Bench other = Make();
        other.Engine.Restore(bench.Engine.TakeSnapshot());
        Assert.Equal(bench.Engine.TakeSnapshot(), other.Engine.TakeSnapshot());
        wants = false;
        bench.Forget();
        bench.Price(5000);

        Assert.Equal(Side.Sell, bench.Submitted.Single().Side);
    }

    /// <summary>Is long or flat, as it is told at each trade.</summary>
    private sealed class Asking(Func<bool> wants) : Core.Strategies.Strategy
    {
        private readonly Func<bool> _wants = wants;

        protected override void OnBar(in Bar bar)
        {
        }

        protected override void OnTrade(in Trade trade)
        {
            if (_wants()) Buy("test");
            else Close("test");
        }
    }

    private static List<Output> Decide(SignalAction action, string barStart, decimal held, IRiskRule rule)
    {
        var es = new Instrument("ES", AssetClass.Future, 0.25m, 50m, Calendars.CmeEquity) { MarginRate = 0.1 };
        var strategy = new Scripted((scripted, _) => scripted.Say(new Wish(scripted.Asked == 1 && held > 0 ? SignalAction.Buy : action, "test")));
        var engine = new Core.Engine.Engine(new EngineOptions { Instruments = [es], StartingCash = 1_000_000m, AllowShort = true, Rules = [rule] });
        engine.Add(strategy, 0, Timeframe.OneMinute);
        Timestamp start = Timestamp.From(DateTimeOffset.Parse(barStart, System.Globalization.CultureInfo.InvariantCulture));
        if (held > 0)
        {
            foreach (Output output in engine.Process(new Input(0, MinuteAt(start - TimeSpan.FromHours(1)))))
            {
                if (output.Kind != OutputKind.OrderSubmitted) continue;
                engine.Process(new Input(start - TimeSpan.FromMinutes(50), new BrokerEvent(BrokerEventKind.Filled, output.Order.Id, 1, output.Order.Quantity, 5000m, 0m)));
                break;
            }
        }
        return [.. engine.Process(new Input(0, MinuteAt(start))).ToArray()];
    }

    private static Bar MinuteAt(Timestamp start) => new(start, start + TimeSpan.FromMinutes(1), 5000, 5000, 5000, 5000, 1);
}
