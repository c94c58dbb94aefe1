using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Core.Tests.Market;
using Tradewind.Simulation;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Executions over real bars and trades, through the simulated venue; expected values come from plain loops over the data.</summary>
public sealed class ExecutionOverRealDataTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void TheVolumeCurveIsTheMeanOfTheSessionsBefore()
    {
        Instrument es = BarBuilderTests.Find("ES");
        List<Bar> minutes = RealData.Bars("es-1m-2013.csv.gz", Minute);
        var curve = new VolumeCurve(es.Calendar, sessions: 4);
        foreach (Bar bar in minutes) curve.Take(in bar);
        // Every session but the last, which is in progress; each as 288 sums of five minutes.
        List<double[]> days = [];
        foreach (var day in minutes.GroupBy(bar => es.Calendar.SessionAt(bar.Start)).SkipLast(1))
        {
            double[] parts = new double[288];
            foreach (Bar bar in day) parts[(int)((bar.Start - day.Key.Open).TotalMinutes / 5)] += bar.Volume;
            if (day.First().Start - day.Key.Open <= TimeSpan.FromMinutes(30)) days.Add(parts);
        }
        Assert.True(days.Count > 5, $"{days.Count} whole sessions are too few.");
        Assert.Equal(days.Count, curve.Seen);
        Timestamp open = es.Calendar.SessionAt(minutes[^1].Start).Open;
        for (int part = 0; part < 276; part++)
        {
            double mean = 0;
            for (int i = 0; i < days.Count; i++) mean += (days[i][part] - mean) / Math.Min(i + 1, 4);
            Assert.Equal(mean, curve.Between(open + part * TimeSpan.FromMinutes(5), open + (part + 1) * TimeSpan.FromMinutes(5)), Math.Max(1, mean) * 1e-6);
        }
    }

    [Fact]
    public void TwapOverRealMinutesBuysASliceEachFiveMinutesAtTheNextOpen()
    {
        List<Bar> minutes = [.. RealData.Bars("es-1m-2013.csv.gz", Minute).Take(200)];
        List<Fill> fills = Backtested(minutes, At(minutes[20].End, new Wish(SignalAction.Buy, "test") { Quantity = 12, Execution = new Twap(TimeSpan.FromHours(1), 12) }));
        Timestamp begun = minutes[20].End;
        List<(decimal, decimal)> expected = [];
        for (int slice = 0; slice < 12; slice++)
        {
            // Known with the first bar that ends at or after the slice's time, filled at the next one's open. Slices that one bar ends for are one child.
            int seen = minutes.FindIndex(bar => bar.End >= begun + slice * TimeSpan.FromMinutes(5));
            expected.Add((1m, (decimal)minutes[seen + 1].Open));
        }
        Assert.Equal(expected, fills.Select(fill => (fill.Quantity, fill.Price)));
    }

    [Fact]
    public void ParticipationOverRealTradesIsNeverAheadOfItsShareAndNeverFarBehind()
    {
        List<Trade> trades = [.. RealData.Trades("gc-trades-2013-10-07.csv.gz").Take(20_000)];
        Instrument gold = BarBuilderTests.Find("GC");
        var engine = new Core.Engine.Engine(new() { Instruments = [gold], StartingCash = 100_000_000m });
        engine.Add(new Once(trades[0].Time, new Wish(SignalAction.Buy, "test") { Quantity = 400, Execution = new Participation(0.05) }), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions());
        double traded = 0, largest = 0;
        bool wasRunning = false;
        foreach (Trade trade in trades)
        {
            backtest.OnTrade(0, in trade);
            ExecutionView? view = engine.Strategy(0).Execution;
            if (wasRunning) (traded, largest) = (traded + trade.Size, Math.Max(largest, trade.Size));
            wasRunning = view is { State: ExecutionState.Running };
            if (!wasRunning) continue;
            decimal committed = view!.Value.Filled + view.Value.Working;
            Assert.True((double)committed <= 0.05 * traded + 1e-6, $"{trade.Time}: {committed} of {traded} traded.");
            // One lot that is not whole, and what was traded while the child before was on its way.
            Assert.True((double)committed >= 0.05 * (traded - 2 * largest) - 1, $"{trade.Time}: {committed} of {traded} traded.");
        }
        Assert.True(engine.Account.PositionOf(0).Quantity > 50m);
    }

    [Fact]
    public void EachAlgorithmOverRealMinutesIsTheSameAgain()
    {
        List<Bar> minutes = [.. RealData.Bars("es-1m-2013.csv.gz", Minute).Take(6000)];
        ExecutionAlgorithm[] all = [new Twap(TimeSpan.FromMinutes(30), 10) { Jitter = 0.8 }, new Vwap(TimeSpan.FromHours(2)), new Participation(0.001) { Most = 3 }, new Iceberg(2) { Over = TimeSpan.FromMinutes(40), Leftover = Leftover.Market }];
        foreach (ExecutionAlgorithm execution in all)
        {
            ulong[] hashes = new ulong[2];
            long trips = 0;
            for (int run = 0; run < 2; run++)
            {
                Core.Engine.Engine engine = EngineWith(new Turning(execution));
                var backtest = new Backtest(engine, new VenueOptions());
                backtest.Run(0, minutes.ToArray());
                (hashes[run], trips) = (engine.OutputHash, engine.Strategy(0).Counters.RoundTrips);
            }
            Assert.Equal(hashes[0], hashes[1]);
            Assert.True(trips > 5, $"{execution.Name}: {trips} round trips test little.");
        }
    }

    private static List<Fill> Backtested(List<Bar> minutes, Strategy strategy)
    {
        Core.Engine.Engine engine = EngineWith(strategy);
        var backtest = new Backtest(engine, new VenueOptions());
        backtest.Run(0, minutes.ToArray());
        return ((Once)strategy).Fills;
    }

    private static Core.Engine.Engine EngineWith(Strategy strategy)
    {
        var engine = new Core.Engine.Engine(new() { Instruments = [BarBuilderTests.Find("ES")], StartingCash = 100_000_000m, AllowShort = true });
        engine.Add(strategy, 0, Timeframe.OneMinute);
        return engine;
    }

    private static Once At(Timestamp time, Wish wish) => new(time, wish);

    private sealed class Once(Timestamp time, Wish wish) : Strategy
    {
        private readonly Timestamp _time = time;
        private readonly Wish _wish = wish;
        private bool _isSaid;

        public List<Fill> Fills { get; } = [];

        protected override void OnBar(in Bar bar)
        {
            if (_isSaid || bar.End < _time) return;
            _isSaid = true;
            Emit(in _wish);
        }

        protected override void OnFill(in Fill fill) => Fills.Add(fill);
    }

    /// <summary>Long and short by turns, every two hours and a half.</summary>
    private sealed class Turning : Strategy
    {
        private readonly ExecutionAlgorithm _execution;
        private int _bars;

        public Turning(ExecutionAlgorithm execution)
        {
            _execution = execution;
            UseVolumeCurve(3);
        }

        protected override void OnBar(in Bar bar)
        {
            if (_bars++ % 150 != 0) return;
            bool isLimit = _execution is Iceberg;
            Emit(new Wish(_bars / 150 % 2 == 0 ? SignalAction.Buy : SignalAction.Sell, "test") { Quantity = 6, OrderType = isLimit ? OrderType.Limit : OrderType.Market, LimitPrice = isLimit ? bar.Close : null, Execution = _execution });
        }
    }
}
