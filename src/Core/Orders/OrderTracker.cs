using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Moves orders along with what the broker says of them.</summary>
internal sealed class OrderTracker(
    OutputBuffer outputs, OrderDesk desk, FillBook book, ProtectionGuard guard, MarketState[] markets, List<StrategySlot> slots)
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
        switch (told.Kind)
        {
            case BrokerEventKind.Accepted: Accept(order, text); break;
            case BrokerEventKind.Filled: Fill(market, order, in told); break;
            case BrokerEventKind.Rejected: End(market, order, OrderStatus.Rejected, text); break;
            case BrokerEventKind.Canceled: End(market, order, OrderStatus.Canceled, text); break;
            case BrokerEventKind.Expired: End(market, order, OrderStatus.Expired, text); break;
            case BrokerEventKind.CancelRejected: GoOn(order, text); break;
            case BrokerEventKind.SubmitInDoubt: Doubt(order, OrderDoubt.Submit, text); break;
            case BrokerEventKind.CancelInDoubt: Doubt(order, OrderDoubt.Cancel, text); break;
            case BrokerEventKind.ModifyInDoubt: Doubt(order, OrderDoubt.Modify, text); break;
            case BrokerEventKind.Absent: End(market, order, OrderStatus.Expired, text); break;
            default: throw new InvalidOperationException($"A broker event of kind {told.Kind} has no meaning.");
        }
        return market;
    }

    private void Accept(Order order, string? text)
    {
        order.SetBrokerOrderId(text);
        if (order.Status is OrderStatus.Sending or OrderStatus.InDoubt) desk.Change(order, OrderStatus.Working, text);
    }

    private void Fill(MarketState market, Order order, in BrokerEvent told)
    {
        if (order.HasExecution(told.ExecutionId)) return;
        bool isComplete = told.Quantity == order.RemainingQuantity;
        if (!isComplete && (!told.Quantity.IsAboveZero || told.Quantity > order.RemainingQuantity)) outputs.AddAlert(market.Index, $"Order {order.Id} was filled for {told.Quantity} where {order.RemainingQuantity} remained.");
        if (!told.Quantity.IsAboveZero) return;
        bool wasFinal = order.Status.IsFinal();
        if (wasFinal) outputs.AddAlert(market.Index, $"Order {order.Id} was filled after it was {order.Status}.");
        order.AddExecution(told.ExecutionId);
        book.Book(market, order, in told);
        isComplete = isComplete || !order.RemainingQuantity.IsAboveZero;
        if (isComplete) desk.Change(order, OrderStatus.Filled, null);
        else if (order.Status is OrderStatus.Sending or OrderStatus.Working or OrderStatus.PartiallyFilled) desk.Change(order, OrderStatus.PartiallyFilled, null);
        if (isComplete && !wasFinal) desk.Retire(market, order);
        for (int i = 0; i < order.ShareCount; i++) AfterFill(market, slots[order.Share(i).Strategy], order);
    }

    private void AfterFill(MarketState market, StrategySlot slot, Order order)
    {
        if (order.Purpose == OrderPurpose.Target)
        {
            if (slot.Wish is { IsPlain: false, Action: SignalAction.Buy or SignalAction.Sell } wish)
            {
                slot.Protection.StopLoss = wish.StopLoss ?? 0m;
                slot.Protection.TakeProfit = wish.TakeProfit ?? 0m;
            }
        }
        else if (slot.Position.IsFlat)
        {
            // The wish that led here is used up; the strategy must say anew that it wants to be in the market.
            slot.ClearWish();
        }
        guard.Sync(market, slot);
    }

    private void End(MarketState market, Order order, OrderStatus status, string? text)
    {
        if (order.Status.IsFinal()) return;
        bool wasCanceling = order.Status == OrderStatus.CancelPending;
        desk.Change(order, status, text);
        desk.Retire(market, order);
        if (order.Purpose == OrderPurpose.Target) EndTarget(market, order, wasCanceling);
        else EndProtective(market, slots[order.Share(0).Strategy], order, status);
    }

    private void EndTarget(MarketState market, Order order, bool wasCanceling)
    {
        if (wasCanceling)
        {
            market.NeedsDecision = true;
            return;
        }
        // What the venue ended by itself is not tried again until the strategy says something new.
        for (int i = 0; i < order.ShareCount; i++) slots[order.Share(i).Strategy].IsBlocked = true;
    }

    private void EndProtective(MarketState market, StrategySlot slot, Order order, OrderStatus status)
    {
        if (order.Purpose == OrderPurpose.StopLoss && status == OrderStatus.Rejected)
        {
            guard.Flatten(market, slot, $"{slot.Name}: the broker rejected the protective stop; the position of {slot.Position.Quantity} {market.Instrument.Symbol} is closed.");
            return;
        }
        guard.Sync(market, slot);
    }

    private void Doubt(Order order, OrderDoubt doubt, string? text)
    {
        if (order.Status.IsFinal()) return;
        order.SetDoubt(doubt);
        desk.Change(order, OrderStatus.InDoubt, text);
    }

    private void GoOn(Order order, string? text)
    {
        if (order.Status == OrderStatus.CancelPending) desk.Change(order, order.FilledQuantity.IsAboveZero ? OrderStatus.PartiallyFilled : OrderStatus.Working, text);
    }
}
