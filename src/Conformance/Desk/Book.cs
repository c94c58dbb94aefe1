using System.Collections.Concurrent;
using System.Globalization;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Conformance.Desk;

/// <summary>What the engine holds, copied on its own thread after each input that changes it, and all that it heard and said, in words.</summary>
internal sealed class Book(Engine engine, Func<long, string?> clientId) : IOutputSink
{
    private readonly List<Order> _orders = [];
    private readonly List<RiskCode> _denials = [];
    private readonly List<BookedFill> _fills = [];
    private readonly AccountBooks _kept = new();
    private decimal _external;
    private int _adjustments;
    private Standing _now = Standing.At(engine);
    private double _price = double.NaN;
    private long _trades;

    public Standing Now => Volatile.Read(ref _now);

    public double LastPrice => Volatile.Read(ref _price);

    /// <summary>Trades of the market that the engine has seen.</summary>
    public long Trades => Interlocked.Read(ref _trades);

    public ConcurrentQueue<string> Said { get; } = new();

    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>What the engine holds and forgets, for the program that starts again; once the engine stands still.</summary>
    public Carry Leave(string session, Func<Order, string> clientIdOf) => _kept.Complete(engine.Leave(session, clientIdOf));

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        _kept.On(engine, in input, outputs);
        if (input.Kind == InputKind.Trade)
        {
            Volatile.Write(ref _price, input.Trade.Price);
            Interlocked.Increment(ref _trades);
        }
        if (input.Kind == InputKind.Broker) Say(in input, $"broker {input.Broker} {input.Text}");
        if (input.Kind == InputKind.Account) Say(in input, $"account {input.Account} {input.Text}");
        if (input.Kind == InputKind.Account && input.Account.Kind == AccountEventKind.PositionAdjusted) _adjustments++;
        foreach (ref readonly Output output in outputs) Note(in input, in output);
        if (input.Kind is InputKind.Broker or InputKind.Account or InputKind.Command or InputKind.Carry || !outputs.IsEmpty) Volatile.Write(ref _now, Look());
    }

    private void Note(in Input input, in Output output)
    {
        switch (output.Kind)
        {
            case OutputKind.OrderSubmitted or OutputKind.OrderCarried:
                if (!_orders.Contains(output.Order)) _orders.Add(output.Order);
                Say(in input, $"{output.Kind} {output.Order.Id} {output.Order.Purpose} {output.Order.Side} {output.Order.Quantity} {output.Order.Type} {output.Order.LimitPrice}/{output.Order.StopPrice}");
                break;
            case OutputKind.ModifyRequested:
                Say(in input, $"modify {output.Order.Id} {output.Terms}");
                break;
            case OutputKind.CancelRequested: Say(in input, $"cancel {output.Order.Id}"); break;
            case OutputKind.OrderChanged: Say(in input, $"{output.OrderChanged} {output.Text}"); break;
            case OutputKind.OrderDenied:
                _denials.Add(output.OrderDenied.Code);
                Say(in input, $"{output.OrderDenied}");
                break;
            case OutputKind.FillBooked: Note(in output.Fill); break;
            case OutputKind.Alert or OutputKind.AccountStateChanged or OutputKind.SignalRefused: Say(in input, $"{output.Kind} {output.Text}"); break;
            default: break;
        }
    }

    private void Note(in Fill fill)
    {
        decimal signed = fill.Side == Side.Buy ? fill.Quantity : -fill.Quantity;
        _fills.Add(new(fill.Execution, fill.Order.Value, signed, fill.Price, fill.Fee));
        if (fill.IsExternal) _external += signed;
    }

    private void Say(in Input input, string text) => Said.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{input.Time} {text}"));

    private Standing Look() => new(
        engine.AccountState, engine.Account.Cash, engine.Account.PositionOf(0).Quantity, _external,
        [.. _orders.Select(Line)], [.. _denials], _adjustments)
    { Fills = [.. _fills] };

    private OrderLine Line(Order order) => new(
        order.Id.Value, order.ClientId ?? clientId(order.Id.Value), order.Purpose, order.Status, order.Side, order.Type, order.Quantity, order.FilledQuantity, order.LimitPrice, order.StopPrice, order.BrokerOrderId, order.AverageFillPrice)
    {
        Doubt = order.Doubt,
    };
}
