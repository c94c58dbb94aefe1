using System.Diagnostics;
using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Strategies.Trend;

namespace Tradewind.Benchmarks;

/// <summary>The whole chain — market, bars, indicators, strategy, signal, combiner, risk, order, fill, ledger — against a plain loop over the same data in the same run.</summary>
internal static class WholeEngine
{
    /// <summary>Bars and trades that each side goes over in all: enough rounds that the fastest one was left alone by the rest of the machine.</summary>
    private const int Events = 60_000_000;

    private const int FewestRounds = 15;

    /// <param name="part">bars or trades; empty for both.</param>
    public static void Run(string part)
    {
        (Bar[] bars, Trade[] trades) = GeneratedData.Make();
        if (part != "trades") Compare("1,000,000 bars, SMA 10/30 cross", "bar", bars.Length, () => PlainLoops.Bars(bars), () => OverBars(bars), new(1_000_000, 38_208, -36_499.39387, 36_500.4744));
        if (part != "bars") Compare("10,000,000 trades, 1 s bars, SMA 10/30, RSI 14", "trade", trades.Length, () => PlainLoops.Trades(trades), () => OverTrades(trades), new(1_000_027, 39_102, -39_159, 39_163));
    }

    private static void Compare(string work, string unit, int count, Func<Outcome> plain, Func<Outcome> engine, Outcome expected)
    {
        List<double> plainTimes = [], engineTimes = [];
        int rounds = Math.Max(FewestRounds, Events / count);
        for (int round = 0; round < rounds; round++)
        {
            plainTimes.Add(Time(plain, expected, count));
            engineTimes.Add(Time(engine, expected, count));
        }
        double ratio = plainTimes.Zip(engineTimes, (one, other) => other / one).Order().ElementAt(rounds / 2);
        Console.WriteLine($"{work}: plain {Median(plainTimes):F2} ns, engine {Median(engineTimes):F2} ns a {unit} (fastest {plainTimes.Min():F2} and {engineTimes.Min():F2}), ratio: median {ratio:F2}, of the fastest {engineTimes.Min() / plainTimes.Min():F2}");
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static double Time(Func<Outcome> work, Outcome expected, int count)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        Outcome outcome = work();
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        bool isRight = outcome.Bars == expected.Bars && outcome.Fills == expected.Fills
            && Math.Abs(outcome.Profit - expected.Profit) < 1e-4 && Math.Abs(outcome.MaxDrawdown - expected.MaxDrawdown) < 1e-3;
        if (!isRight) throw new InvalidOperationException($"Found {outcome}, expected {expected}: a comparison of different work is none.");
        return nanoseconds;
    }

    private static Outcome OverBars(Bar[] bars)
    {
        Engine engine = Create(new("GEN", AssetClass.Future, 0.00001m, 1m, ContinuousCalendar.Instance));
        engine.Add(new MovingAverageCross(new() { Fast = 10, Slow = 30 }), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(1m) });
        backtest.Run(0, bars);
        return Read(engine, backtest, bars.Length);
    }

    private static Outcome OverTrades(Trade[] trades)
    {
        Engine engine = Create(new("GEN", AssetClass.Future, 0.25m, 1m, ContinuousCalendar.Instance));
        var strategy = new TickCross();
        engine.Add(strategy, 0, Timeframe.OneSecond);
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(1m) });
        backtest.Run(0, trades);
        return Read(engine, backtest, strategy.Bars);
    }

    private static Engine Create(Instrument instrument) => new(new EngineOptions
    {
        Instruments = [instrument],
        Rules = [new MaxOrderQuantity(5), new MaxPosition(5), new BuyingPower()],
    });

    private static Outcome Read(Engine engine, Backtest backtest, long bars) =>
        new(bars, backtest.Tally.Fills.Count, (double)(engine.Account.ExactEquity() - engine.Account.StartingCash), engine.Account.MaxDrawdown);

    private sealed class TickCross : Strategy
    {
        private readonly Sma _fast;
        private readonly Sma _slow;
        private readonly Rsi _rsi;
        private long _asked;

        public TickCross()
        {
            _fast = Use(new Sma(10));
            _slow = Use(new Sma(30));
            _rsi = Use(new Rsi(14));
        }

        /// <summary>It is asked from the 30th bar on, and was not for the 29 before.</summary>
        public long Bars => _asked + 29;

        protected override void OnBar(in Bar bar)
        {
            _asked++;
            if (_fast.Value > _slow.Value && _rsi.Value < 70) Buy("fast above slow, RSI below 70");
            else if (_fast.Value < _slow.Value || _rsi.Value > 85) Close("fast below slow, or RSI above 85");
        }
    }
}
