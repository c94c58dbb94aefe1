using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Moves orders along with what the broker says of them. Events may repeat, come late, in another order or not at all.</summary>
internal sealed class OrderTracker
{
    private readonly OutputBuffer _outputs;
    private readonly OrderDesk _desk;
    private readonly ProtectionGuard _guard;
    private readonly AbsentOrders _absent;
    private readonly OrderFills _fills;
    private readonly OrderEnds _ends;
    private readonly MarketState[] _markets;
    private readonly List<StrategySlot> _slots;

    public OrderTracker(
        OutputBuffer outputs, OrderDesk desk, FillBook book, ProtectionGuard guard, AccountCloser closer, AbsentOrders absent, Alternatives alternatives, MarketState[] markets, List<StrategySlot> slots)
    {
        _outputs = outputs;
        _desk = desk;
        _guard = guard;
        _absent = absent;
        _markets = markets;
        _slots = slots;
        _fills = new(outputs, desk, book, guard, closer, alternatives, markets, slots) { Live = Live };
        _ends = new(outputs, desk, guard, closer, slots);
    }

    /// <summary>The market that the event was about; null where it changed nothing.</summary>
    /// <param name="instrument">As the broker named it; -1 where it did not.</param>
    public MarketState? On(int instrument, in BrokerEvent told, string? text)
    {
        if (!told.IsExact) return On(instrument, told.ToExact(), text);
        if (_desk.Find(told.Order) is not { } order) return _fills.OnUnknown(instrument, in told, text);
        MarketState market = _markets[order.Instrument];
        bool wasInDoubt = order.Status == OrderStatus.InDoubt;
        // With the instrument the sign tells the side, for orders that are not known; of one that is, it must be its own.
        if (instrument >= 0 && told.Kind == BrokerEventKind.Filled) _fills.Fill(market, order, told with { Quantity = told.Quantity.IsBelowZero && order.Side == Side.Sell ? -told.Quantity : told.Quantity });
        else Take(market, order, in told, text);
        if (wasInDoubt && order.Status != OrderStatus.InDoubt) EndDoubt(market, order);
        Watch(market, order);
        return market;
    }

    /// <summary>What the venue confirmed may have changed, and with it whether a position is protected.</summary>
    private void Watch(MarketState market, Order order)
    {
        for (int i = 0; i < order.ShareCount; i++)
        {
            if (order.Share(i).Strategy is var strategy and >= 0) _guard.Watch(market, _slots[strategy]);
        }
    }

    private void Take(MarketState market, Order order, in BrokerEvent told, string? text)
    {
        switch (told.Kind)
        {
            case BrokerEventKind.Accepted: Accept(market, order, text); break;
            case BrokerEventKind.Filled: _fills.Fill(market, order, in told); break;
            case BrokerEventKind.Busted: _fills.Bust(market, order, in told, text); break;
            case BrokerEventKind.Rejected: _ends.End(market, order, OrderEvent.Rejected, text); break;
            case BrokerEventKind.Canceled: _ends.End(market, order, OrderEvent.Canceled, text); break;
            case BrokerEventKind.Withheld: Withhold(market, order, text); break;
            case BrokerEventKind.NotSent: NotSend(market, order, text); break;
            case BrokerEventKind.Expired: _ends.End(market, order, OrderEvent.Expired, text); break;
            case BrokerEventKind.CancelRejected: RefuseCancel(market, order, text); break;
            case BrokerEventKind.Modified: Modify(market, order, text); break;
            case BrokerEventKind.StopMoved when order.TrailTicks > 0: VenueTrail.OnMoved(_outputs, SlotOf(order), order, told.Price); break;
            case BrokerEventKind.StopMoved: break;
            case BrokerEventKind.ModifyRejected: RefuseModification(market, order, text, wasSent: true); break;
            case BrokerEventKind.ModifyNotSent: RefuseModification(market, order, text, wasSent: false); break;
            case BrokerEventKind.SubmitInDoubt: Doubt(market, order, OrderEvent.SubmitInDoubt, text); break;
            case BrokerEventKind.CancelInDoubt: Doubt(market, order, OrderEvent.CancelInDoubt, text); break;
            case BrokerEventKind.ModifyInDoubt: Doubt(market, order, OrderEvent.ModifyInDoubt, text); break;
            case BrokerEventKind.Absent: MissAtVenue(market, order); break;
            case BrokerEventKind.Found: Find(market, order, text); break;
            default: throw new InvalidOperationException($"A broker event of kind {told.Kind} has no meaning.");
        }
    }

    /// <summary>The broker is proven not to have it: one that the venue has shown was sent before.</summary>
    private void Withhold(MarketState market, Order order, string? text)
    {
        if (!order.IsKnown && order.Status is OrderStatus.Sending or OrderStatus.CancelPending) _ends.End(market, order, OrderEvent.Withheld, text);
    }

    /// <summary>One that the venue has shown, or filled, was sent whatever was said.</summary>
    private void NotSend(MarketState market, Order order, string? text)
    {
        if (!order.IsKnown && order.FilledQuantity.IsZero) _ends.End(market, order, OrderEvent.NotSent, text);
    }

    private void Accept(MarketState market, Order order, string? text)
    {
        bool isNews = order.LearnBrokerOrderId(text);
        order.Mark(OrderMarks.Known);
        if (order.IsHeldAbsent)
        {
            Find(market, order, text);
            return;
        }
        if (!isNews && order.Status is not (OrderStatus.Sending or OrderStatus.InDoubt)) return;
        if (order.Doubt == OrderDoubt.Modify) order.DropAskedTerms();
        _desk.Tell(order, OrderEvent.Accepted, text);
        // What the position needs may have changed since the order was sent.
        if (order.Purpose is not (OrderPurpose.StopLoss or OrderPurpose.TakeProfit)) return;
        SlotOf(order).Protection.OnArrived(order.Purpose);
        _guard.Sync(market, SlotOf(order));
    }

