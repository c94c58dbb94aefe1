using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>One strategy, two instruments: its leg is a slot of its own that follows it.</summary>
public sealed class LegTests
{
    private static readonly Instrument Nq = new("NQ", AssetClass.Future, 0.25m, 20m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    private readonly List<Output> _outputs = [];

    [Fact]
    public void AWishOnOneInstrumentsBarBecomesAnOrderInTheOther()
    {
        Core.Engine.Engine engine = With(new Straddler((own, leg, isLeg) => { if (isLeg) return; own.Long(); leg.Sell("test"); }));
        Bar(engine, 1, 0, 20_000);
        Bar(engine, 0, 0, 5_000);
        Assert.Equal([(0, Side.Buy), (1, Side.Sell)], Orders().Select(order => (order.Instrument, order.Side)));
    }

    [Fact]
    public void BarsOfTheLegComeToTheStrategy()
    {
        var strategy = new Straddler((_, _, _) => { });
        Core.Engine.Engine engine = With(strategy);
        Bar(engine, 0, 0, 5_000);
        Bar(engine, 1, 0, 20_000);
        Assert.Equal("ES 5000, NQ 20000", strategy.Story);
    }

    [Fact]
    public void EachHandHasItsOwnPositionAndTheyAreNotMixed()
    {
        var strategy = new Straddler((own, leg, _) => { own.Long(); leg.Sell("test"); });
        Core.Engine.Engine engine = With(strategy);
        Bar(engine, 1, 0, 20_000);
        Bar(engine, 0, 0, 5_000);
        foreach (Order order in Orders().ToArray()) Fill(engine, order, order.Instrument == 0 ? 5_000m : 20_000m);
        Assert.Equal((1m, -1m), (engine.Strategy(0).Position.Quantity, engine.Strategy(1).Position.Quantity));
        Assert.Equal((1m, -1m), (engine.Account.PositionOf(0).Quantity, engine.Account.PositionOf(1).Quantity));
        Assert.Equal(-1m, strategy.LegPosition);
    }

    [Fact]
    public void AFaultOnEitherHandSuspendsBoth()
    {
        Core.Engine.Engine engine = With(new Straddler((_, _, isLeg) => { if (isLeg) throw new InvalidOperationException("broken"); }));
        Bar(engine, 1, 0, 20_000);
        Assert.True(engine.Strategy(0).IsSuspended && engine.Strategy(1).IsSuspended);
        Give(engine, new Input(engine.Now, new Command(CommandKind.ResumeStrategy, 0)));
        Assert.False(engine.Strategy(0).IsSuspended || engine.Strategy(1).IsSuspended);
    }

    [Fact]
    public void AnInstrumentThatIsNotThereIsRefusedWithTheNearestOne()
    {
        var engine = new Core.Engine.Engine(new EngineOptions { Instruments = [Bench.Es, Nq] });
        string refusal = Assert.Throws<MissingLegException>(() => engine.Add(new Straddler((_, _, _) => { }, "NX"), 0, Timeframe.OneMinute)).Message;
        Assert.Contains("there is no NX here", refusal, StringComparison.Ordinal);
        Assert.Contains("NQ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void ItsOwnInstrumentIsNoLeg()
    {
        var engine = new Core.Engine.Engine(new EngineOptions { Instruments = [Bench.Es, Nq] });
        Assert.Contains("which is the same", Assert.Throws<ArgumentException>(() => engine.Add(new Straddler((_, _, _) => { }, "ES"), 0, Timeframe.OneMinute)).Message, StringComparison.Ordinal);
    }

    private static Core.Engine.Engine With(Straddler strategy)
    {
        var engine = new Core.Engine.Engine(new EngineOptions { Instruments = [Bench.Es, Nq], StartingCash = 1_000_000m, AllowShort = true });
        engine.Add(strategy, 0, Timeframe.OneMinute, "straddler");
        return engine;
    }

    private IEnumerable<Order> Orders() => _outputs.Where(output => output.Kind == OutputKind.OrderSubmitted).Select(output => output.Order);

    private void Bar(Core.Engine.Engine engine, int instrument, int minute, double close)
    {
        Timestamp start = Bench.Start + TimeSpan.FromMinutes(minute);
        Give(engine, new Input(instrument, new Bar(start, start + TimeSpan.FromMinutes(1), close, close, close, close, 1)));
    }

    private void Fill(Core.Engine.Engine engine, Order order, decimal price)
    {
        Give(engine, new Input(engine.Now, new BrokerEvent(BrokerEventKind.Accepted, order.Id)));
        Give(engine, new Input(engine.Now, new BrokerEvent(BrokerEventKind.Filled, order.Id, order.Id.Value, order.Quantity, price)));
    }

    private void Give(Core.Engine.Engine engine, in Input input)
    {
        foreach (Output output in engine.Process(in input)) _outputs.Add(output);
    }

    private sealed class Straddler : Strategy
    {
        private readonly Leg _leg;
        private readonly Action<Straddler, Leg, bool> _act;

        public Straddler(Action<Straddler, Leg, bool> act, string symbol = "NQ") => (_act, _leg) = (act, UseLeg(symbol));

        public string Story { get; private set; } = "";

        public decimal LegPosition => _leg.Position;

        public void Long() => Buy("test");

        protected override void OnBar(in Bar bar)
        {
            Tell(Instrument.Symbol, bar.Close);
            _act(this, _leg, false);
        }

        protected override void OnLegBar(Leg leg, in Bar bar)
        {
            Tell(leg.Symbol, bar.Close);
            if (bar.Close > 0) _act(this, _leg, true);
        }

        private void Tell(string symbol, double close) => Story += Story.Length == 0 ? $"{symbol} {close}" : $", {symbol} {close}";
    }
}
