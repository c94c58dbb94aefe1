using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>
/// The law of what only reduces: each strategy that an order is for comes nearer to flat and none passes through it, whatever of this order and of the working ones fills.
/// What others hold on the account does not count: sold against, it would stay beside a new short position of ours; and who closes what is his own
/// leaves the others theirs, even where the account was flat by both together. So no order that only reduces ever adds to the sum of all positions.
/// </summary>
internal static class OwnPositions
{
    /// <summary>Nothing needs a look where one strategy alone holds what the account holds.</summary>
    /// <param name="own">The order that is looked at, which does not count as working beside itself; null for a new one.</param>
    public static OwnEffect EffectOf(MarketState market, Side side, ReadOnlySpan<OrderShare> shares, Order? own)
    {
        if (market.Slots.Length == 1 && market.Slots[0].IsAlone) return OwnEffect.AsOfAccount;
        foreach (OrderShare share in shares)
        {
            if (!Reduces(market, side, in share, own)) return OwnEffect.Opens;
        }
        return OwnEffect.Reduces;
    }

    /// <summary>Whether what is left to fill of an order only reduces.</summary>
    public static bool OnlyReduces(MarketState market, Order order)
    {
        OwnEffect effect = EffectOf(market, order);
        if (effect != OwnEffect.AsOfAccount) return effect == OwnEffect.Reduces;
        decimal held = market.Holding.Position.Quantity, left = order.SignedRemaining;
        return !held.IsZero && held.IsAboveZero != left.IsAboveZero && Math.Abs(left) <= Math.Abs(held);
    }

    /// <summary>What is left to fill of an order.</summary>
    public static OwnEffect EffectOf(MarketState market, Order order)
    {
        Span<OrderShare> left = stackalloc OrderShare[order.ShareCount];
        int count = 0;
        for (int i = 0; i < order.ShareCount; i++)
        {
            int strategy = order.Share(i).Strategy;
            decimal remaining = order.SignedRemainingOf(strategy);
            if (!remaining.IsZero) left[count++] = new(strategy, remaining);
        }
        return EffectOf(market, order.Side, left[..count], order);
    }

    private static bool Reduces(MarketState market, Side side, in OrderShare share, Order? own)
    {
        decimal held = HeldBy(market, share.Strategy);
        if (held.IsZero || held.IsAboveZero == (side == Side.Buy)) return false;
        decimal taken = Math.Abs(share.Quantity);
        foreach (Order working in market.Working)
        {
            if (ReferenceEquals(working, own) || working.Purpose != OrderPurpose.Target || working.Side != side) continue;
            taken += WorstOf(working, share.Strategy);
        }
        return taken <= Math.Abs(held);
    }

    private static decimal WorstOf(Order order, int strategy) =>
        order.ShareCount > 1 ? Math.Abs(order.SignedRemainingOf(strategy)) : order.Share(0).Strategy == strategy ? order.WorstRemaining : 0m;

    private static decimal HeldBy(MarketState market, int strategy)
    {
        foreach (StrategySlot slot in market.Slots)
        {
            if (slot.Index == strategy) return slot.Position.Quantity;
        }
        return market.External.Quantity;
    }
}
