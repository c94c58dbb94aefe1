using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;

namespace Tradewind.Core.Orders;

/// <summary>Hands approved orders and cancels out, and knows every order that can still fill.</summary>
internal sealed class OrderDesk(OutputBuffer outputs, Account account, RiskGate gate)
{
    /// <summary>Orders that ended unfilled are remembered this long, because a late fill is booked, not lost.</summary>
    private const int RememberedOrders = 1024;

    // All but the one submitted last: most orders are filled before the next, and most events are about the latest.
    private readonly Dictionary<long, Order> _earlier = [];
    private readonly Queue<long> _ended = new();
    private long _lastDecision;
    private Order? _latest;

    /// <summary>Number of the next decision or protective step: votes, checks and orders refer to it.</summary>
    public long NextDecision() => ++_lastDecision;

    public Order? Find(OrderId id) => _latest is { } latest && latest.Id == id ? latest : _earlier.GetValueOrDefault(id.Value);

    /// <summary>The order, working until it ends, or null when a risk rule denied it. <paramref name="shares"/> is cut when the order was.</summary>
    public Order? Submit(MarketState market, in OrderTerms terms, long decision, Span<OrderShare> shares)
    {
        double reference = terms.Type == OrderType.Market ? market.Mark : (double)(!terms.LimitPrice.IsZero ? terms.LimitPrice : terms.StopPrice);
        if (double.IsNaN(reference))
        {
            outputs.Add(market.Index, new OrderDenied(decision, RiskCode.NoPrice, terms));
            return null;
        }
        decimal buys = 0m, sells = 0m;
        foreach (Order working in market.Working)
        {
            if (working.Purpose != OrderPurpose.Target) continue;
            if (working.Side == Side.Buy) buys += working.RemainingQuantity;
            else sells += working.RemainingQuantity;
        }
        var draft = new OrderDraft(market.Index, market.Instrument, terms, reference, account.PositionOf(market.Index).Quantity, buys, sells);
        Order? order = gate.Approve(ref draft, decision, shares);
        if (order is null) return null;
        if (_latest is { } before) _earlier.Add(before.Id.Value, before);
        _latest = order;
        market.Working.Add(order);
        outputs.AddSubmitted(order);
        return order;
    }

    /// <summary>Asks the broker to cancel; does nothing where that was asked already or the order ended.</summary>
    public void Cancel(Order order)
    {
        if (order.Status.IsFinal() || order.Status == OrderStatus.CancelPending) return;
        Change(order, OrderStatus.CancelPending, null);
        outputs.AddCancelRequested(order);
    }

    public void Change(Order order, OrderStatus status, string? text)
    {
        OrderStatus before = order.Status;
        order.SetStatus(status);
        outputs.Add(order, before, text);
    }

    /// <summary>Takes an order that ended off the working ones.</summary>
    public void Retire(MarketState market, Order order)
    {
        market.Working.Remove(order);
        if (order.FilledQuantity == order.Quantity)
        {
            Forget(order.Id.Value);
            return;
        }
        _ended.Enqueue(order.Id.Value);
        if (_ended.Count > RememberedOrders) Forget(_ended.Dequeue());
    }

    /// <summary>Restores after the markets: their working orders and the ended ones are all it knows.</summary>
    public void Sync(Snapshot stream, IReadOnlyList<MarketState> markets)
    {
        stream.Section("orders");
        stream.Sync(ref _lastDecision);
        List<Order> ended = [.. _ended.Select(id => Find(new(id))!)];
        stream.SyncObjects(ended, static () => new Order());
        if (!stream.IsReading) return;
        _earlier.Clear();
        _latest = null;
        _ended.Clear();
        foreach (Order order in ended)
        {
            _earlier.Add(order.Id.Value, order);
            _ended.Enqueue(order.Id.Value);
        }
        foreach (Order order in markets.SelectMany(market => market.Working)) _earlier.Add(order.Id.Value, order);
    }

    private void Forget(long order)
    {
        if (_latest?.Id.Value == order) _latest = null;
        else _earlier.Remove(order);
    }
}
