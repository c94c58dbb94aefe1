using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Statistics;

namespace Tradewind.Simulation.Tests;

/// <summary>The end of a backtest.</summary>
public sealed class FinishTests
{
    private static readonly Instrument Instrument = new("TST", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance);

    [Fact]
    public void StrategiesAreToldOnceThatItIsOver()
    {
        var strategy = new Scripted((_, _) => { });
        Run(strategy, 3);

        Assert.Equal((3, 1), (strategy.Bars, strategy.Stops));
    }

    /// <summary>An order of the last bar never fills: an entry is canceled, one that closes is left, and neither is sent again or denied.</summary>
    [Theory]
    [InlineData(false, 1, 0)]
    [InlineData(true, 2, 1)]
    public void WhatWasOrderedOnTheLastBarCountsOnce(bool closes, long orders, int working)
    {
        Backtest backtest = Run(new Scripted((me, bar) => { if (bar == (closes ? 0 : 2)) me.Long(); if (closes && bar == 2) me.Flat(); }), 3, out Engine engine);

        Assert.Equal((orders, 0L, working), (backtest.Tally.Orders, backtest.Tally.DeniedOrders, engine.Market(0).Working.Count));
        Assert.Equal(closes ? 1m : 0m, engine.Account.PositionOf(0).Quantity);
    }

    [Fact]
    public void WhatIsWishedAtTheEndIsNotTaken()
    {
        Backtest backtest = Run(new Scripted((_, _) => { }) { BuysAtTheEnd = true }, 3, out Engine engine);

        Assert.Equal((0L, 1L), (backtest.Tally.Orders, BacktestResult.Of(engine, backtest.Tally).Strategy.Refused));
    }

    private static void Run(Scripted strategy, int bars) => Run(strategy, bars, out _);

    private static Backtest Run(Scripted strategy, int bars, out Engine engine)
    {
        engine = new Engine(new EngineOptions { Instruments = [Instrument] });
        engine.Add(strategy, 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions());
        for (int i = 0; i < bars; i++)
        {
            Timestamp start = Timestamp.FromUtc(2024, 3, 5, 14, 30) + TimeSpan.FromMinutes(i);
            backtest.OnBar(0, new Bar(start, start + TimeSpan.FromMinutes(1), 100, 101, 99, 100, 1));
        }
        backtest.Finish();
        return backtest;
    }

    private sealed class Scripted(Action<Scripted, int> act) : Strategy
    {
        private readonly Action<Scripted, int> _act = act;

        public bool BuysAtTheEnd { get; init; }

        public int Bars { get; private set; }

        public int Stops { get; private set; }

        public void Long() => Buy("test");

        public void Flat() => Close("test");

        protected override void OnBar(in Bar bar) => _act(this, Bars++);

        protected override void OnStop()
        {
            Stops++;
            if (BuysAtTheEnd) Buy("too late");
        }
    }
}
