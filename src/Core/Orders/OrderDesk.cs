using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;

namespace Tradewind.Core.Orders;

/// <summary>Hands approved orders, modifications and cancels out, and knows every order that can still fill.</summary>
internal sealed class OrderDesk(OutputBuffer outputs, Account account, RiskGate gate)
{
    // The working ones but the one submitted last: most orders are filled before the next, and most events are about the latest.
    private readonly Dictionary<long, Order> _earlier = [];
    private long _lastDecision;
    private Order? _latest;

    /// <summary>Why the order that was submitted last was denied; none where it was approved.</summary>
    public RiskCode LastDenial { get; private set; }

    /// <summary>The order that was submitted last is smaller than asked for.</summary>
    public bool WasCut => gate.WasCut;

    /// <summary>Number of the next decision or protective step: votes, checks and orders refer to it.</summary>
    public long NextDecision() => ++_lastDecision;

    /// <summary>Orders that ended and are remembered, the latest last.</summary>
    public IReadOnlyList<Order> Ended => Memory.OldestFirst();

    /// <summary>What ended, and what was booked.</summary>
    public OrderMemory Memory { get; } = new();

    /// <summary>Number of the next execution, from the same counter as orders.</summary>
    public long NextParent()
    {
        gate.CountOrdersFrom(gate.LastOrder + 1);
        return gate.LastOrder;
    }

    /// <summary>What adds risk may be ordered, as far as operators are concerned.</summary>
    public bool IsActive => gate.State == TradingState.Active;

    /// <summary>Why nothing may add risk now; none where it may.</summary>
    public RiskCode ClosedBy => gate.ClosedBy;

    /// <summary>The session is over: nothing that adds risk is to work any more.</summary>
    public bool IsHalted => gate.State == TradingState.Halted;

    /// <summary>A working order, or one that ended and is remembered; null for any other.</summary>
    public Order? Find(OrderId id) =>
        _latest is { } latest && latest.Id == id ? latest : _earlier.TryGetValue(id.Value, out Order? working) ? working : id.IsNone ? null : Memory.Find(id);

    /// <summary>Whether the number is one that was given to an order, even if that is forgotten.</summary>
    public bool IsOurs(OrderId id) => id.Value > 0 && id.Value <= gate.LastOrder;

    /// <summary>Whether an execution was booked, for any order or as not ours. It looks through all that is remembered: not for the usual path.</summary>
    public bool HasBooked(long execution) =>
        Memory.HasBooked(execution) || _latest?.HasExecution(execution) == true || _earlier.Values.Any(order => order.HasExecution(execution));

    /// <summary>The order, working until it ends, or null when a risk rule denied it. <paramref name="shares"/> is cut when the order was.</summary>
    /// <param name="expected">The last price when it was decided on first; 0 where that is now.</param>
    public Order? Submit(MarketState market, in OrderTerms terms, long decision, Span<OrderShare> shares, double expected = 0)
    {
        if (double.IsNaN(ReferenceOf(market, in terms)))
        {
            LastDenial = RiskCode.NoPrice;
            outputs.Add(market.Index, new OrderDenied(decision, RiskCode.NoPrice, terms));
            return null;
        }
        OrderDraft draft = DraftOf(market, in terms, null, OwnPositions.EffectOf(market, terms.Side, shares, null), expected);
        Order? order = gate.Approve(ref draft, decision, shares);
        LastDenial = gate.LastDenial;
        if (order is null) return null;
        if (_latest is { } before) _earlier.Add(before.Id.Value, before);
        _latest = order;
        market.Working.Add(order);
        order.Apply(OrderEvent.Sent);
        outputs.AddSubmitted(order);
        return order;
    }

    /// <summary>Denies an order that would add risk while nothing may.</summary>
    public void DenyByState(MarketState market, in OrderTerms terms, long decision) => gate.DenyByState(market.Index, in terms, decision, LastDenial = ClosedBy);

    /// <summary>Hands an order out once more, under its own number: the venue is proven never to have had it.</summary>
    public void SendAgain(MarketState market, Order order, string why)
    {
        RiskGate.Mark(order, DraftOf(market, order.Terms, order, OwnPositions.EffectOf(market, order), order.ReferencePrice));
        Tell(order, OrderEvent.SentAgain, why);
        outputs.AddSubmitted(order);
    }

    /// <summary>Whether the risk rules let an order that is not at the venue be sent as it is.</summary>
    public bool StillAllows(MarketState market, Order order) => gate.StillAllows(DraftOf(market, order.Terms, order, OwnPositions.EffectOf(market, order), order.ReferencePrice), order.Decision);

