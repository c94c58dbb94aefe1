using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>A session that is ended and begun again, in the middle of a position or without one: the strategy goes on, and never leaves a position without the stop that it had.</summary>
public sealed class RestartTests
{
    private const int Past = 2_500;
    private const int Last = 6_000;
    private const int After = 300;

    /// <summary>Those whose memory comes from bars, or from what the engine keeps, alone. Turtle and grid remember their own fills.</summary>
    public static TheoryData<string> Exact => new(
        "moving-average-cross", "macd-crossover", "rsi-reversion", "momentum-breakout", "trend-following", "parabolic-sar", "supertrend", "ichimoku",
        "bollinger-reversion", "volatility-breakout", "atr-trailing-stop", "vwap-reversion", "opening-range-breakout");

    public static TheoryData<string> WithStops => new("turtle", "grid", "trend-following", "parabolic-sar", "supertrend", "atr-trailing-stop");

    private static readonly Bar[] Bars = Markets.Generated(count: Last + After);

    [Theory]
    [MemberData(nameof(Exact))]
    public void ItGoesOnAsIfItHadNeverStopped(string name)
    {
        (List<State> always, int[] stops) = Always(name);
        int compared = 0;
        foreach (int stop in stops)
        {
            StrategyRun run = StoppedAfter(name, stop);
            for (int i = stop + 1; i <= stop + After; i++)
            {
                run.Give(in Bars[i]);
                Assert.True(always[i] == State.Of(run), $"stopped after bar {stop}, bar {i}: always {always[i]}, again {State.Of(run)}");
            }
            compared += Enumerable.Range(stop, After).Count(i => always[i].Position != always[i + 1].Position);
        }
        Assert.True(compared > 10, $"only {compared} changes of the position to compare");
    }

    [Theory]
    [MemberData(nameof(WithStops))]
    public void WhatItHoldsKeepsItsSizeAndItsStopIsNeverMovedAway(string name)
    {
        (List<State> always, int[] stops) = Always(name);
        int held = 0;
        foreach (int stop in stops.Where(stop => always[stop].Position != 0))
        {
            StrategyRun run = StoppedAfter(name, stop);
            State before = always[stop];
            Assert.Equal(before, State.Of(run));
            int direction = Math.Sign(before.Position);
            for (int i = stop + 1; i <= stop + After; i++)
            {
                run.Give(in Bars[i]);
                State now = State.Of(run);
                if (Math.Sign(now.Position) != direction) break;
                Assert.True((now.Stop - before.Stop) * direction >= 0, $"stopped after bar {stop}, bar {i}: the stop went from {before.Stop} to {now.Stop} while {now.Position} was held");
                if (i == stop + 1 && name == "turtle") Assert.Equal(before.Position, now.Position);
                before = now;
                held++;
            }
        }
        Assert.True(held > 20, $"only {held} bars with a position that had been carried over");
    }

    /// <summary>A grid that was carried over gives its units back when the price comes back, and lays the next one.</summary>
    [Fact]
    public void AGridThatIsCarriedOverEndsAndAnotherBegins()
    {
        (List<State> always, int[] stops) = Always("grid");
        int stop = stops.First(stop => always[stop].Position != 0);
        StrategyRun run = StoppedAfter("grid", stop);
        int before = run.Fills.Count;
        for (int i = stop + 1; i < Bars.Length; i++) run.Give(in Bars[i]);

        Assert.Contains(run.Fills.Skip(before), fill => fill.PositionAfter == 0);
        Assert.True(run.Fills.Count > before + 10, $"{run.Fills.Count - before} fills after the restart");
    }

    private static StrategyRun StoppedAfter(string name, int last)
    {
        var run = new StrategyRun(New(name), true, Markets.Es);
        for (int i = 0; i <= last; i++) run.Give(in Bars[i]);
        run.Restart(New(name), Bars.AsSpan(0, last + 1));
        return run;
    }

    /// <summary>What it holds after each bar where it never stops, and some bars after which nothing is on its way: with a position where there is one.</summary>
    private static (List<State> States, int[] Stops) Always(string name)
    {
        var run = new StrategyRun(New(name), true, Markets.Es);
        List<State> states = [];
        List<int> quiet = [];
        for (int i = 0; i < Bars.Length; i++)
        {
            run.Give(in Bars[i]);
            states.Add(State.Of(run));
            bool isQuiet = !run.Engine.Market(0).Working.Any(order => order.Purpose == OrderPurpose.Target);
            if (i is >= Past and < Last && isQuiet) quiet.Add(i);
        }
        int[] held = [.. quiet.Where(i => states[i].Position != 0)], flat = [.. quiet.Where(i => states[i].Position == 0)];
        return (states, [.. Spread(held, 8), .. Spread(flat, 3)]);
    }

    private static IEnumerable<int> Spread(int[] of, int count) => Enumerable.Range(0, Math.Min(count, of.Length)).Select(i => of[i * of.Length / Math.Min(count, of.Length)]);

    private static Strategy New(string name) => StrategyLibrary.BuiltIn.Find(name).Configure([]).Create(Markets.Es);

    /// <summary>What is held, and the price of the stop that works for it; 0 for none.</summary>
    private readonly record struct State(decimal Position, decimal Stop)
    {
        public static State Of(StrategyRun run) => new(
            run.Strategy.Position.Quantity,
            run.Engine.Market(0).Working.Where(order => order.Purpose == OrderPurpose.StopLoss).Select(order => order.StopPrice).SingleOrDefault());
    }
}
