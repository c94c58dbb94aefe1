using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Simulation;
using Tradewind.Simulation.Fees;
using Tradewind.Strategies.Momentum;
using Tradewind.Strategies.Trend;
using Tradewind.Strategies.Volatility;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Equal inputs give equal outputs, also when the run is interrupted anywhere.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public void TwoRunsOfTheSameInputHaveTheSameHash() => Assert.Equal(RunWhole(seed: 5), RunWhole(seed: 5));

    [Fact]
    public void AnotherInputHasAnotherHash() => Assert.NotEqual(RunWhole(seed: 5), RunWhole(seed: 6));

    [Fact]
    public void OneEventMoreOrLessChangesTheHash()
    {
        List<Input> inputs = Record(seed: 5);
        Assert.NotEqual(Replay(inputs, NewEngine()), Replay(inputs.SkipLast(1), NewEngine()));
    }

    [Fact]
    public void ARecordedRunReplaysToTheSameHash() => Assert.Equal(RunWhole(seed: 5), Replay(Record(seed: 5), NewEngine()));

    [Fact]
    public void ARunThatIsRestoredFromASnapshotAnywhereGoesOnAsIfNothingHadHappened()
    {
        List<Input> inputs = Record(seed: 9);
        ulong whole = Replay(inputs, NewEngine());
        Prop.ForAll(Gen.Choose(0, inputs.Count).ToArbitrary(), cut =>
        {
            Core.Engine.Engine first = NewEngine();
            Replay(inputs.Take(cut), first);
            Core.Engine.Engine second = NewEngine();
            second.Restore(first.TakeSnapshot());
            Assert.Equal(whole, Replay(inputs.Skip(cut), second));
            Assert.Equal(inputs.Count, second.InputCount);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void ASnapshotOfAnotherEngineIsRefused()
    {
        Core.Engine.Engine engine = NewEngine();
        Replay(Record(seed: 9).Take(500), engine);
        var other = new Core.Engine.Engine(Options());
        other.Add(new MacdCrossover(new()), 0, Timeframe.OneMinute);
        Assert.Throws<SnapshotException>(() => other.Restore(engine.TakeSnapshot()));
    }

    [Fact]
    public void ACutSnapshotIsRefused()
    {
        Core.Engine.Engine engine = NewEngine();
        Replay(Record(seed: 9).Take(500), engine);
        byte[] snapshot = engine.TakeSnapshot();
        Assert.Throws<SnapshotException>(() => NewEngine().Restore(snapshot.AsSpan(0, snapshot.Length - 1)));
    }

    /// <summary>A change of these hashes is a change of what the engine does with the same input; the commit that makes it says why.</summary>
    [Theory]
    [InlineData("moving-average-cross", "1ec0e62211dbd39e")]
    [InlineData("macd-crossover", "19f7634f9cb7cc12")]
    [InlineData("bollinger-reversion", "62b66fe3313ade58")]
    public void TheHashOfEachBuiltInStrategyIsPinned(string name, string hash)
    {
        var engine = new Core.Engine.Engine(Options());
        engine.Add(Strategy(name), 0, Timeframe.OneMinute);
        new Backtest(engine, new VenueOptions { Fees = new PerUnit(2.25m) }).Run(0, Bars(seed: 20260301, count: 20_000));
        Assert.Equal(hash, engine.OutputHash.ToString("x16"));
    }

    [Fact]
    public void AMarketEventWithoutAnOrderAllocatesNothing()
    {
        Core.Engine.Engine engine = NewEngine(withOrders: false);
        Bar[] bars = Bars(seed: 3, count: 102_000);
        int next = 0;
        while (next < 2_000) engine.Process(0, in bars[next++]);
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                ref readonly Bar bar = ref bars[next++];
                engine.Process(0, in bar);
                engine.Process(new Input(1, new Quote(bar.End, bar.Close, bar.Close + 0.25)));
                engine.Process(new Input(1, new Trade(bar.End, bar.Close, 1)));
            }
        }));
    }

    private static ulong RunWhole(int seed)
    {
        Core.Engine.Engine engine = NewEngine();
        Feed(seed, input => engine.Process(in input), new SimulatedVenue(engine.Options.Instruments, new VenueOptions()), engine);
        return engine.OutputHash;
    }

    private static List<Input> Record(int seed)
    {
        List<Input> inputs = [];
        Core.Engine.Engine engine = NewEngine();
        Feed(seed, input => { inputs.Add(input); return engine.Process(in input); }, new SimulatedVenue(engine.Options.Instruments, new VenueOptions()), engine);
        return inputs;
    }

    private static ulong Replay(IEnumerable<Input> inputs, Core.Engine.Engine engine)
    {
        foreach (Input input in inputs) engine.Process(in input);
        return engine.OutputHash;
    }

    private delegate ReadOnlySpan<Output> Process(Input input);

    /// <summary>Bars on one instrument, trades, quotes and clock ticks on the other, with a venue that works the orders.</summary>
    private static void Feed(int seed, Process process, SimulatedVenue venue, Core.Engine.Engine engine)
    {
        void Give(Input input)
        {
            foreach (Output output in process(input))
            {
                if (output.Kind == OutputKind.OrderSubmitted) venue.Submit(output.Order, output.Time);
                else if (output.Kind == OutputKind.CancelRequested) venue.Cancel(output.Order, output.Time);
                else if (output.Kind == OutputKind.ModifyRequested) venue.Modify(output.Order, output.Time);
            }
            while (venue.TryTakeEvent(out Input told)) Give(told);
        }
        var chance = new Random(seed);
        foreach (Bar bar in Bars(seed, 600))
        {
            for (Timestamp time = bar.Start; time < bar.End; time += TimeSpan.FromSeconds(7))
            {
                if (time < engine.Now) continue;
                double price = bar.Open + chance.Next(-6, 7) * 0.25;
                var quote = new Quote(time, price - 0.25, price + 0.25, 3, 4);
                venue.OnQuote(1, in quote, time);
                while (venue.TryTakeEvent(out Input told)) Give(told);
                Give(new Input(1, in quote));
                var trade = new Trade(time, price, chance.Next(1, 5));
                venue.OnTrade(1, in trade, time);
                while (venue.TryTakeEvent(out Input told)) Give(told);
                Give(new Input(1, in trade));
                Give(Input.Timer(time));
            }
            while (venue.TryFill(0, in bar, engine.Now))
            {
                while (venue.TryTakeEvent(out Input told)) Give(told);
            }
            Give(new Input(0, in bar));
        }
    }

    private static EngineOptions Options() => new()
    {
        Instruments = [Bench.Es, new Instrument("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance)],
        StartingCash = 10_000_000m,
        AllowShort = true,
        Combiner = new Consensus(0.4),
        Rules = [new MaxOrderQuantity(5), new MaxPosition(3), new MaxExposure(20), new BuyingPower(), new OrderRate(500, TimeSpan.FromMinutes(1)), new StaleData(TimeSpan.FromMinutes(5)), new DrawdownHalt(0.5m)],
    };

    private static Core.Engine.Engine NewEngine(bool withOrders = true)
    {
        EngineOptions options = Options();
        var engine = new Core.Engine.Engine(withOrders ? options : options with { Rules = [], Combiner = Netting.Instance });
        for (int instrument = 0; instrument < 2; instrument++)
        {
            if (!withOrders)
            {
                engine.Add(new Quiet(), instrument, Timeframe.OneMinute);
                continue;
            }
            foreach (string name in (string[])["moving-average-cross", "macd-crossover", "bollinger-reversion"]) engine.Add(Strategy(name), instrument, instrument == 0 ? Timeframe.OneMinute : Timeframe.Seconds(15));
        }
        return engine;
    }

    private static Core.Strategies.Strategy Strategy(string name) => name switch
    {
        "moving-average-cross" => new MovingAverageCross(new()),
        "macd-crossover" => new MacdCrossover(new()),
        _ => new BollingerReversion(new()),
    };

    /// <summary>A seeded walk on the tick grid, made here so that no other part can change it.</summary>
    private static Bar[] Bars(int seed, int count)
    {
        ulong state = (ulong)seed;
        long Next(long low, long high)
        {
            state += 0x9E3779B97F4A7C15;
            ulong z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return low + (long)((z ^ (z >> 31)) % (ulong)(high - low + 1));
        }
        var bars = new Bar[count];
        long price = 20_000;
        for (int i = 0; i < count; i++)
        {
            long open = price + Next(-1, 1), high = open, low = open, close = open;
            for (int k = 0; k < 6; k++)
            {
                close += Next(-4, 4) - Math.Sign(close - 20_000) * (Next(0, 40) == 0 ? 1 : 0);
                high = Math.Max(high, close);
                low = Math.Min(low, close);
            }
            price = close;
            Timestamp start = Bench.Start + TimeSpan.FromMinutes(i);
            bars[i] = new(start, start + TimeSpan.FromMinutes(1), open * 0.25, high * 0.25, low * 0.25, close * 0.25, Next(1, 500));
        }
        return bars;
    }

    /// <summary>Uses indicators and never wishes anything.</summary>
    private sealed class Quiet : Core.Strategies.Strategy
    {
        private readonly Core.Indicators.Rsi _rsi;
        private readonly Core.Indicators.Bollinger _bands;

        public Quiet()
        {
            _rsi = Use(new Core.Indicators.Rsi(14));
            _bands = Use(new Core.Indicators.Bollinger(20, 2));
        }

        protected override void OnBar(in Bar bar)
        {
            if (_rsi.Value > 101 || _bands.Width < 0) Buy("never");
        }
    }
}
