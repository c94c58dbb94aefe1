using System.Runtime.CompilerServices;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Takes executions in, each once: of orders that work, that are over, or that are not known, and those that the venue takes back.</summary>
internal sealed class OrderFills(
    OutputBuffer outputs, OrderDesk desk, FillBook book, ProtectionGuard guard, AccountCloser closer, Alternatives alternatives, MarketState[] markets, List<StrategySlot> slots)
{
    /// <summary>An order that was held to be absent was filled: it lives.</summary>
    public required Action<MarketState, Order> Live { get; init; }

    public void Fill(MarketState market, Order order, in BrokerEvent told)
    {
        if (order.HasExecution(told.ExecutionId)) return;
        if (!told.Quantity.IsAboveZero)
        {
            WarnOfNothing(market, order, in told);
            return;
        }
        decimal open = OpenFor(market, order, told.Quantity);
        int beyond = decimal.Compare(told.Quantity, open);
        OrderStatus before = order.Status;
        order.AddExecution(told.ExecutionId);
        if (desk.Memory.HasExternal && desk.Memory.TakeExternal(told.ExecutionId)) book.Link(market, order, in told);
        else book.Book(market, order, in told);
        order.Mark(OrderMarks.Known);
        bool isComplete = beyond >= 0 && !MayBeLarger(order);
        if (before.IsFinal()) FillLate(market, order, before, isComplete);
        else FillOpen(market, order, isComplete);
        if (beyond > 0) Overfill(market, order, told.Quantity, open);
        if (order.HasBusts && order.Busts.IsAwaited(told.ExecutionId)) Reverse(market, order, in told, "told before the execution");
        if (market.HasParents) Parents.OnFill(market, order, told.Quantity);
        AfterFill(market, order, in told);
    }

    /// <summary>The venue takes an execution back. Told before the execution, it waits for it.</summary>
    public void Bust(MarketState market, Order order, in BrokerEvent told, string? text)
    {
        if (!order.HasExecution(told.ExecutionId)) order.Busts.Await(told.ExecutionId);
        else if (!order.HasBusts || !order.Busts.Has(told.ExecutionId))
        {
            Reverse(market, order, in told, text);
            AfterBust(market, order);
        }
    }

    /// <summary>Words about an order that is not known, or forgotten. What was traded is booked: to nobody of ours.</summary>
    /// <returns>The market where something was booked; otherwise null.</returns>
    public MarketState? OnUnknown(int instrument, in BrokerEvent told, string? text)
    {
        if (told.Kind != BrokerEventKind.Filled)
        {
            // An order that ended long ago may be spoken of again.
            if (!desk.IsOurs(told.Order)) outputs.AddAlert(-1, $"The broker reports {told.Kind} of order {told.Order}, which is unknown: {text ?? "no further words"}.");
            return null;
        }
        if (desk.HasBooked(told.ExecutionId) || desk.Memory.HasExternalOf(told.ExecutionId, told.Quantity.IsAboveZero)) return null;
        if ((uint)instrument >= (uint)markets.Length || told.Quantity.IsZero)
        {
            outputs.AddAlert(-1, $"The broker reports execution {told.ExecutionId} of {told.Quantity} at {told.Price} for order {told.Order}, which is unknown, and not of what: it cannot be booked, and the position must be compared with the venue's.");
            return null;
        }
        MarketState market = markets[instrument];
        desk.Memory.AddExternal(told.ExecutionId, told.Quantity.IsAboveZero);
        book.BookExternal(market, default, told.ExecutionId, told.Quantity, told.Price, told.Fee);
        outputs.AddAlert(instrument, $"{market.Instrument.Symbol}: {told.Quantity} at {told.Price} for order {told.Order}, which is unknown: booked as not ours.");
        closer.OnExternalFill(market);
        return market;
    }

    // Sentences have methods of their own: the room for putting one together would be cleared at each fill.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WarnOfNothing(MarketState market, Order order, in BrokerEvent told) =>
        outputs.AddAlert(market.Index, $"Order {order.Id} is told to be filled for {told.Quantity}: that is no execution, and nothing is booked.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseExcess(MarketState market, StrategySlot slot, Order order, in decimal position) =>
        guard.Flatten(market, slot, $"{slot.Name}: order {order.Id} closed more than was held; the excess of {position} {market.Instrument.Symbol} is closed.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseLate(MarketState market, StrategySlot slot, Order order, in decimal position) =>
        guard.Flatten(market, slot, $"{slot.Name}: order {order.Id} was filled after all had to be flat; the position of {position} {market.Instrument.Symbol} is closed.");

    /// <summary>What of the order is open for an execution. One that is too large for the old terms and fits those asked for proves that these took effect.</summary>
    private decimal OpenFor(MarketState market, Order order, in decimal quantity)
    {
        decimal open = order.RemainingQuantity;
        if (quantity <= open || quantity > order.WorstRemaining) return open;
        order.TakeAskedTerms();
        desk.Tell(order, OrderEvent.Modified, "an execution shows that it took effect");
        return order.RemainingQuantity;
    }

    /// <summary>Whether a modification that is not answered may have made it larger.</summary>
    private static bool MayBeLarger(Order order) =>
        (order.Status == OrderStatus.ModifyPending || order.Doubt == OrderDoubt.Modify) && order.WorstRemaining.IsAboveZero;

    private void FillOpen(MarketState market, Order order, bool isComplete)
    {
        bool wasUnwanted = order.Status == OrderStatus.CancelPending;
        desk.Tell(order, isComplete ? OrderEvent.FilledWhole : OrderEvent.FilledPartly, null);
        if (!isComplete) return;
        desk.Retire(market, order);
        // What stands now waited for its end.
        if (wasUnwanted && order.Purpose == OrderPurpose.Target) market.NeedsDecision = true;
    }

    /// <summary>A late execution opens the order again. Where the venue itself had said that it ended, that still holds for the rest.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void FillLate(MarketState market, Order order, OrderStatus end, bool isComplete)
    {
        desk.Memory.OnLateFill(order);
        outputs.AddAlert(market.Index, $"Order {order.Id} was filled after it was {end}.");
        desk.Tell(order, isComplete ? OrderEvent.FilledWhole : OrderEvent.FilledPartly, "filled after its end");
        if (order.Purpose == OrderPurpose.Target) market.NeedsDecision = true;
        if (isComplete || end == OrderStatus.Filled) return;
        if (order.IsHeldAbsent) Live(market, order);
        else desk.Tell(order, EventOf(end), "as the venue had said");
    }

    private static OrderEvent EventOf(OrderStatus end) => end switch
    {
        OrderStatus.Canceled => OrderEvent.Canceled,
        OrderStatus.Rejected => OrderEvent.Rejected,
        _ => OrderEvent.Expired,
    };

    /// <summary>More than was ordered is ours all the same. Whoever ordered may only reduce until somebody has looked at it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Overfill(MarketState market, Order order, in decimal quantity, in decimal open)
    {
        int strategy = order.Share(order.ShareCount - 1).Strategy;
        string who = strategy < 0 ? "nobody of ours" : slots[strategy].Name;
        outputs.AddAlert(market.Index, $"Order {order.Id} of {who} was filled for {quantity} where {open} remained: orders of {who} only reduce its position until that is acknowledged.");
        if (strategy >= 0) slots[strategy].Brakes.IsReduceOnly = true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Reverse(MarketState market, Order order, in BrokerEvent told, string? text)
    {
        if (!order.TryFindExecution(told.ExecutionId, out OrderExecution execution)) return;
        order.Busts.Add(told.ExecutionId, told.Quantity);
        book.Reverse(market, order, in execution, in told);
        if (market.HasParents) Parents.OnFill(market, order, -told.Quantity);
        desk.Tell(order, OrderEvent.Busted, text);
        outputs.AddAlert(market.Index, $"The venue took execution {told.ExecutionId} of order {order.Id} back: {order.Side} {told.Quantity} at {told.Price} is undone ({text ?? "no further words"}).");
    }

    private void AfterFill(MarketState market, Order order, in BrokerEvent told)
    {
        for (int i = 0; i < order.ShareCount; i++)
        {
            int strategy = order.Share(i).Strategy;
            if (strategy < 0) closer.OnExternalFill(market);
            else AfterFill(market, slots[strategy], order, in told);
        }
    }

    private void AfterFill(MarketState market, StrategySlot slot, Order order, in BrokerEvent told)
    {
        slot.Brakes.Circuit.OnTaken();
        (slot.Protection.Filled, slot.Protection.FillPrice) = (outputs.Time, (double)told.Price);
        decimal position = slot.Position.Quantity;
        bool hasOpened = !position.IsZero && position.IsAboveZero == (order.Side == Side.Buy);
        bool isTarget = order.Purpose == OrderPurpose.Target;
        if (isTarget) alternatives.OnFill(market, slot, order);
        if (hasOpened && isTarget) ProtectionGuard.Plan(market, slot, isOfEarlierSession: order.ClientId is not null);
        if (isTarget && slot.Wish is not null && Math.Abs(position) > Math.Abs(slot.Target)) market.NeedsDecision = true;
        if (!isTarget) ScaleOut.OnFill(slot, order, told.Quantity);
        // Held to the position at each fill: what works for it may be more than is left.
        if (slot.Wish is { IsReduceOnly: true }) market.NeedsDecision = true;
        if (!isTarget && position.IsZero) UseUp(market, slot, order);
        if (hasOpened && !(isTarget && IsWanted(slot, position))) CloseExcess(market, slot, order, position);
        if (hasOpened && order.IsUnwelcome) CloseLate(market, slot, order, position);
        guard.Sync(market, slot);
        if (isTarget) slot.Desk.GoOn(slot);
    }

    /// <summary>What is held now is protected as it was wished; what nothing wished for, because the other half of it is gone, is closed.</summary>
    private void AfterBust(MarketState market, Order order)
    {
        market.NeedsDecision = true;
        for (int i = 0; i < order.ShareCount; i++)
        {
            if (order.Share(i).Strategy < 0)
            {
                closer.OnExternalFill(market);
                continue;
            }
            StrategySlot slot = slots[order.Share(i).Strategy];
            decimal position = slot.Position.Quantity;
            if (!position.IsZero && IsWanted(slot, position)) ProtectionGuard.Plan(market, slot, isOfEarlierSession: order.ClientId is not null);
            else if (!position.IsZero) guard.Flatten(market, slot, $"{slot.Name}: the venue took back an execution that {position} {market.Instrument.Symbol} had closed; it is closed.");
            guard.Sync(market, slot);
        }
    }

    /// <summary>False for an order that was to close and opened something, because another had closed the position already, and nothing is wished that would see to it.</summary>
    private static bool IsWanted(StrategySlot slot, decimal position) =>
        slot.Wish is { IsReduceOnly: false } || slot.LastEntry is not { } entry || (entry.Action == SignalAction.Buy) == position.IsAboveZero;

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
}
