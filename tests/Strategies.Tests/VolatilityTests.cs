using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Tests.Support;
using Tradewind.Strategies.Volatility;

namespace Tradewind.Strategies.Tests;

/// <summary>The volatility strategies against their rules written down a second time.</summary>
public sealed class VolatilityTests
{
    [Fact]
    public void VolatilityBreakoutGoesWithALargeMoveForItsNumberOfBars()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] atr = Plain.Atr(bars, 14);
        int entered = 0;
        StrategyRun run = StrategyRun.Of(new VolatilityBreakout(new() { StopAtr = 0, HoldBars = 7 }), bars);
        PlainRule.AssertSame(PlainRule.Walk(bars.Length, 15, (i, position) =>
        {
            if (position != 0) return i - entered == 7 ? SignalAction.Close : null;
            double move = bars[i].Close - bars[i - 1].Close;
            if (Math.Abs(move) <= 1.5 * atr[i - 1]) return null;
            entered = i;
            return move > 0 ? SignalAction.Buy : SignalAction.Sell;
        }), run);
    }

    [Fact]
    public void AtrTrailingStopTurnsOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] atr = Plain.Atr(bars, 7);
        int side = 1, since = 7;
        double line = bars[7].Close - 3 * atr[7];
        StrategyRun run = StrategyRun.Of(new AtrTrailingStop(new() { UseStop = false }), bars);
        PlainRule.AssertSame(PlainRule.Walk(bars.Length, 8, (i, _) =>
        {
            bool isBroken = side > 0 ? bars[i].Close < line : bars[i].Close > line;
            if (isBroken) (side, since) = (-side, i);
            double[] closes = Plain.Closes(bars[since..(i + 1)]);
            double wanted = side > 0 ? closes.Max() - 3 * atr[i] : closes.Min() + 3 * atr[i];
            line = isBroken ? wanted : side > 0 ? Math.Max(line, wanted) : Math.Min(line, wanted);
            return isBroken ? side > 0 ? SignalAction.Buy : SignalAction.Sell : null;
        }), run);
    }

    [Fact]
    public void AtrTrailingStopKeepsItsStopAtTheLine()
    {
        double[] closes = [100, 101, 100, 101, 95, 94, 93, 92, 91, 97];
        Bar[] bars = Markets.Closes(closes);
        StrategyRun run = StrategyRun.Of(new AtrTrailingStop(new() { AtrPeriod = 2, Multiplier = 1 }), bars, Markets.Plain);
        double[] atr = Plain.Atr(bars, 2);
        Said entry = run.Signals[0];
        Assert.Equal(SignalAction.Sell, entry.Action);
        Assert.Equal(Math.Round((decimal)(closes[entry.Bar] + atr[entry.Bar]) / 0.25m, MidpointRounding.AwayFromZero) * 0.25m, entry.Stop);
        Said[] moved = [.. run.Signals.TakeWhile(said => said.Action == SignalAction.Sell)];
        Assert.True(moved.Length >= 3, "the stop never moved");
        Assert.All(moved.Zip(moved.Skip(1)), pair => Assert.True(pair.Second.Stop < pair.First.Stop));
    }
}