    private void Modify(MarketState market, Order order, string? text)
    {
        order.Mark(OrderMarks.Known);
        if (!order.TakeAskedTerms()) return;
        order.Unmark(OrderMarks.ModifyRefused | OrderMarks.ModifyUnsent);
        _desk.Tell(order, OrderEvent.Modified, text);
        AfterTerms(market, order);
    }

    private void RefuseModification(MarketState market, Order order, string? text, bool wasSent)
    {
        bool wasToShrink = order.AskedTerms is { } asked && asked.Quantity < order.Quantity;
        order.DropAskedTerms();
        if (_desk.Tell(order, OrderEvent.ModifyRejected, text))
        {
            if (wasSent || !order.IsModifyUnsent) _outputs.AddAlert(market.Index, $"The modification of order {order.Id} {(wasSent ? "was refused" : "never left")}: {text ?? "no further words"}.");
            // What is larger than the position could open the opposite one: that does not wait.
            if (order.Purpose == OrderPurpose.Target || (wasSent && (order.IsModifyRefused || wasToShrink))) order.Fix();
            else _guard.ModifyLater(market, order, wasSent ? OrderMarks.ModifyRefused : OrderMarks.ModifyUnsent);
        }
        // Also where a cancel was asked meanwhile: what is filled may be all of it.
        AfterTerms(market, order);
    }

    /// <summary>The order's terms are certain again: it may be complete under them, or not be what is needed any more.</summary>
    private void AfterTerms(MarketState market, Order order)
    {
        if (order.Status.IsFinal()) return;
        if (!order.RemainingQuantity.IsAboveZero)
        {
            _desk.Tell(order, OrderEvent.FilledWhole, "nothing is open under its terms");
            _desk.Retire(market, order);
        }
        if (order.Purpose != OrderPurpose.Target && order.Share(0).Strategy >= 0) _guard.Sync(market, SlotOf(order));
    }

    /// <summary>It is asked again after a while, if it still is to go by then: at once could go on for ever.</summary>
    private void RefuseCancel(MarketState market, Order order, string? text)
    {
        if (_desk.Tell(order, OrderEvent.CancelRejected, text)) _guard.CancelLater(market, order);
    }

    private void Doubt(MarketState market, Order order, OrderEvent happened, string? text)
    {
        if (happened == OrderEvent.SubmitInDoubt)
        {
            if (order.IsKnown) return;
            if (order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel) order.Mark(OrderMarks.CancelWanted);
        }
        if (!_desk.Tell(order, happened, text)) return;
        _outputs.AddAlert(market.Index, $"Order {order.Id} is in doubt ({order.Doubt}): {text ?? "no further words"}.");
    }

    /// <summary>Evidence: what waited for it goes on.</summary>
    private void EndDoubt(MarketState market, Order order)
    {
        foreach (StrategySlot slot in market.Slots) slot.GoOn();
        Consider(market, order);
    }

    private void MissAtVenue(MarketState market, Order order)
    {
        // Unanswered, or in doubt: after a restart it may be proven absent before anybody called it in doubt.
        bool isCanceling = order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel;
        if (order.IsKnown || !(isCanceling || order.Status == OrderStatus.Sending || order.Doubt == OrderDoubt.Submit)) return;
        if (isCanceling) order.Mark(OrderMarks.CancelWanted);
        if (_absent.WhyNotAgain(market, order) is not { } why)
        {
            _desk.SendAgain(market, order, "the venue never had it");
            return;
        }
        order.Mark(OrderMarks.HeldAbsent);
        _ends.End(market, order, OrderEvent.Absent, why);
    }

    private void Find(MarketState market, Order order, string? text)
    {
        bool wasFinal = order.Status.IsFinal();
        order.Mark(OrderMarks.Known);
        if (!_desk.Tell(order, OrderEvent.Found, text) || !wasFinal) return;
        _outputs.AddAlert(market.Index, $"The venue works order {order.Id}, which was held to be over.");
        Live(market, order);
    }

    /// <summary>An order that had ended works again, and may be wanted or not.</summary>
    private void Live(MarketState market, Order order)
    {
        order.Unmark(OrderMarks.HeldAbsent);
        _desk.Revive(market, order);
        Consider(market, order);
    }

    /// <summary>Asks anew whether an order that works is wanted.</summary>
    private void Consider(MarketState market, Order order)
    {
        if (order.Purpose == OrderPurpose.Target) market.NeedsDecision = true;
        if (order.Status.IsFinal()) return;
        if (order.IsCancelWanted) CancelAtLast(order);
        else if (IsUnwanted(market, order)) _desk.Cancel(order);
        else if (order.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit) _guard.Sync(market, SlotOf(order));
    }

    /// <summary>Of an entry only the next decision says so, unless there will be none.</summary>
    private bool IsUnwanted(MarketState market, Order order)
    {
        if (order.IsClosing) return !_absent.Closes(market, order);
        return order.Purpose == OrderPurpose.Target ? _desk.IsHalted : !ProtectionGuard.Owns(SlotOf(order), order);
    }

    private void CancelAtLast(Order order)
    {
        order.Unmark(OrderMarks.CancelWanted);
        _desk.Cancel(order);
    }

    private StrategySlot SlotOf(Order order) => _slots[order.Share(0).Strategy];
}
