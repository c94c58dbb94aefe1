using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>What becomes of what may not be ordered: the part that only reduces goes alone, what only reduces is tried again, what waits for knowledge goes on with it, and the rest is dropped until the strategy says something new.</summary>
internal sealed class Denials(OutputBuffer outputs, OrderDesk desk)
{
    /// <summary>Nothing is wrong with the order: something is not known yet.</summary>
    public static bool IsPassing(RiskCode code) => code is RiskCode.NotSynced or RiskCode.Restricted or RiskCode.OrderInDoubt;

    /// <summary>While nothing may add risk: denies what would, so that it neither meets the closing wish of another strategy inside nor goes in one order with it.</summary>
    /// <returns>How many shares are left.</returns>
    public int KeepReducing(MarketState market, Span<OrderShare> shares, long decision)
    {
        int left = 0;
        foreach (OrderShare share in shares)
        {
            StrategySlot slot = market.SlotOf(share.Strategy);
            decimal part = ClosingPart(slot, share.Quantity);
            if (part != share.Quantity)
            {
                OrderTerms terms = slot.Wish!.Terms(share.Quantity.IsAboveZero ? Side.Buy : Side.Sell, Math.Abs(share.Quantity));
                desk.DenyByState(market, in terms, decision);
                Settle(slot, share.Quantity, part, IsPassing(desk.LastDenial));
            }
            if (!part.IsZero) shares[left++] = share with { Quantity = part };
        }
        return left;
    }

    /// <summary>Of an order that was denied whole, the parts that only reduce what their strategies hold.</summary>
    public Order? SubmitClosingPart(MarketState market, in OrderTerms terms, long decision, ReadOnlySpan<OrderShare> shares)
    {
        Span<OrderShare> closing = stackalloc OrderShare[shares.Length];
        int count = 0;
        decimal quantity = 0m;
        foreach (OrderShare share in shares)
        {
            decimal part = ClosingPart(market.SlotOf(share.Strategy), share.Quantity);
            if (part.IsZero || part.IsAboveZero != (terms.Side == Side.Buy)) continue;
            closing[count++] = share with { Quantity = part };
            quantity += Math.Abs(part);
        }
        if (count == 0 || quantity >= terms.Quantity) return null;
        return desk.Submit(market, terms with { Quantity = quantity }, decision, closing[..count]);
    }

    /// <param name="order">What was approved instead; null for nothing.</param>
    /// <param name="isPassing">What was denied is asked for again once something is known.</param>
    public void Settle(MarketState market, Order? order, ReadOnlySpan<OrderShare> shares, bool isPassing)
    {
        foreach (OrderShare share in shares)
        {
            StrategySlot slot = market.SlotOf(share.Strategy);
            decimal approved = ApprovedOf(order, share.Strategy);
            if (approved == share.Quantity) continue;
            if (!isPassing && approved.IsZero && OrderBrakes.Reduces(slot, share.Quantity)) OrderBrakes.PutOff(outputs, slot, order is null ? $"denied: {desk.LastDenial}" : "cut");
            else Settle(slot, share.Quantity, approved, isPassing);
        }
    }

    /// <summary>What was cut or denied is not asked for again until the strategy says something new, or, where something was not known, until it is.</summary>
    private static void Settle(StrategySlot slot, decimal asked, decimal approved, bool isPassing)
    {
        if (asked == approved) return;
        slot.IsBlocked = true;
        if (isPassing) slot.IsWaiting = true;
        else slot.Target = slot.Position.Quantity + approved;
    }

    private static decimal ApprovedOf(Order? order, int strategy)
    {
        for (int i = 0; order is not null && i < order.ShareCount; i++)
        {
            if (order.Share(i).Strategy == strategy) return order.Share(i).Quantity;
        }
        return 0m;
    }

    /// <summary>As much of a signed quantity as takes from what the strategy holds.</summary>
    private static decimal ClosingPart(StrategySlot slot, decimal quantity)
    {
        decimal held = slot.Position.Quantity;
        if (held.IsZero || held.IsAboveZero == quantity.IsAboveZero) return 0m;
        return Math.Abs(quantity) <= Math.Abs(held) ? quantity : -held;
    }
}
