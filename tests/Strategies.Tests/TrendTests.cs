using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Tests.Support;
using Tradewind.Strategies.Trend;

namespace Tradewind.Strategies.Tests;

/// <summary>The trend strategies against their rules written down a second time.</summary>
public sealed class TrendTests
{
    private static readonly TrendFollowing.Options QuickTrend = new() { Fast = 3, Slow = 6, Breakout = 4, AtrPeriod = 3, StopAtr = 2 };

    [Fact]
    public void TrendFollowingBuysANewHighestCloseInAnUpTrendAndItsStopOnlyRises()
    {
        double[] closes = [100, 100.5, 100, 100.5, 100, 100.5, 100, 102, 103, 104, 103.5, 105, 104, 106];
        Bar[] bars = Markets.Closes(closes);
        double[] fast = Plain.Ema(closes, 3), slow = Plain.Ema(closes, 6), highest = Plain.Highest(closes, 4), range = Plain.Atr(bars, 3);
        int entry = Enumerable.Range(6, closes.Length - 6).First(i => fast[i] > slow[i] && closes[i] > highest[i - 1]);
        StrategyRun run = StrategyRun.Of(new TrendFollowing(QuickTrend), bars, Markets.Plain);
        Assert.Equal((entry, SignalAction.Buy), run.Wishes.First());
        Assert.Equal(ToTick(closes[entry] - 2 * range[entry]), run.Signals[0].Stop);
        Assert.All(run.Signals.Zip(run.Signals.Skip(1)), pair => Assert.True(pair.Second.Stop > pair.First.Stop));
        Assert.True(run.Signals.Count >= 3, "the stop never moved");
        Assert.All(run.Signals.Skip(1), said => Assert.True(closes[said.Bar] == closes[..(said.Bar + 1)].Max(), "the stop moved without a new best close"));
    }

    [Fact]
    public void TheMovedStopIsTheOneThatFills()
    {
        double[] closes = [100, 100.5, 100, 100.5, 100, 100.5, 100, 102, 103, 104, 106, 108, 110, 112, 100];
        StrategyRun run = StrategyRun.Of(new TrendFollowing(QuickTrend), Markets.Closes(closes), Markets.Plain);
        Filled last = run.Fills[^1];
        Assert.Equal((14, OrderPurpose.StopLoss, 0m), (last.Bar, last.Purpose, last.PositionAfter));
        Assert.Equal(run.Signals.Last(said => said.Action == SignalAction.Buy).Stop, last.Price);
        Assert.True(last.Price > run.Fills[0].Price, "the position was left at its first stop");
    }

