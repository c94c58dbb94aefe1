using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Tests.Engine;

/// <summary>A market and a broker by chance, from a seed: prices, partial fills, refusals, lost answers, late fills. Every input it gave is kept.</summary>
internal sealed class WildBroker(Core.Engine.Engine engine, int seed)
{
    private readonly Random _chance = new(seed);
    private readonly List<Order> _orders = [];
    private readonly List<BrokerEvent> _executions = [];
    private readonly HashSet<long> _canceling = [];
    private readonly HashSet<long> _modifying = [];
    private readonly Dictionary<long, Timestamp> _refused = [];
    private Timestamp _now = Bench.Start;
    private double _price = 5000;
    private long _execution;

    /// <summary>Orders that it called ended are filled all the same, and executions are taken back, now and then.</summary>
    public bool ChangesItsMind { get; init; }

    /// <summary>Units that it filled of orders that it had called ended.</summary>
    public decimal FilledLate { get; private set; }

    /// <summary>Called after each input.</summary>
    public Action Check { get; init; } = static () => { };

    public List<Input> Given { get; } = [];

    public IReadOnlyList<Order> Orders => _orders;

    /// <summary>Its last word was that an order is not canceled but works; the engine may have asked anew at once.</summary>
    public bool SaysThatAnOrderWorks => Given[^1] is { Kind: InputKind.Broker, Broker.Kind: BrokerEventKind.CancelRejected };

    /// <summary>Its cancel was refused less than this long ago.</summary>
    public bool RefusedCancelOf(Order order, TimeSpan within) => _refused.TryGetValue(order.Id.Value, out Timestamp time) && _now - time <= within;

    /// <summary>Price, clock or broker, as chance has it.</summary>
    public void Step()
    {
        _now += TimeSpan.FromMilliseconds(_chance.Next(0, 400));
        if (ChangesItsMind && _chance.Next(12) == 0 && ChangeItsMind()) return;
        if (_chance.Next(3) == 0)
        {
            Trade();
            return;
        }
        if (_chance.Next(4) == 0) Give(Input.Timer(_now));
        else if (Open() is [_, ..] open) Answer(open[_chance.Next(open.Length)]);
    }

    /// <summary>The broker is well again: every doubt is cleared up, every request answered, and the clock ticks on.</summary>
    public void Heal()
    {
        for (int round = 0; round < 40; round++)
        {
            foreach (Order order in Open()) Settle(order);
            _now += TimeSpan.FromMilliseconds(500);
            Give(Input.Timer(_now));
        }
    }

    public void Command(CommandKind kind) => Give(new Input(_now, new Command(kind)));

    private bool ChangeItsMind()
    {
        if (_chance.Next(2) == 0 && _executions.Count > 0)
        {
            BrokerEvent told = _executions[_chance.Next(_executions.Count)];
            Give(new Input(_now, told with { Kind = BrokerEventKind.Busted }));
            return true;
        }
        Order[] ended = [.. _orders.Where(order => order.Status is OrderStatus.Canceled or OrderStatus.Expired && order.RemainingQuantity > 0)];
        if (ended.Length == 0) return false;
        FilledLate++;
        Fill(ended[_chance.Next(ended.Length)], 1);
        return true;
    }

    private void Trade()
    {
        _price += Math.Round((_chance.NextDouble() - 0.5) * 24) / 4;
        Give(new Input(0, new Trade(_now, _price, 1)));
    }

    private Order[] Open() => [.. _orders.Where(order => !order.Status.IsFinal())];

    private void Answer(Order order)
    {
        bool isNew = order.Status == OrderStatus.Sending;
        switch (_chance.Next(12))
        {
            case 0 when isNew: Tell(order, BrokerEventKind.Rejected, "no"); break;
            case 1 when isNew: Tell(order, BrokerEventKind.SubmitInDoubt, "no answer"); break;
            case 2 when order.Doubt == OrderDoubt.Submit: Tell(order, BrokerEventKind.Absent); break;
            case 3: Tell(order, BrokerEventKind.Canceled); break;
            case 4 when _canceling.Contains(order.Id.Value): Tell(order, BrokerEventKind.CancelRejected); break;
            case 5 when _canceling.Contains(order.Id.Value): Tell(order, BrokerEventKind.CancelInDoubt, "no answer"); break;
            case 6 when _modifying.Contains(order.Id.Value): Tell(order, BrokerEventKind.ModifyRejected, "no"); break;
            case 7 when _modifying.Contains(order.Id.Value): Tell(order, BrokerEventKind.ModifyInDoubt, "no answer"); break;
            case 8 or 9 when order.RemainingQuantity > 0: Fill(order, _chance.Next(1, (int)order.RemainingQuantity + 1)); break;
            default: Confirm(order); break;
        }
    }

    private void Confirm(Order order)
    {
        if (order.Status == OrderStatus.ModifyPending || order.Doubt == OrderDoubt.Modify) Tell(order, BrokerEventKind.Modified);
        else Tell(order, BrokerEventKind.Accepted);
    }

    private void Settle(Order order)
    {
        if (order.Status is OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel) Tell(order, BrokerEventKind.Canceled);
        else if (order.Type == OrderType.Market && order.RemainingQuantity > 0) Fill(order, order.RemainingQuantity);
        else Confirm(order);
    }

    private void Fill(Order order, decimal quantity)
    {
        var told = new BrokerEvent(BrokerEventKind.Filled, order.Id, ++_execution, quantity, Bench.Es.RoundToTick(_price));
        if (ChangesItsMind) _executions.Add(told);
        Give(new Input(_now, told));
    }

    private void Tell(Order order, BrokerEventKind kind, string? text = null) => Give(new Input(_now, new BrokerEvent(kind, order.Id), text));

    private void Give(in Input input)
    {
        Given.Add(input);
        if (input is { Kind: InputKind.Broker, Broker.Kind: BrokerEventKind.CancelRejected }) _refused[input.Broker.Order.Value] = _now;
        foreach (ref readonly Output output in engine.Process(in input))
        {
            if (output.Kind == OutputKind.OrderSubmitted && !_orders.Contains(output.Order)) _orders.Add(output.Order);
            if (output.Kind == OutputKind.CancelRequested) _canceling.Add(output.Order.Id.Value);
            if (output.Kind == OutputKind.ModifyRequested) _modifying.Add(output.Order.Id.Value);
        }
        Check();
    }
}
