using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>What follows when an order ends without being filled whole: a new decision, a new protective order, another try, or nothing until the strategy says something new.</summary>
internal sealed class OrderEnds(OutputBuffer outputs, OrderDesk desk, ProtectionGuard guard, AccountCloser closer, List<StrategySlot> slots)
{
    public void End(MarketState market, Order order, OrderEvent happened, string? text)
    {
        if (order.Status.IsFinal()) return;
        // What was withheld is decided on anew, by what holds now: what of it only closes still leaves.
        bool wasUnwanted = happened == OrderEvent.Withheld || order.Status == OrderStatus.CancelPending || order.Doubt == OrderDoubt.Cancel || order.IsCancelWanted;
        desk.Tell(order, happened, text);
        desk.Retire(market, order);
        if (happened == OrderEvent.NotSent) desk.TakeBack(order);
        bool wasSent = happened is not (OrderEvent.Withheld or OrderEvent.NotSent);
        for (int i = 0; i < order.ShareCount && wasSent; i++) Judge(market, order, order.Share(i).Strategy, text);
        int strategy = order.Share(0).Strategy;
        if (order.Purpose == OrderPurpose.Target && !order.IsClosing) EndTarget(market, order, wasUnwanted, wasSent);
        else if (strategy < 0) closer.OnEnded(market, order, text, wasSent);
        else if (wasUnwanted) guard.Sync(market, slots[strategy]);
        else if (wasSent) guard.OnLost(market, slots[strategy], order);
        else guard.OnNotSent(market, slots[strategy], order, text);
    }

    /// <summary>A broker that refuses the same again and again is not asked again and again. Stops and profit targets have their own rule: at the second refusal the position is closed, or the target given up.</summary>
    private void Judge(MarketState market, Order order, int strategy, string? text)
    {
        if (strategy < 0 || order.Purpose is OrderPurpose.StopLoss or OrderPurpose.TakeProfit) return;
        StrategySlot slot = slots[strategy];
        if (order.Status != OrderStatus.Rejected) slot.Brakes.Circuit.OnTaken();
        else if (slot.Brakes.Circuit.OnRejected(order.Terms, text, outputs.Time)) outputs.AddAlert(market.Index, $"{slot.Name}: the broker refused the same order three times ({text ?? "no further words"}); one probe a minute is sent until it takes one.");
        if (slot.Brakes.Circuit.IsOpen) market.WakeAt(slot.Brakes.Circuit.ProbeAt);
    }

    private void EndTarget(MarketState market, Order order, bool wasUnwanted, bool wasSent)
    {
        bool isChild = order.IsChild;
        order.Unmark(OrderMarks.Child);
        if (wasUnwanted)
        {
            market.NeedsDecision = true;
            return;
        }
        if (isChild)
        {
            Parents.OnLost(market, slots[order.Share(0).Strategy], order, outputs.Time, wasSent);
            return;
        }
        if (order.IsAlternative)
        {
            Alternatives.OnLost(slots[order.Share(0).Strategy]);
            return;
        }
        // What the venue ended by itself is not tried again until the strategy says something new, but for what closes a position: nobody else would.
        bool isTriedAgain = order.Type == OrderType.Market || order.Status == OrderStatus.Rejected || order.IsHeldAbsent;
        for (int i = 0; i < order.ShareCount; i++)
        {
            StrategySlot slot = slots[order.Share(i).Strategy];
            slot.IsBlocked = true;
            if (isTriedAgain && OrderBrakes.Reduces(slot, order.Share(i).Quantity)) OrderBrakes.PutOff(outputs, slot, wasSent ? order.Status.ToString() : "it never left", wasSent);
        }
    }
}
