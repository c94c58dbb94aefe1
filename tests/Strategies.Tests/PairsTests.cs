using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Strategies.Relative;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>The pair against a plain regression over the same bars.</summary>
public sealed class PairsTests
{
    private static readonly Instrument Other = Markets.Nq;

    [Fact]
    public void SpeaksInBothInstrumentsOnTheBarsOfThePlainRule()
    {
        (Bar[] own, Bar[] other) = CointegratedMinutes(1_500, seed: 5);
        StrategyRun run = Run(new() { Lookback = 60, Quantity = 20 }, own, other);
        var expected = PlainRule.Walk(own.Length, 59, PlainPairs(own, other, 60, 2, 0.5, 4)).ToList();
        Assert.True(expected.Count > 20, $"only {expected.Count} occasions");
        Assert.Equal(expected, run.Signals.Where(said => said.Instrument == 0).Select(said => (said.Bar, said.Action)));
        Assert.Equal(expected.Select(each => (each.Bar, Opposite(each.Action))), run.Signals.Where(said => said.Instrument == 1).Select(said => (said.Bar, said.Action)));
    }

    [Fact]
    public void TheOtherLegIsAsLargeAsTheHedgeRatioSays()
    {
        (Bar[] own, Bar[] other) = CointegratedMinutes(400, seed: 5);
        StrategyRun run = Run(new() { Lookback = 60, HedgeRatio = 0.25, Quantity = 8 }, own, other);
        Said first = run.Signals.First(said => said.Instrument == 1);
        // 8 units × 0.25 points × 50 a point of ES over 20 a point of NQ.
        Assert.Equal(5m, first.Quantity);
    }

    [Fact]
    public void AHandOfLessThanALotIsRefusedInSight()
    {
        (Bar[] own, Bar[] other) = CointegratedMinutes(400, seed: 5);
        StrategyRun run = Run(new() { Lookback = 60, HedgeRatio = 0.01, Quantity = 1 }, own, other);
        // 0.01 points × 50 a point of ES over 20 a point of NQ is a fortieth of a contract.
        Assert.Empty(run.Fills);
        Assert.InRange(run.Engine.Strategy(1).Counters.Refused, 1, 20);
    }

    [Fact]
    public void HistoryOfOneAndThenOfTheOtherMakesItReady()
    {
        (Bar[] own, Bar[] other) = CointegratedMinutes(1_500, seed: 5);
        StrategyRun whole = Run(new() { Lookback = 60 }, own, other);
        int cut = whole.Signals.First(said => said.Bar > 700).Bar;
        var restarted = new StrategyRun(new Pairs(new() { Lookback = 60 }), true, Markets.Es, Other);
        foreach (Bar bar in own[(cut - 200)..cut]) restarted.Recall(0, in bar, own[cut].Start);
        foreach (Bar bar in other[(cut - 200)..cut]) restarted.Recall(1, in bar, own[cut].Start);
        restarted.Give(own[cut], other[cut]);
        Assert.Equal(2, restarted.Signals.Count);
    }

    [Fact]
    public void BarsThatOnlyOneHasAreLeftOut()
    {
        (Bar[] own, Bar[] other) = CointegratedMinutes(600, seed: 5);
        int[] common = [.. Enumerable.Range(0, own.Length).Where(i => i % 7 != 3)];
        StrategyRun expected = Run(new() { Lookback = 60 }, [.. common.Select(i => own[i])], [.. common.Select(i => other[i])]);
        var gappy = new StrategyRun(new Pairs(new() { Lookback = 60 }), true, Markets.Es, Other);
        for (int i = 0; i < own.Length; i++)
        {
            // The other instrument has no bar of this minute.
            if (i % 7 == 3) gappy.Give(in own[i]);
            else gappy.Give(in own[i], in other[i]);
        }
        Assert.NotEmpty(expected.Signals);
        Assert.Equal(expected.Signals.Select(said => (common[said.Bar], said.Action, said.Instrument)), gappy.Signals.Select(said => (said.Bar, said.Action, said.Instrument)));
    }

    private static StrategyRun Run(Pairs.Options options, Bar[] own, Bar[] other)
    {
        var run = new StrategyRun(new Pairs(options), true, Markets.Es, Other);
        for (int i = 0; i < own.Length; i++) run.Give(own[i], other[i]);
        return run;
    }

    /// <summary>The rule of the docstring with sums over the last bars, taken afresh for each.</summary>
    private static Func<int, int, SignalAction?> PlainPairs(Bar[] own, Bar[] other, int lookback, double entry, double exit, double stop)
    {
        bool isWaiting = false;
        return (i, position) =>
        {
            double[] y = Plain.Closes(own[(i - lookback + 1)..(i + 1)]), x = Plain.Closes(other[(i - lookback + 1)..(i + 1)]);
            double slope = x.Zip(y, (a, b) => (a - x.Average()) * (b - y.Average())).Sum() / x.Sum(a => (a - x.Average()) * (a - x.Average()));
            double[] spread = [.. x.Zip(y, (a, b) => b - slope * a)];
            double deviation = Math.Sqrt(spread.Sum(value => (value - spread.Average()) * (value - spread.Average())) / lookback);
            double z = (spread[^1] - spread.Average()) / deviation;
            if (Math.Abs(z) <= exit) isWaiting = false;
            if (position == 0) return Math.Abs(z) >= entry && Math.Abs(z) < stop && !isWaiting ? z > 0 ? SignalAction.Sell : SignalAction.Buy : null;
            if (Math.Abs(z) >= stop)
            {
                isWaiting = true;
                return SignalAction.Close;
            }
            return Math.Abs(z) <= exit || position > 0 == z > 0 ? SignalAction.Close : null;
        };
    }

    private static SignalAction Opposite(SignalAction action) => action == SignalAction.Buy ? SignalAction.Sell : action == SignalAction.Sell ? SignalAction.Buy : action;

    /// <summary>The other walks; the own follows it at a quarter with a spread that comes back. Sessions are those of the futures, from a Monday morning on.</summary>
    private static (Bar[] Own, Bar[] Other) CointegratedMinutes(int count, int seed)
    {
        var chance = new Random(seed);
        double walk = 20_000, spread = 0;
        Bar[] own = new Bar[count], other = new Bar[count];
        for (int i = 0; i < count; i++)
        {
            walk += Math.Round(chance.NextDouble() * 40 - 20) * 0.25;
            spread += -0.1 * spread + (chance.NextDouble() - 0.5) * 2;
            double close = Math.Round((5_000 + 0.25 * (walk - 20_000) + spread) * 4) / 4;
            own[i] = Markets.Minute(i, close, close + 0.25, close - 0.25, close);
            other[i] = Markets.Minute(i, walk, walk + 0.25, walk - 0.25, walk);
        }
        return (own, other);
    }
}