    /// <summary>Asks the broker for another quantity or other prices of a working order. False where nothing can be asked now: it is not working, another request is open, or a risk rule is against it.</summary>
    /// <param name="terms">The quantity counts what is filled. Side, kind and purpose must be the order's own.</param>
    /// <exception cref="ArgumentException">The terms are no modification of the order.</exception>
    public bool Modify(MarketState market, Order order, in OrderTerms terms)
    {
        if (order.Status is not (OrderStatus.Working or OrderStatus.PartiallyFilled)) return false;
        OrderTerms before = order.Terms;
        if (terms == before) return true;
        bool isSame = before with { Quantity = terms.Quantity, LimitPrice = terms.LimitPrice, StopPrice = terms.StopPrice } == terms;
        if (!isSame || terms.Quantity <= order.FilledQuantity) throw new ArgumentException($"{terms} is no modification of order {order.Id}: {before}, filled {order.FilledQuantity}.", nameof(terms));
        if (terms.Quantity != before.Quantity && order.ShareCount > 1) throw new ArgumentException($"Order {order.Id} is for several strategies: its quantity cannot change.", nameof(terms));
        OrderTerms open = terms with { Quantity = terms.Quantity - order.FilledQuantity };
        if (terms.Purpose == OrderPurpose.Target && !gate.StillAllows(DraftOf(market, in open, order, EffectOf(market, in open, order), 0), order.Decision)) return false;
        order.Ask(in terms);
        Tell(order, OrderEvent.ModifyRequested, null);
        outputs.AddModifyRequested(order, in terms);
        return true;
    }

    /// <summary>Asks the broker to cancel; does nothing where that was asked already or the order ended. One whose sending is in doubt is canceled as soon as it is found.</summary>
    public void Cancel(Order order)
    {
        if (order.Status.IsFinal()) return;
        if (order.Doubt == OrderDoubt.Submit) order.Mark(OrderMarks.CancelWanted);
        if (Tell(order, OrderEvent.CancelRequested, null)) outputs.AddCancelRequested(order);
    }

    /// <summary>Lets something happen to an order and tells it; false when it changes nothing.</summary>
    public bool Tell(Order order, OrderEvent happened, string? text)
    {
        OrderStatus before = order.Status;
        if (!order.Apply(happened)) return false;
        outputs.Add(order, before, happened, text);
        return true;
    }

    /// <summary>Nothing of it left: it does not count for the rules.</summary>
    public void TakeBack(Order order) => gate.OnNotSent(order);

    /// <summary>Takes an order that ended off the working ones.</summary>
    public void Retire(MarketState market, Order order)
    {
        market.Working.Remove(order);
        if (ReferenceEquals(_latest, order)) _latest = null;
        else _earlier.Remove(order.Id.Value);
        Memory.Add(order);
    }

    /// <summary>Knows an order of an earlier session from now on.</summary>
    public void Adopt(MarketState market, Order order)
    {
        if (order.Status.IsFinal())
        {
            Memory.Add(order);
            return;
        }
        _earlier.Add(order.Id.Value, order);
        market.Working.Add(order);
    }

    /// <summary>Puts an order that lives again among the working ones.</summary>
    public void Revive(MarketState market, Order order)
    {
        if (market.Working.Contains(order)) return;
        Memory.Remove(order);
        market.Working.Add(order);
        _earlier.Add(order.Id.Value, order);
    }

    /// <summary>Restores after the markets: their working orders and the ended ones are all it knows.</summary>
    public void Sync(Snapshot stream, IReadOnlyList<MarketState> markets)
    {
        stream.Section("orders");
        stream.Sync(ref _lastDecision);
        Memory.Sync(stream);
        if (!stream.IsReading) return;
        _earlier.Clear();
        _latest = null;
        foreach (Order order in markets.SelectMany(market => market.Working)) _earlier.Add(order.Id.Value, order);
    }

    /// <summary>Only an order of several strategies keeps its quantity for sure: that of one is its only share.</summary>
    private static OwnEffect EffectOf(MarketState market, in OrderTerms open, Order order) =>
        order.ShareCount > 1 ? OwnPositions.EffectOf(market, order) : OwnPositions.EffectOf(market, open.Side, [new(order.Share(0).Strategy, open.SignedQuantity)], order);

    private static double ReferenceOf(MarketState market, in OrderTerms terms)
    {
        if (terms.Type != OrderType.Market) return (double)(!terms.LimitPrice.IsZero ? terms.LimitPrice : terms.StopPrice);
        if (!double.IsNaN(market.Mark) || terms.Purpose != OrderPurpose.Flatten) return market.Mark;
        // Closing needs no price: the last one of the session before, or none.
        double before = market.Holding.Mark;
        return double.IsNaN(before) ? 0 : before;
    }

    /// <param name="own">The order that the draft is about, which does not count as working beside it; null for a new one.</param>
    /// <param name="expected">The last price when it was decided on first; 0 where that is now.</param>
    private OrderDraft DraftOf(MarketState market, in OrderTerms terms, Order? own, OwnEffect effect, double expected)
    {
        decimal buys = 0m, sells = 0m;
        bool hasDoubt = false;
        foreach (Order working in market.Working)
        {
            if (ReferenceEquals(working, own)) continue;
            hasDoubt |= working.Status == OrderStatus.InDoubt;
            if (working.Purpose != OrderPurpose.Target) continue;
            if (working.Side == Side.Buy) buys += working.WorstRemaining;
            else sells += working.WorstRemaining;
        }
        return new(market.Index, market.Instrument, in terms, ReferenceOf(market, in terms), account.PositionOf(market.Index).Quantity, buys, sells, hasDoubt, effect, expected);
    }
}
