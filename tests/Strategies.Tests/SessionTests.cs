using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Session;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>Strategies that live by the session of their instrument, against their rules written down a second time.</summary>
public sealed class SessionTests
{
    private static readonly Instrument Stock = new("SPY", AssetClass.Equity, 0.01m, 1m, Calendars.UsEquity);

    // 2025-03-03 is a Monday; New York opens at 09:30, which is 14:30 UTC before the change of clocks.
    private static readonly Timestamp Open = Timestamp.FromUtc(2025, 3, 3, 14, 30);

    [Fact]
    public void BuysTheFirstCloseAboveTheOpeningRangeWithTheStopAtItsOtherEnd()
    {
        StrategyRun run = StrategyRun.Of(new OpeningRangeBreakout(new() { RangeMinutes = 3, TargetRisks = 2 }), Minutes(100, 101, 99.5, 100.5, 101.2, 101.9, 103), Stock);
        Said only = Assert.Single(run.Signals);
        // Range: 99.4 to 101.1, shadows included; 101.2 is the first close above it.
        Assert.Equal((4, SignalAction.Buy, 99.4m, 104.8m), (only.Bar, only.Action, only.Stop, only.Target));
    }

    [Fact]
    public void SellsTheFirstCloseBelowTheOpeningRange()
    {
        StrategyRun run = StrategyRun.Of(new OpeningRangeBreakout(new() { RangeMinutes = 3 }), Minutes(100, 101, 99.5, 100.5, 99.2, 99, 98), Stock);
        Said only = Assert.Single(run.Signals);
        Assert.Equal((4, SignalAction.Sell, 101.1m), (only.Bar, only.Action, only.Stop));
    }

    [Fact]
    public void NothingIsHeldWhenTheSessionEnds()
    {
        // The range ends at 100.39, the close of minute 29 with its shadow; minute 40 is the first to close above it.
        Bar[] day = Minutes([.. Enumerable.Range(0, 390).Select(i => 100 + i * 0.01)]);
        StrategyRun run = StrategyRun.Of(new OpeningRangeBreakout(new() { RangeMinutes = 30 }), day, Stock);
        Assert.Equal([(40, SignalAction.Buy), (384, SignalAction.Close)], run.Wishes);
        Assert.Equal(0m, run.Fills[^1].PositionAfter);
    }

    [Fact]
    public void TheRangeMayStartLaterThanTheSession()
    {
        // The first two minutes are wild and do not count; the range is that of the third.
        StrategyRun run = StrategyRun.Of(new OpeningRangeBreakout(new() { OffsetMinutes = 2, RangeMinutes = 1 }), Minutes(110, 90, 90.5, 91, 92), Stock);
        Assert.Equal((3, SignalAction.Buy), run.Wishes.First());
    }

    [Fact]
    public void EachSideOfARangeIsTradedOnce()
    {
        StrategyRun run = StrategyRun.Of(new OpeningRangeBreakout(new() { RangeMinutes = 2, TargetRisks = 0.1 }), Minutes(100, 100.5, 101.5, 103, 100.2, 101.5, 101.6, 101.7), Stock);
        Assert.Single(run.Wishes, wish => wish.Action == SignalAction.Buy);
        Assert.Contains(run.Fills, fill => fill.Purpose == OrderPurpose.TakeProfit);
    }

    [Fact]
    public void VwapReversionSpeaksOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        (double[] mean, double[] reach, int[] ages) = PlainVwap(bars, 2);
        SessionCalendar calendar = Markets.Es.Calendar;
        bool IsLow(int i) => reach[i] > 0 && bars[i].Close <= mean[i] - reach[i];
        bool IsHigh(int i) => reach[i] > 0 && bars[i].Close >= mean[i] + reach[i];
        bool IsNew(int i, Func<int, bool> holds) => holds(i) && (ages[i] == 1 || !holds(i - 1));
        StrategyRun run = StrategyRun.Of(new VwapReversion(new() { StopBands = 0 }, new(Markets.Es, StrategyLibrary.BuiltIn)), bars);
        PlainRule.AssertSame(PlainRule.Walk(bars.Length, 0, (i, position) =>
        {
            bool isLate = bars[i].End >= calendar.SessionAt(bars[i].Start).Close - TimeSpan.FromMinutes(5);
            if (isLate || (position > 0 && bars[i].Close >= mean[i]) || (position < 0 && bars[i].Close <= mean[i])) return position == 0 ? null : SignalAction.Close;
            if (position != 0 || ages[i] <= 15) return null;
            return IsNew(i, IsLow) ? SignalAction.Buy : IsNew(i, IsHigh) ? SignalAction.Sell : null;
        }), run);
    }

    [Fact]
    public void VwapReversionNeedsVolume()
    {
        Bar[] bars = [.. Markets.Generated(count: 2_000).Select(bar => bar with { Volume = 0 })];
        Assert.Empty(StrategyRun.Of(new VwapReversion(new(), new(Markets.Es, StrategyLibrary.BuiltIn)), bars).Signals);
    }

    /// <summary>Mean, distance of the band, and number of bars so far of each bar's session, summed afresh for each bar.</summary>
    private static (double[] Mean, double[] Reach, int[] Ages) PlainVwap(Bar[] bars, double deviations)
    {
        double[] mean = Plain.Blank(bars.Length), reach = Plain.Blank(bars.Length);
        var ages = new int[bars.Length];
        int first = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            if (Markets.Es.Calendar.SessionAt(bars[i].Start) != Markets.Es.Calendar.SessionAt(bars[first].Start)) first = i;
            Bar[] day = bars[first..(i + 1)];
            double volume = day.Sum(bar => bar.Volume);
            double Typical(Bar bar) => (bar.High + bar.Low + bar.Close) / 3;
            mean[i] = volume > 0 ? day.Sum(bar => bar.Volume * Typical(bar)) / volume : Typical(bars[i]);
            double variance = volume > 0 ? day.Sum(bar => bar.Volume * Math.Pow(Typical(bar) - mean[i], 2)) / volume : 0;
            reach[i] = deviations * Math.Sqrt(variance);
            ages[i] = day.Length;
        }
        return (mean, reach, ages);
    }

    private static Bar[] Minutes(params double[] closes) => [.. closes.Select((close, i) =>
    {
        double open = i == 0 ? close : closes[i - 1];
        Timestamp start = Open + TimeSpan.FromMinutes(i);
        return new Bar(start, start + TimeSpan.FromMinutes(1), open, Math.Max(open, close) + 0.1, Math.Min(open, close) - 0.1, close, 100);
    })];
}
