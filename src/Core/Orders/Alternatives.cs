using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>One cancels the other: keeps the second entry of a wish working while the strategy is flat, and settles which of both stands.</summary>
internal sealed class Alternatives(OutputBuffer outputs, OrderDesk desk, ProtectionGuard guard)
{
    /// <summary>Sends the second entries that are wished for and do not work, and cancels those that are not wished for any more.</summary>
    public void Sync(MarketState market)
    {
        foreach (Order order in market.Working)
        {
            if (order.IsAlternative && !IsWanted(market, order)) desk.Cancel(order);
        }
        foreach (StrategySlot slot in market.Slots)
        {
            if (StandingOf(slot) is { } or && !or.Target.IsZero && Find(market, slot) is null) Send(market, slot, or);
        }
    }

    /// <summary>Whether the second entry is still what its strategy wishes for.</summary>
    public static bool IsWanted(MarketState market, Order order)
    {
        foreach (StrategySlot slot in market.Slots)
        {
            if (slot.Index == order.Share(0).Strategy) return StandingOf(slot) is { } or && or.Target == order.Terms.SignedQuantity && TermsOf(or) == order.Terms;
        }
        return false;
    }

    /// <summary>The venue ended a second entry by itself: it is not tried again, and the first one stays.</summary>
    public static void OnLost(StrategySlot slot)
    {
        if (slot.Wish?.Or is { } or) or.Target = 0m;
    }

    /// <summary>An entry filled, in part or whole: the other one goes. Where both filled, all that was opened is closed.</summary>
    public void OnFill(MarketState market, StrategySlot slot, Order order)
    {
        if (!order.IsAlternative)
        {
            market.NeedsDecision |= slot.Wish?.Or is not null;
            return;
        }
        decimal opened = order.Side == Side.Buy ? order.FilledQuantity : -order.FilledQuantity;
        if (slot.Wish?.Or is { } or && slot.Position.Quantity == opened) Win(market, slot, order, or);
        else Lose(market, slot, order);
    }

    private void Win(MarketState market, StrategySlot slot, Order winner, ExactLink or)
    {
        foreach (Order order in market.Working)
        {
            if (ReferenceEquals(order, winner) || order.Purpose != OrderPurpose.Target || order.Share(0).Strategy != slot.Index) continue;
            order.Mark(OrderMarks.Alternative);
            desk.Cancel(order);
        }
        winner.Unmark(OrderMarks.Alternative);
        slot.Desk.Win(slot, or);
    }

    private void Lose(MarketState market, StrategySlot slot, Order order)
    {
        string why = $"{slot.Name}: order {order.Id} was filled although the other one of the two was filled before; what was opened is closed.";
        market.NeedsDecision = true;
        if (!slot.Position.IsFlat)
        {
            guard.Flatten(market, slot, why);
            return;
        }
        slot.ClearWish();
        outputs.AddAlert(market.Index, why);
    }

    private void Send(MarketState market, StrategySlot slot, ExactLink or)
    {
        OrderTerms terms = TermsOf(or);
        Span<OrderShare> shares = [new(slot.Index, or.Target)];
        Order? order = desk.Submit(market, in terms, desk.NextDecision(), shares);
        order?.Mark(OrderMarks.Alternative);
        bool isPassing = order is null && desk.LastDenial is RiskCode.NotSynced or RiskCode.Restricted or RiskCode.OrderInDoubt;
        // What was cut or denied is not asked for again.
        if (!isPassing) or.Target = order?.Terms.SignedQuantity ?? 0m;
    }

    private static ExactLink? StandingOf(StrategySlot slot) => slot.Wish?.Or is { } or && slot.Position.IsFlat && !slot.IsBlocked && !slot.Brakes.IsOn && !slot.Protection.IsClosing ? or : null;

    private static Order? Find(MarketState market, StrategySlot slot)
    {
        foreach (Order order in market.Working)
        {
            if (order.IsAlternative && order.Share(0).Strategy == slot.Index) return order;
        }
        return null;
    }

    private static OrderTerms TermsOf(ExactLink or)
    {
        ref readonly Wish.Fields exact = ref or.Exact!.Exact;
        return new(or.Target.IsAboveZero ? Side.Buy : Side.Sell, exact.OrderType, exact.TimeInForce, OrderPurpose.Target, Math.Abs(or.Target), exact.Limit, exact.Stop) { GoodTill = exact.GoodTill };
    }
}
