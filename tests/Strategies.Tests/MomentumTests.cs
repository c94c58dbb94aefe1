using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Momentum;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>The momentum strategies against their rules written down a second time.</summary>
public sealed class MomentumTests
{
    private static readonly RsiReversion.Options QuickRsi = new() { Period = 2, AtrPeriod = 2, StopAtr = 2 };

    // RSI 2 of these closes by hand: 100, 100 after two rises, then 66.7, 14.3, 7.1 and so on: it crosses 30 on bar 4.
    private static readonly double[] Dip = [100, 101, 102, 101, 98, 97];

    [Fact]
    public void BuysWhenTheRsiCrossesBelow30AndThePositionIsFlat()
    {
        StrategyRun run = StrategyRun.Of(new RsiReversion(QuickRsi), Markets.Closes(Dip), Markets.Plain);
        Said only = Assert.Single(run.Signals);
        Assert.Equal((4, SignalAction.Buy), (only.Bar, only.Action));
    }

    [Fact]
    public void DoesNotBuyAgainWhileItIsLong()
    {
        // 60 after the second fall and below 30 again after the third: a crossing, but the position is not flat.
        Bar[] bars = Markets.Closes([.. Dip, 98.5, 98.3, 95, 94]);
        double[] rsi = Plain.Rsi(Plain.Closes(bars), 2);
        Assert.True(rsi[7] > 30 && rsi[8] < 30);
        StrategyRun run = StrategyRun.Of(new RsiReversion(QuickRsi with { Exit = 99, StopAtr = 0 }), bars, Markets.Plain);
        Assert.Single(run.Wishes, wish => wish.Action == SignalAction.Buy);
    }

    [Fact]
    public void TheStopStandsAMultipleOfTheTrueRangeBelowTheClose()
    {
        Bar[] bars = Markets.Closes(Dip);
        StrategyRun run = StrategyRun.Of(new RsiReversion(QuickRsi), bars, Markets.Plain);
        decimal expected = Math.Round((decimal)(98 - 2 * Plain.Atr(bars, 2)[4]) / 0.25m, MidpointRounding.AwayFromZero) * 0.25m;
        Assert.Equal(expected, run.Signals[0].Stop);
    }

    [Fact]
    public void RsiReversionSpeaksOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] rsi = Plain.Rsi(Plain.Closes(bars), 14);
        StrategyRun run = StrategyRun.Of(new RsiReversion(new() { StopAtr = 0 }), bars);
        IEnumerable<(int, SignalAction)> expected = PlainRule.Walk(bars.Length, 14, (i, position) =>
        {
            if ((position > 0 && rsi[i] >= 50) || (position < 0 && rsi[i] <= 50)) return SignalAction.Close;
            if (position != 0 || i == 14) return null;
            return rsi[i - 1] >= 30 && rsi[i] < 30 ? SignalAction.Buy : rsi[i - 1] <= 70 && rsi[i] > 70 ? SignalAction.Sell : null;
        });
        PlainRule.AssertSame(expected, run);
    }

    [Fact]
    public void MomentumBreakoutSpeaksOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] upper = Plain.Highs(bars, 20), lower = Plain.Lows(bars, 20), speed = Plain.Change(Plain.Closes(bars), 10);
        bool IsAbove(int i) => bars[i].Close > upper[i - 1] && speed[i] >= 0.1;
        bool IsBelow(int i) => bars[i].Close < lower[i - 1] && speed[i] <= -0.1;
        StrategyRun run = StrategyRun.Of(new MomentumBreakout(new() { StopAtr = 0 }), bars);
        IEnumerable<(int, SignalAction)> expected = PlainRule.Walk(bars.Length, 20, (i, position) =>
        {
            if ((position > 0 && speed[i] <= 0) || (position < 0 && speed[i] >= 0)) return SignalAction.Close;
            if (position != 0) return null;
            return IsAbove(i) && (i == 20 || !IsAbove(i - 1)) ? SignalAction.Buy : IsBelow(i) && (i == 20 || !IsBelow(i - 1)) ? SignalAction.Sell : null;
        });
        PlainRule.AssertSame(expected, run);
    }
}
