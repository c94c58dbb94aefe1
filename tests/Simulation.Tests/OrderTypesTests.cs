using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Fees;

namespace Tradewind.Simulation.Tests;

/// <summary>Each order type over a short path of prices, as bars and as trades: the fills are worked out by hand and are the same.</summary>
public sealed class OrderTypesTests
{
    private static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private static readonly Timestamp Start = Timestamp.FromUtc(2026, 3, 2, 14, 30);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TargetsCloseInPartsAndTheStopTheRest(bool byTrades)
    {
        Wish wish = new(SignalAction.Buy, "test") { Quantity = 4, StopLoss = 4990, Targets = [ProfitTarget.Part(5010, 0.5), ProfitTarget.Part(5020, 0.25)] };
        Assert.Equal(["Buy 4 at 5000", "Sell 2 at 5011", "Sell 1 at 5021", "Sell 1 at 4990"], Fills(wish, byTrades, 5000, 5000, 5000, 5011, 5012, 5021, 5000, 4990));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfTwoEntriesTheOneThatIsReachedFills(bool byTrades)
    {
        Wish wish = new(SignalAction.Buy, "up")
        {
            Quantity = 2,
            OrderType = OrderType.Stop,
            StopPrice = 5010,
            Or = new Wish(SignalAction.Sell, "down") { Quantity = 3, OrderType = OrderType.Stop, StopPrice = 4990, TakeProfit = 4980 },
        };
        Assert.Equal(["Sell 3 at 4990", "Buy 3 at 4979"], Fills(wish, byTrades, 5000, 5000, 4995, 4990, 4985, 4979, 5015));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheSecondEntryFollowsTheFirst(bool byTrades)
    {
        Wish wish = new(SignalAction.Buy, "in") { Quantity = 1, StopLoss = 4990, Then = new Wish(SignalAction.Buy, "more") { Quantity = 3, OrderType = OrderType.Limit, LimitPrice = 4995 } };
        Assert.Equal(["Buy 1 at 5000", "Buy 2 at 4994", "Sell 3 at 4990"], Fills(wish, byTrades, 5000, 5000, 5000, 4998, 4994, 4996, 4990));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsGoodTillATimeDoesNotFillAfterIt(bool byTrades)
    {
        Wish wish = new(SignalAction.Buy, "dip") { Quantity = 1, OrderType = OrderType.Limit, LimitPrice = 4990, TimeInForce = TimeInForce.Gtd };
        Assert.Equal(["Buy 1 at 4989"], Fills(wish with { GoodTill = Start + TimeSpan.FromMinutes(4) }, byTrades, 5000, 5000, 4995, 4989, 4989, 4989));
        Assert.Equal([], Fills(wish with { GoodTill = Start + TimeSpan.FromMinutes(3) }, byTrades, 5000, 5000, 4995, 4989, 4989, 4989));
        // A minute without data in which it ends.
        Assert.Equal([], Fills(wish with { GoodTill = Start + TimeSpan.FromMinutes(3) }, byTrades, 5000, 5000, double.NaN, 4989, 4989));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ATrailingStopFillsBelowTheBestPrice(bool byTrades)
    {
        Wish wish = new(SignalAction.Buy, "test") { Quantity = 1, Trail = new(Distance.Points(10)) { Every = TimeSpan.Zero } };
        // The best price is 5030, so the stop is at 5020.
        Assert.Equal(["Buy 1 at 5000", "Sell 1 at 5020"], Fills(wish, byTrades, 5000, 5000, 5000, 5015, 5030, 5025, 5020, 5040));
    }

    /// <summary>Every price is a minute: a bar that opens, and closes, there; or one trade in its first second.</summary>
    private static List<string> Fills(Wish wish, bool byTrades, params double[] prices)
    {
        var engine = new Engine(new() { Instruments = [Es], StartingCash = 1_000_000m, AllowShort = true });
        engine.Add(new Once(wish), 0, Timeframe.OneMinute, "once");
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(0m) });
        for (int i = 0; i < prices.Length; i++)
        {
            if (double.IsNaN(prices[i])) continue;
            Timestamp from = Start + TimeSpan.FromMinutes(i);
            if (byTrades) backtest.OnTrade(0, new Trade(from + TimeSpan.FromSeconds(1), prices[i], 1));
            else backtest.OnBar(0, new Bar(from, from + TimeSpan.FromMinutes(1), prices[i], prices[i], prices[i], prices[i], 1));
        }
        return [.. backtest.Tally.Fills.Select(booked => FormattableString.Invariant($"{booked.Fill.Side} {booked.Fill.Quantity} at {booked.Fill.Price:0.##}"))];
    }

    private sealed class Once(Wish wish) : Strategy
    {
        private readonly Wish _wish = wish;
        private bool _isSaid;

        protected override void OnBar(in Bar bar)
        {
            if (_isSaid) return;
            _isSaid = true;
            Emit(in _wish);
        }
    }
}
