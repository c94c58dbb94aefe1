using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation.Fees;
using Tradewind.Simulation.Statistics;
using Tradewind.Strategies.Trend;

namespace Tradewind.Simulation.Tests.Statistics;

/// <summary>A million made-up bars whose result was calculated outside this project, by several programs that agree.</summary>
public sealed class MillionBarsTests
{
    private const int Count = 1_000_000;

    [Fact]
    public void TheKnownFillsAndProfitComeOut()
    {
        var instrument = new Instrument("GEN", AssetClass.Future, 0.00001m, 1m, ContinuousCalendar.Instance);
        var engine = new Engine(new EngineOptions { Instruments = [instrument], Rules = [new BuyingPower()] });
        engine.Add(new MovingAverageCross(new() { Fast = 10, Slow = 30 }), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions { Fees = new PerUnit(1m) });

        backtest.Run(0, Bars());
        BacktestResult result = BacktestResult.Of(engine, backtest.Tally);

        Assert.Equal(38_208, result.Fills);
        Assert.Equal(-36_499.39387m, result.NetProfit);
        Assert.Equal(Count, result.Events);
    }

    /// <summary>Prices in hundred-thousandths from SplitMix64 with seed 20260101; any language can repeat it.</summary>
    private static Bar[] Bars()
    {
        const long Base = 500_000_000;
        var random = new SplitMix(20260101);
        var bars = new Bar[Count];
        Timestamp time = Timestamp.FromUtc(2015, 1, 1);
        long close = Base, drift = 0;
        for (int i = 0; i < Count; i++)
        {
            if (i % 240 == 0) drift = random.Uniform(-4000, 4000);
            long open = close + random.Normal(5000);
            long price = open, high = open, low = open;
            for (int step = 0; step < 4; step++)
            {
                price += random.Normal(25_000) + drift / 4 - (price - Base) / 40_000;
                high = Math.Max(high, price);
                low = Math.Min(low, price);
            }
            close = price;
            high += Math.Abs(random.Normal(4000));
            low -= Math.Abs(random.Normal(4000));
            long volume = 50 + random.Uniform(0, 950);
            bars[i] = new(time, time + TimeSpan.FromMinutes(1), open / 100000.0, high / 100000.0, low / 100000.0, close / 100000.0, volume);
            time += TimeSpan.FromMinutes(1);
        }
        return bars;
    }

    private struct SplitMix(ulong state)
    {
        private ulong _state = state;

        public long Uniform(long low, long high) => low + (long)(Next() % (ulong)(high - low + 1));

        /// <summary>Twelve uniform numbers: nearly normal, with this standard deviation.</summary>
        public long Normal(long scale)
        {
            long sum = 0;
            for (int i = 0; i < 12; i++) sum += Uniform(-1000, 1000);
            return sum * scale / 2000;
        }

        private ulong Next()
        {
            _state += 0x9E3779B97F4A7C15;
            ulong mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
