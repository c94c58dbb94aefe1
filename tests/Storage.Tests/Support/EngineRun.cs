using Tradewind.Core.Engine;
using Tradewind.Core.Indicators;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Storage.Sqlite;

namespace Tradewind.Storage.Tests.Support;

/// <summary>A short run of the real engine with two strategies on one instrument and a broker that fills at once.</summary>
internal sealed class EngineRun
{
    public static readonly Instrument Coin = new("COIN", AssetClass.Crypto, 0.01m, 1m, ContinuousCalendar.Instance) { LotSize = 0.001m };

    public static readonly string[] Strategies = ["fast", "slow"];

    /// <summary>Outputs of each input; the input's sequence is its index + 1.</summary>
    public List<Output[]> Outputs { get; } = [];

    public List<Input> Inputs { get; } = [];

    public List<EquityMark> Marks { get; } = [];

    public ulong FinalHash { get; private set; }

    public IEnumerable<(long Sequence, int Ordinal, Output Output)> All =>
        Outputs.SelectMany((outputs, index) => outputs.Select((output, ordinal) => ((long)index + 1, ordinal, output)));

    public static EngineRun Make(int seed, int bars)
    {
        var run = new EngineRun();
        var engine = new Engine(new()
        {
            Instruments = [Coin],
            Combiner = new Consensus(0.4),
            Rules = [new MaxOrderQuantity(2m), new MaxPosition(2m)],
            AllowShort = true,
        });
        engine.Add(new PriceAgainstAverage(3), 0, Timeframe.OneMinute, Strategies[0]);
        engine.Add(new PriceAgainstAverage(8), 0, Timeframe.OneMinute, Strategies[1]);
        var random = new Random(seed);
        Timestamp start = Timestamp.FromUtc(2024, 1, 2);
        double price = 100;
        for (int i = 0; i < bars; i++)
        {
            double open = price;
            price = Math.Round(price * (1 + (random.NextDouble() - 0.5) / 50), 2);
            Timestamp from = start + TimeSpan.FromMinutes(i), to = start + TimeSpan.FromMinutes(i + 1);
            run.Process(engine, new Input(0, new Bar(from, to, open, Math.Max(open, price), Math.Min(open, price), price, 10)));
            run.Marks.Add(new(run.Inputs.Count, to, engine.Account.ExactEquity(), engine.Account.Cash));
        }
        run.FinalHash = engine.OutputHash;
        return run;
    }

    public void Record(RunRecorder recorder)
    {
        for (int i = 0; i < Outputs.Count; i++) recorder.Record(i + 1, Outputs[i]);
        foreach (EquityMark mark in Marks) recorder.Record(in mark);
    }

    private void Process(Engine engine, Input input)
    {
        Inputs.Add(input);
        Output[] outputs = engine.Process(in input).ToArray();
        Outputs.Add(outputs);
        foreach (Output output in outputs)
        {
            if (output.Kind != OutputKind.OrderSubmitted) continue;
            Order order = output.Order;
            decimal price = engine.Options.Instruments[0].RoundToTick(input.Bar.Close);
            Process(engine, new Input(input.Time, new BrokerEvent(BrokerEventKind.Accepted, order.Id), $"B-{order.Id.Value}"));
            Process(engine, new Input(input.Time, new BrokerEvent(BrokerEventKind.Filled, order.Id, order.Id.Value * 10, order.Quantity, price, 0.0375m)));
        }
    }

    private sealed class PriceAgainstAverage : Strategy
    {
        private readonly Sma _average;

        public PriceAgainstAverage(int period) => _average = Use(new Sma(period));

        protected override void OnBar(in Bar bar)
        {
            if (bar.Close > _average.Value) Buy("above its average", 0.8);
            else Sell("not above its average", 0.7);
        }
    }
}
