using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>An engine on one instrument (tick 0.25, 50 a point) with what a test needs to tell a story: bars in, outputs kept, a broker played by hand.</summary>
internal sealed class Bench
{
    public static readonly Instrument Es = new("ES", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };
    public static readonly Timestamp Start = Timestamp.FromUtc(2026, 3, 2, 14, 30);

    private readonly List<Output> _outputs = [];
    private Timestamp _now = Start;
    private long _execution;

    public Bench(EngineOptions options, params Strategy[] strategies)
    {
        Engine = new Core.Engine.Engine(options);
        foreach (Strategy strategy in strategies) Engine.Add(strategy, 0, Timeframe.OneMinute);
    }

    public Bench(params Strategy[] strategies) : this(Options(), strategies)
    {
    }

    public Core.Engine.Engine Engine { get; }

    /// <summary>Everything since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<Output> Outputs => _outputs;

    public IEnumerable<Order> Submitted => Of(OutputKind.OrderSubmitted).Select(output => output.Order);

    public IEnumerable<(Order Order, OrderTerms Terms)> Modifications => Of(OutputKind.ModifyRequested).Select(output => (output.Order, output.Terms));

    public IEnumerable<string> Alerts => Of(OutputKind.Alert).Select(output => output.Text!);

    public IEnumerable<Order> Canceled => Of(OutputKind.CancelRequested).Select(output => output.Order);

    public decimal Net => Engine.Account.PositionOf(0).Quantity;

    /// <summary>Time passes in minutes here, so a position may wait for its stop for long.</summary>
    public static EngineOptions Options(params IRiskRule[] rules) =>
        new() { Instruments = [Es], StartingCash = 1_000_000m, AllowShort = true, Rules = rules, ProtectionLimit = TimeSpan.FromMinutes(10) };

    public IEnumerable<Output> Of(OutputKind kind) => _outputs.Where(output => output.Kind == kind);

    public void Forget() => _outputs.Clear();

    /// <summary>One minute passes and closes at this price.</summary>
    public void Bar(double close)
    {
        var bar = new Bar(_now, _now + TimeSpan.FromMinutes(1), close, close, close, close, 1);
        _now = bar.End;
        Give(new Input(0, in bar));
    }

    /// <summary>A trade at this price, now.</summary>
    public void Price(double price) => Give(new Input(0, new Trade(_now, price, 1)));

    public void Quote(double bid, double ask) => Give(new Input(0, new Quote(_now, bid, ask)));

    public void Accept(Order order) => Tell(order, BrokerEventKind.Accepted);

    public void Reject(Order order) => Tell(order, BrokerEventKind.Rejected, "no");

    public void Cancel(Order order) => Tell(order, BrokerEventKind.Canceled);

    public void Expire(Order order) => Tell(order, BrokerEventKind.Expired);

    public void RefuseCancel(Order order) => Tell(order, BrokerEventKind.CancelRejected);

    public void Modified(Order order) => Tell(order, BrokerEventKind.Modified);

    public void Fill(Order order, decimal quantity, decimal price, decimal fee = 0, long execution = 0) =>
        Give(new Input(_now, new BrokerEvent(BrokerEventKind.Filled, order.Id, execution == 0 ? ++_execution : execution, quantity, price, fee)));

    /// <summary>Accepts and fills whole.</summary>
    public void Complete(Order order, decimal price)
    {
        Accept(order);
        Fill(order, order.RemainingQuantity, price);
    }

    public void Command(CommandKind kind, int argument = 0) => Give(new Input(_now, new Command(kind, argument)));

    public void Account(AccountEventKind kind) => Give(new Input(-1, _now, new AccountEvent(kind)));

    public void Feed(FeedEventKind kind) => Give(new Input(0, _now, new FeedEvent(kind)));

    public void Wait(TimeSpan span)
    {
        _now += span;
        Give(Input.Timer(_now));
    }

    public void Give(in Input input)
    {
        foreach (Output output in Engine.Process(in input)) _outputs.Add(output);
    }

    public void Tell(Order order, BrokerEventKind kind, string? text = null) => Give(new Input(_now, new BrokerEvent(kind, order.Id), text));
}
