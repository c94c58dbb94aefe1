using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Simulation.Fills;
using Tradewind.Simulation.Statistics;
using Tradewind.Simulation.Tests.Statistics;

namespace Tradewind.Simulation.Tests;

/// <summary>Histories of several instruments in one backtest.</summary>
public sealed class JointRunTests
{
    private static readonly Timestamp Start = Timestamp.FromUtc(2024, 3, 5, 14, 30);
    private static readonly Instrument A = new("AAA", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance);
    private static readonly Instrument B = new("BBB", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void OneHistoryAloneGivesWhatAnOrdinaryRunGives(int seed)
    {
        foreach (IFillModel fills in new IFillModel[] { new NextOpen(), new ThisClose(), new Intrabar() })
        {
            var run = new RandomRun(seed);
            BacktestResult plain = run.Run(out Tally tally, fills), joint = run.RunJointly(out Tally jointTally, fills);

            Assert.Equal(plain with { Instruments = [] }, joint with { Instruments = [], Denials = plain.Denials });
            Assert.Equal(plain.Denials, joint.Denials);
            Assert.Equal(tally.Days, jointTally.Days);
            Assert.Equal(tally.Fills, jointTally.Fills);
        }
    }

    [Fact]
    public void AHedgedPairHasNoDrawdownBetweenItsLegs()
    {
        double[] closes = [100, 110, 90, 120, 80, 100];
        Backtest backtest = Run(new Scripted((me, bar) => { if (bar == 1) { me.Own(SignalAction.Buy); me.Other(SignalAction.Sell); } }), Minutes(closes), Minutes(closes), new NextOpen(), out Engine engine);

        Assert.Equal((1m, -1m), (engine.Account.PositionOf(0).Quantity, engine.Account.PositionOf(1).Quantity));
        Assert.Equal(0, backtest.Tally.MaxDrawdown);
        BacktestResult result = BacktestResult.Of(engine, backtest.Tally);
        Assert.Equal(0m, result.NetProfit);
        Assert.Equal(result.Instruments[0].NetProfit, -result.Instruments[1].NetProfit);
        // Held in four of six minutes; the two instruments cover the same time.
        Assert.Equal(4.0 / 6, result.Exposure!.Value, 12);
        Assert.Equal(12, result.Events);
    }

    [Fact]
    public void BothOpensFillBeforeEitherBarIsOver()
    {
        var strategy = new Scripted((me, bar) => { if (bar == 1) { me.Own(SignalAction.Buy); me.Other(SignalAction.Sell); } });
        Run(strategy, Minutes(100, 101, 102), Minutes(200, 201, 202), new NextOpen(), out _);

        Assert.Equal("0:0/0 0:0/0 1:0/0 1:0/0 2:1/-1 2:1/-1", strategy.Story);
    }

    /// <summary>The own bar comes first of two that end together: what it orders in the other must not fill within the bar that is just over.</summary>
    [Fact]
    public void NothingFillsInABarThatWasOverWhenItWasOrdered()
    {
        foreach (IFillModel fills in new IFillModel[] { new NextOpen(), new Intrabar() })
        {
            Backtest backtest = Run(new Scripted((me, bar) => { if (bar == 1) me.Other(SignalAction.Buy); }), Minutes(100, 100, 100, 100), Minutes(200, 210, 220, 230), fills, out _);

            BookedFill fill = Assert.Single(backtest.Tally.Fills);
            // The third minute opens where the second closed.
            Assert.Equal((Start + TimeSpan.FromMinutes(2), 210m), (fill.Time, fill.Fill.Price));
        }
    }

    [Fact]
    public void TheOpenOfALongBarFillsWhenItOpensAndNotWhenItIsOver()
    {
        Bar[] five = [.. Enumerable.Range(0, 3).Select(i => new Bar(Start + TimeSpan.FromMinutes(5 * i), Start + TimeSpan.FromMinutes(5 * i + 5), 200 + i, 210, 190, 200 + i, 1))];
        var strategy = new Scripted((me, bar) => { if (bar == 5) me.Other(SignalAction.Buy); });
        Backtest backtest = Run(strategy, Minutes([.. Enumerable.Repeat(100.0, 17)]), five, new NextOpen(), out _);

        BookedFill fill = Assert.Single(backtest.Tally.Fills);
        Assert.Equal((Start + TimeSpan.FromMinutes(10), 202m), (fill.Time, fill.Fill.Price));
        Assert.Contains("9:0/0 10:0/1", strategy.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void TradesOfOneAndBarsOfTheOtherComeInTheOrderOfTheirTimes()
    {
        Trade[] trades = [.. Enumerable.Range(0, 400).Select(i => new Trade(Start + TimeSpan.FromSeconds(i), 100 + i % 4 * 0.25, 1))];
        List<Timestamp> times = [];
        var engine = new Engine(new EngineOptions { Instruments = [A, B], AllowShort = true });
        engine.Add(new Watching(times), 0, Timeframe.OneMinute);
        var run = new JointRun(new Backtest(engine, new VenueOptions()), [History.Of(0, trades), History.Of(1, Minutes(1, 2, 3, 4, 5))]);
        while (run.Advance(3)) { }

        Assert.Equal(405, run.Count);
        Assert.Equal(times.Order(), times);
        Assert.Equal(5 + 6, times.Count);
    }

    private static Backtest Run(Scripted strategy, Bar[] own, Bar[] other, IFillModel fills, out Engine engine)
    {
        engine = new Engine(new EngineOptions { Instruments = [A, B], AllowShort = true, StartingCash = 10_000m });
        engine.Add(strategy, 0, Timeframe.OneMinute, "scripted");
        var backtest = new Backtest(engine, new VenueOptions { Fills = fills });
        var run = new JointRun(backtest, [History.Of(0, own), History.Of(1, other)]);
        while (run.Advance(1)) { }
        return backtest;
    }

    /// <summary>Each minute opens at the close before.</summary>
    private static Bar[] Minutes(params double[] closes)
    {
        var bars = new Bar[closes.Length];
        for (int i = 0; i < closes.Length; i++)
        {
            double open = i == 0 ? closes[0] : closes[i - 1];
            Timestamp start = Start + TimeSpan.FromMinutes(i);
            bars[i] = new(start, start + TimeSpan.FromMinutes(1), open, Math.Max(open, closes[i]), Math.Min(open, closes[i]), closes[i], 1);
        }
        return bars;
    }

    private sealed class Scripted : Strategy
    {
        private readonly Leg _other;
        private readonly Action<Scripted, int> _act;
        private int _bars;

        public Scripted(Action<Scripted, int> act) => (_act, _other) = (act, UseLeg("BBB"));

        /// <summary>For each bar of either: how many own bars were over, and what was held of both.</summary>
        public string Story { get; private set; } = "";

        public void Own(SignalAction action) => Emit(new Wish(action, "test") { Quantity = 1 });

        public void Other(SignalAction action) => _other.Emit(new Wish(action, "test") { Quantity = 1 });

        protected override void OnBar(in Bar bar)
        {
            Tell(_bars);
            _act(this, _bars++);
        }

        protected override void OnLegBar(Leg leg, in Bar bar) => Tell(_bars - 1);

        private void Tell(int bar) => Story += $"{(Story.Length == 0 ? "" : " ")}{bar}:{Position}/{_other.Position}";
    }

    private sealed class Watching : Strategy
    {
        private readonly List<Timestamp> _times;

        public Watching(List<Timestamp> times)
        {
            _times = times;
            UseLeg("BBB");
        }

        protected override void OnBar(in Bar bar) => _times.Add(Now);

        protected override void OnLegBar(Leg leg, in Bar bar) => _times.Add(Now);
    }
}
