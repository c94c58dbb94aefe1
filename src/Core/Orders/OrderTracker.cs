using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Moves orders along with what the broker says of them. Events may repeat, come late or not at all.</summary>
internal sealed class OrderTracker(
    OutputBuffer outputs, OrderDesk desk, FillBook book, ProtectionGuard guard, AbsentOrders absent, MarketState[] markets, List<StrategySlot> slots)
{
    /// <summary>The market whose order the event was about; null for an order that is not ours.</summary>
    public MarketState? On(in BrokerEvent told, string? text)
    {
        Order? order = desk.Find(told.Order);
        if (order is null)
        {
            outputs.AddAlert(-1, $"The broker reports {told.Kind} of order {told.Order}, which is unknown or complete: {text ?? "no further words"}.");
            return null;
        }
        MarketState market = markets[order.Instrument];
        bool wasInDoubt = order.Status == OrderStatus.InDoubt;
        Take(market, order, in told, text);
        if (wasInDoubt && order.Status != OrderStatus.InDoubt) EndDoubt(market, order);
        for (int i = 0; i < order.ShareCount; i++) guard.Watch(market, slots[order.Share(i).Strategy]);
        return market;
    }

    private void Take(MarketState market, Order order, in BrokerEvent told, string? text)
    {
        switch (told.Kind)
        {
            case BrokerEventKind.Accepted: Accept(market, order, text); break;
            case BrokerEventKind.Filled: Fill(market, order, in told); break;
            case BrokerEventKind.Rejected: End(market, order, OrderEvent.Rejected, text); break;
            case BrokerEventKind.Canceled: End(market, order, OrderEvent.Canceled, text); break;
            case BrokerEventKind.Expired: End(market, order, OrderEvent.Expired, text); break;
            case BrokerEventKind.CancelRejected: RefuseCancel(market, order, text); break;
            case BrokerEventKind.Modified: Modify(market, order, text); break;
            case BrokerEventKind.ModifyRejected: RefuseModification(market, order, text); break;
            case BrokerEventKind.SubmitInDoubt: Doubt(market, order, OrderEvent.SubmitInDoubt, text); break;
            case BrokerEventKind.CancelInDoubt: Doubt(market, order, OrderEvent.CancelInDoubt, text); break;
            case BrokerEventKind.ModifyInDoubt: Doubt(market, order, OrderEvent.ModifyInDoubt, text); break;
            case BrokerEventKind.Absent: MissAtVenue(market, order); break;
            case BrokerEventKind.Found: Find(market, order, text); break;
            case BrokerEventKind.Busted: outputs.AddAlert(market.Index, $"The venue took execution {told.ExecutionId} of order {order.Id} back: the position must be corrected."); break;
            default: throw new InvalidOperationException($"A broker event of kind {told.Kind} has no meaning.");
        }
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
        desk.Tell(order, OrderEvent.Accepted, text);
        // What the position needs may have changed since the order was sent.
        if (order.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit) guard.Sync(market, SlotOf(order));
    }

    private void Fill(MarketState market, Order order, in BrokerEvent told)
    {
        if (order.HasExecution(told.ExecutionId)) return;
        if (told.Quantity > order.RemainingQuantity && told.Quantity <= order.WorstRemaining) Modify(market, order, "an execution shows that the modification took effect");
        bool isComplete = told.Quantity == order.RemainingQuantity;
        if (!isComplete && (!told.Quantity.IsAboveZero || told.Quantity > order.RemainingQuantity)) outputs.AddAlert(market.Index, $"Order {order.Id} was filled for {told.Quantity} where {order.RemainingQuantity} remained.");
        if (!told.Quantity.IsAboveZero) return;
        OrderStatus before = order.Status;
        bool wasFinal = before.IsFinal();
        if (wasFinal) outputs.AddAlert(market.Index, $"Order {order.Id} was filled after it was {before}.");
        order.AddExecution(told.ExecutionId);
        book.Book(market, order, in told);
        order.Mark(OrderMarks.Known);
        isComplete = (isComplete || !order.RemainingQuantity.IsAboveZero) && !MayBeLarger(order);
        desk.Tell(order, isComplete ? OrderEvent.FilledWhole : OrderEvent.FilledPartly, wasFinal ? "filled after its end" : null);
        if (isComplete && !wasFinal) desk.Retire(market, order);
        else if (wasFinal && !isComplete) Reopen(market, order, before);
        if (wasFinal && order.Purpose == OrderPurpose.Target) market.NeedsDecision = true;
        for (int i = 0; i < order.ShareCount; i++) AfterFill(market, slots[order.Share(i).Strategy], order, in told);
    }

    /// <summary>Whether a modification that is not answered may have made it larger.</summary>
    private static bool MayBeLarger(Order order) =>
        (order.Status == OrderStatus.ModifyPending || order.Doubt == OrderDoubt.Modify) && order.WorstRemaining.IsAboveZero;

    /// <summary>A late execution opens the order again. Where the venue itself had said that it ended, that still holds for the rest.</summary>
    private void Reopen(MarketState market, Order order, OrderStatus end)
    {
        if (order.IsHeldAbsent) Live(market, order);
        else if (end != OrderStatus.Filled) desk.Tell(order, EventOf(end), "as the venue had said");
    }

    private static OrderEvent EventOf(OrderStatus end) => end switch
    {
        OrderStatus.Canceled => OrderEvent.Canceled,
        OrderStatus.Rejected => OrderEvent.Rejected,
        _ => OrderEvent.Expired,
    };

    private void AfterFill(MarketState market, StrategySlot slot, Order order, in BrokerEvent told)
    {
        (slot.Protection.Filled, slot.Protection.FillPrice) = (outputs.Time, (double)told.Price);
        decimal position = slot.Position.Quantity;
        bool hasOpened = !position.IsZero && position.IsAboveZero == (order.Side == Side.Buy);
        bool isTarget = order.Purpose == OrderPurpose.Target;
        if (hasOpened && isTarget) ProtectionGuard.Plan(market, slot, isOfEarlierSession: order.ClientId is not null);
        if (isTarget && slot.Wish is not null && Math.Abs(position) > Math.Abs(slot.Target)) market.NeedsDecision = true;
        if (!isTarget) ScaleOut.OnFill(slot, order, told.Quantity);
        // Held to the position at each fill: what works for it may be more than is left.
        if (slot.Wish is { IsReduceOnly: true }) market.NeedsDecision = true;
        if (!isTarget && position.IsZero) UseUp(market, slot, order);
        if (hasOpened && !(isTarget && IsWanted(slot, order))) guard.Flatten(market, slot, $"{slot.Name}: order {order.Id} closed more than was held; the excess of {position} {market.Instrument.Symbol} is closed.");
        guard.Sync(market, slot);
    }

    /// <summary>False for an order that was to close and opened something, because another had closed the position already, and nothing is wished that would see to it.</summary>
    private static bool IsWanted(StrategySlot slot, Order order) =>
        slot.Wish is { IsReduceOnly: false } || slot.LastEntry is not { } entry || (entry.Action == SignalAction.Buy) == (order.Side == Side.Buy);

    /// <summary>
    /// The wish that led here is used up; the strategy must say anew that it wants to be in the market. A wish for the other side stands when a stop or target came first. What
    /// still works is brought to what is wished now.
    /// </summary>
    private static void UseUp(MarketState market, StrategySlot slot, Order filled)
    {
        bool isReversal = filled.Purpose != OrderPurpose.Flatten && slot.Wish is { IsReduceOnly: false } wish && wish.Action == (filled.Side == Side.Buy ? SignalAction.Buy : SignalAction.Sell);
        if (!isReversal) slot.ClearWish();
        foreach (Order order in market.Working) market.NeedsDecision |= order.Purpose == OrderPurpose.Target;
    }

    private void End(MarketState market, Order order, OrderEvent happened, string? text)
    {
        if (order.Status.IsFinal()) return;
        bool wasUnwanted = order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel || order.IsCancelWanted;
        desk.Tell(order, happened, text);
        desk.Retire(market, order);
        if (order.Purpose == OrderPurpose.Target) EndTarget(market, order, wasUnwanted);
        else if (wasUnwanted) guard.Sync(market, SlotOf(order));
        else guard.OnLost(market, SlotOf(order), order);
    }

    private void EndTarget(MarketState market, Order order, bool wasUnwanted)
    {
        if (wasUnwanted)
        {
            market.NeedsDecision = true;
            return;
        }
        // What the venue ended by itself is not tried again until the strategy says something new.
        for (int i = 0; i < order.ShareCount; i++) slots[order.Share(i).Strategy].IsBlocked = true;
    }

    private void Modify(MarketState market, Order order, string? text)
    {
        order.Mark(OrderMarks.Known);
        if (!order.TakeAskedTerms()) return;
        desk.Tell(order, OrderEvent.Modified, text);
        AfterTerms(market, order);
    }

    private void RefuseModification(MarketState market, Order order, string? text)
    {
        order.DropAskedTerms();
        if (desk.Tell(order, OrderEvent.ModifyRejected, text))
        {
            order.Mark(OrderMarks.Fixed);
            outputs.AddAlert(market.Index, $"The modification of order {order.Id} was refused: {text ?? "no further words"}.");
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
            desk.Tell(order, OrderEvent.FilledWhole, "nothing is open under its terms");
            desk.Retire(market, order);
        }
        if (order.Purpose != OrderPurpose.Target) guard.Sync(market, SlotOf(order));
    }

    /// <summary>It is asked again after a while, if it still is to go by then: at once could go on for ever.</summary>
    private void RefuseCancel(MarketState market, Order order, string? text)
    {
        if (desk.Tell(order, OrderEvent.CancelRejected, text)) guard.CancelLater(market, order);
    }

    private void Doubt(MarketState market, Order order, OrderEvent happened, string? text)
    {
        if (happened == OrderEvent.SubmitInDoubt)
        {
            if (order.IsKnown) return;
            if (order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel) order.Mark(OrderMarks.CancelWanted);
        }
        if (!desk.Tell(order, happened, text)) return;
        outputs.AddAlert(market.Index, $"Order {order.Id} is in doubt ({order.Doubt}): {text ?? "no further words"}.");
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
        if (absent.WhyNotAgain(market, order) is not { } why)
        {
            desk.SendAgain(order, "the venue never had it");
            return;
        }
        order.Mark(OrderMarks.HeldAbsent);
        End(market, order, OrderEvent.Absent, why);
    }

    private void Find(MarketState market, Order order, string? text)
    {
        bool wasFinal = order.Status.IsFinal();
        order.Mark(OrderMarks.Known);
        if (!desk.Tell(order, OrderEvent.Found, text) || !wasFinal) return;
        outputs.AddAlert(market.Index, $"The venue works order {order.Id}, which was held to be over.");
        Live(market, order);
    }

    /// <summary>An order that had ended works again, and may be wanted or not.</summary>
    private void Live(MarketState market, Order order)
    {
        order.Unmark(OrderMarks.HeldAbsent);
        OrderDesk.Revive(market, order);
        Consider(market, order);
    }

    /// <summary>Asks anew whether an order that works is wanted.</summary>
    private void Consider(MarketState market, Order order)
    {
        if (order.Purpose == OrderPurpose.Target) market.NeedsDecision = true;
        if (order.Status.IsFinal()) return;
        if (order.IsCancelWanted) CancelAtLast(order);
        else if (order.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit)
        {
            if (ProtectionGuard.Owns(SlotOf(order), order)) guard.Sync(market, SlotOf(order));
            else desk.Cancel(order);
        }
        else if (order.Purpose == OrderPurpose.Flatten && !absent.Closes(order)) desk.Cancel(order);
    }

    private void CancelAtLast(Order order)
    {
        order.Unmark(OrderMarks.CancelWanted);
        desk.Cancel(order);
    }

    private StrategySlot SlotOf(Order order) => slots[order.Share(0).Strategy];
}