    [Fact]
    public void SuperTrendSpeaksOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        bool[] isUp = PlainSuperTrend(bars, 10, 3);
        StrategyRun run = StrategyRun.Of(new SuperTrendReversal(new() { UseStop = false }), bars);
        PlainRule.AssertSame(PlainRule.Walk(bars.Length, 11, (i, _) => isUp[i] == isUp[i - 1] ? null : isUp[i] ? SignalAction.Buy : SignalAction.Sell), run);
    }

    [Fact]
    public void ParabolicSarTurnsOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 2_000);
        (bool[] isUp, double[] next) = PlainSar(bars, 0.02, 0.2);
        StrategyRun run = StrategyRun.Of(new ParabolicSarReversal(new()), bars);
        Said[] turns = [.. run.Signals.Where(said => said.Reason.EndsWith("changed sides", StringComparison.Ordinal))];
        int[] expected = [.. Enumerable.Range(2, bars.Length - 2).Where(i => isUp[i] != isUp[i - 1])];
        Assert.True(expected.Length > 100);
        Assert.Equal(expected, turns.Select(said => said.Bar));
        Assert.All(turns, said => Assert.Equal(isUp[said.Bar] ? SignalAction.Buy : SignalAction.Sell, said.Action));
        Assert.All(run.Signals, said => Assert.True(Math.Abs((double)said.Stop!.Value - next[said.Bar]) <= 0.26, $"bar {said.Bar}: stop {said.Stop}, plain {next[said.Bar]}"));
    }

    [Fact]
    public void IchimokuSpeaksOnTheBarsOfThePlainRule()
    {
        Bar[] bars = Markets.Generated(count: 4_000);
        double[] Middle(int period) => [.. Plain.Highs(bars, period).Zip(Plain.Lows(bars, period), (high, low) => (high + low) / 2)];
        double[] tenkan = Middle(9), kijun = Middle(26), slow = Middle(52);
        double A(int i) => (tenkan[i - 26] + kijun[i - 26]) / 2;
        bool IsUp(int i) => tenkan[i] > kijun[i] && bars[i].Close > Math.Max(A(i), slow[i - 26]) && bars[i].Close > bars[i - 26].Close;
        bool IsDown(int i) => tenkan[i] < kijun[i] && bars[i].Close < Math.Min(A(i), slow[i - 26]) && bars[i].Close < bars[i - 26].Close;
        var options = new IchimokuCloud.Options();
        IEnumerable<(int, SignalAction)> expected = PlainRule.Walk(bars.Length, 77, (i, position) =>
        {
            if (IsUp(i) && (i == 77 || !IsUp(i - 1)) && position <= 0) return SignalAction.Buy;
            if (IsDown(i) && (i == 77 || !IsDown(i - 1)) && position >= 0) return SignalAction.Sell;
            return (position > 0 && bars[i].Close < kijun[i]) || (position < 0 && bars[i].Close > kijun[i]) ? SignalAction.Close : null;
        });
        StrategyRun run = StrategyRun.Of(new IchimokuCloud(options), bars);
        // The plain rule knows no stops: it is compared up to the first one that filled.
        int end = run.Fills.FirstOrDefault(fill => fill.Purpose == OrderPurpose.StopLoss)?.Bar ?? bars.Length;
        List<(int Bar, SignalAction)> wanted = [.. expected.Where(each => each.Item1 < end)];
        Assert.True(wanted.Count >= 10, $"only {wanted.Count} occasions before the first stop on bar {end}");
        Assert.Equal(wanted, run.Wishes.Where(wish => wish.Bar < end));
    }

    private static decimal ToTick(double price) => Math.Round((decimal)price / 0.25m, MidpointRounding.AwayFromZero) * 0.25m;

    private static bool[] PlainSuperTrend(Bar[] bars, int period, double multiplier)
    {
        double[] atr = Plain.Atr(bars, period);
        var isUp = new bool[bars.Length];
        double upper = 0, lower = 0;
        for (int i = period; i < bars.Length; i++)
        {
            double middle = (bars[i].High + bars[i].Low) / 2, up = middle + multiplier * atr[i], down = middle - multiplier * atr[i];
            upper = i == period || up < upper || bars[i - 1].Close > upper ? up : upper;
            lower = i == period || down > lower || bars[i - 1].Close < lower ? down : lower;
            isUp[i] = i > period && (isUp[i - 1] ? bars[i].Close >= lower : bars[i].Close > upper);
        }
        return isUp;
    }

    /// <summary>Wilder's rules bar by bar: the side after each bar, and the stop for the bar to come.</summary>
    private static (bool[] IsUp, double[] Next) PlainSar(Bar[] bars, double step, double max)
    {
        var isUp = new bool[bars.Length];
        double[] next = Plain.Blank(bars.Length);
        bool up = bars[0].Low - bars[1].Low <= Math.Max(bars[1].High - bars[0].High, 0);
        double sar = up ? bars[0].Low : bars[0].High, extreme = up ? bars[1].High : bars[1].Low, speed = step;
        for (int i = 1; i < bars.Length; i++)
        {
            (double high, double low) = (bars[i].High, bars[i].Low);
            (double lastHigh, double lastLow) = i == 1 ? (high, low) : (bars[i - 1].High, bars[i - 1].Low);
            if (up ? low <= sar : high >= sar)
            {
                up = !up;
                double start = up ? Math.Min(extreme, Math.Min(low, lastLow)) : Math.Max(extreme, Math.Max(high, lastHigh));
                extreme = up ? high : low;
                speed = step;
                sar = start + speed * (extreme - start);
            }
            else
            {
                if (up ? high > extreme : low < extreme) (extreme, speed) = (up ? high : low, Math.Min(speed + step, max));
                sar += speed * (extreme - sar);
            }
            sar = up ? Math.Min(sar, Math.Min(low, lastLow)) : Math.Max(sar, Math.Max(high, lastHigh));
            (isUp[i], next[i]) = (up, sar);
        }
        return (isUp, next);
    }
}
