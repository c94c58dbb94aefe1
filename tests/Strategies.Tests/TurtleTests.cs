using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Tests.Support;
using Tradewind.Strategies.Trend;

namespace Tradewind.Strategies.Tests;

/// <summary>The Turtle rules one by one, on bars made by hand.</summary>
public sealed class TurtleTests
{
    private static readonly Turtle.Options Quick = new() { EntryBars = 4, ExitBars = 2, FailsafeBars = 4, AtrPeriod = 4, SkipAfterWinner = false, UnitQuantity = 2 };

    // Bars of a range of one point each, so that the average true range is 1 while they stand still.
    private static readonly double[] Flat = [100, 100, 100, 100, 100, 100];

    [Fact]
    public void BuysOneUnitOnACloseAboveTheChannelWithTheStopTwoRangesBelow()
    {
        StrategyRun run = Run(Quick, [.. Flat, 101]);
        Said entry = run.Signals[0];
        Assert.Equal((6, SignalAction.Buy, 2m, 99m), (entry.Bar, entry.Action, entry.Quantity, entry.Stop));
    }

    [Fact]
    public void AddsAUnitAtEachHalfRangeAndMovesTheStopOfAllBehindTheLast()
    {
        StrategyRun run = Run(Quick, [.. Flat, 101, 101.25, 101.75, 102.25, 102.75, 103.25]);
        Filled[] fills = [.. run.Fills.Where(fill => fill.Purpose == OrderPurpose.Target)];
        // Filled at the opens 101, 101.75, 102.25 and 102.75: after each, half a range more is asked for; four units are the most.
        Assert.Equal([(101m, 2m), (101.75m, 4m), (102.25m, 6m), (102.75m, 8m)], fills.Select(fill => (fill.Price, fill.PositionAfter)));
        Assert.Equal(100.75m, run.Signals[^1].Stop);
    }

    [Fact]
    public void AllUnitsLeaveTogetherAtTheStop()
    {
        StrategyRun run = Run(Quick, [.. Flat, 101, 101.25, 101.75, 102.25, 99]);
        Filled last = run.Fills[^1];
        Assert.Equal((OrderPurpose.StopLoss, 0m, -6m), (last.Purpose, last.PositionAfter, last.Signed));
    }

    [Fact]
    public void LeavesOnACloseBelowTheExitChannel()
    {
        StrategyRun run = Run(Quick with { StopRanges = 20 }, [.. Flat, 101, 101.25, 101, 100]);
        // The lows of the two bars before are 100.5 (from 101) and 100.5: the close of 100 is below both.
        Assert.Equal((9, SignalAction.Close), run.Wishes.Last());
    }

    [Fact]
    public void AUnitIsTheQuantityThatLosesTheRiskOnOneRange()
    {
        StrategyRun run = Run(Quick with { UnitQuantity = 0, RiskFraction = 0.001 }, [.. Flat, 101]);
        // 0.1 % of 1,000,000 is 1,000; one range is 1 point of 50: twenty units.
        Assert.Equal(20m, run.Signals[0].Quantity);
    }

    [Fact]
    public void AUnitIsSmallerWhereAllUnitsTogetherWouldTieUpTooMuch()
    {
        StrategyRun run = Run(Quick with { UnitQuantity = 0, RiskFraction = 0.2 }, [.. Flat, 101]);
        // The range would allow 4,000. A unit ties up a tenth of 101 times 50, which is 505: 0.8 of 1,000,000 carries 1,584, a fourth of that each.
        Assert.Equal(396m, run.Signals[0].Quantity);
    }

    [Fact]
    public void ThereAreFewerUnitsWhereTheEquityCarriesNoMoreLots()
    {
        Instrument dear = Markets.Plain with { MarginPerUnit = 300_000m };
        StrategyRun run = StrategyRun.Of(new Turtle(Quick with { UnitQuantity = 0, RiskFraction = 0.2 }), Markets.Closes([.. Flat, 101, 101.5, 102, 102.5, 103, 103.5, 104]), dear);
        Assert.Equal([1m, 2m], run.Fills.Select(fill => fill.PositionAfter));
    }

    [Fact]
    public void AUnitBelowALotIsRefusedInSightInsteadOfNeverAsked()
    {
        Instrument large = new("LARGE", AssetClass.Future, 0.25m, 5000m, Core.Market.ContinuousCalendar.Instance) { MarginRate = 0.1 };
        StrategyRun run = StrategyRun.Of(new Turtle(Quick with { UnitQuantity = 0, RiskFraction = 0.001 }), Markets.Closes([.. Flat, 101]), large);
        Assert.Equal((1L, 0), (run.Strategy.Counters.Refused, run.Fills.Count));
    }

    [Fact]
    public void AStopOfATickStaysWhereItIsAfterARestart()
    {
        // A point up with each bar and no shadows; a tenth of the range is less than a tick.
        Bar[] bars = [.. Enumerable.Range(0, 14).Select(i => Markets.Minute(i, 100 + i, 101 + i, 100 + i, 101 + i))];
        Turtle.Options narrow = Quick with { StopRanges = 0.1, MaxUnits = 1 };
        StrategyRun run = StrategyRun.Of(new Turtle(narrow), bars.AsSpan(0, 12).ToArray(), Markets.Plain);
        decimal stop = Stop();

        run.Restart(new Turtle(narrow), bars.AsSpan(0, 12));
        foreach (Bar bar in bars.AsSpan(12)) run.Give(in bar);

        Assert.Equal((2m, stop), (run.Strategy.Position.Quantity, Stop()));

        decimal Stop() => run.Engine.Market(0).Working.Single(order => order.Purpose == OrderPurpose.StopLoss).StopPrice;
    }

    [Fact]
    public void ABreakoutAfterAWinnerIsLeftOutUnlessItIsBeyondTheFailsafe()
    {
        // A winner: in at 101, out far above. Then quiet, then a small breakout of the four bars before, below the failsafe's high.
        double[] winner = [.. Flat, 100, 100, 100, 100, 101, 104, 108, 112, 116, 110, 108, 108, 108, 108, 108, 109.5];
        Turtle.Options careful = Quick with { FailsafeBars = 8, StopRanges = 10, MaxUnits = 1 };
        Assert.Single(Run(careful with { SkipAfterWinner = true }, winner).Wishes, wish => wish == (10, SignalAction.Buy));
        Assert.DoesNotContain(Run(careful with { SkipAfterWinner = true }, winner).Wishes, wish => wish.Bar == winner.Length - 1);
        Assert.Contains(Run(careful, winner).Wishes, wish => wish == (winner.Length - 1, SignalAction.Buy));
        Assert.Contains(Run(careful with { SkipAfterWinner = true, FailsafeBars = 4 }, winner).Wishes, wish => wish == (winner.Length - 1, SignalAction.Buy));
    }

    private static StrategyRun Run(Turtle.Options options, double[] closes) => StrategyRun.Of(new Turtle(options), Markets.Closes(closes), Markets.Plain);
}
