using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders.Execution;

/// <summary>What happens to the parents of a market between two decisions.</summary>
internal static class Parents
{
    private const int MostFailures = 3;

    public static ParentOrder? Of(MarketState market, Order child)
    {
        foreach (ParentOrder parent in market.Parents)
        {
            if (child.Parent == parent.Now.Number) return parent;
        }
        return null;
    }

    public static ParentOrder? Of(MarketState market, StrategySlot slot)
    {
        foreach (ParentOrder parent in market.Parents)
        {
            if (parent.Now.Strategy == slot.Index) return parent;
        }
        return null;
    }

    /// <summary>Whether a child is still to be filled.</summary>
    public static bool Wants(MarketState market, Order child) => Of(market, child) is { IsRunning: true } parent && parent.WorkingIn(market) <= parent.Open;

    /// <summary>A child was filled, or an execution of it taken back.</summary>
    /// <param name="quantity">Below 0 for what is taken back.</param>
    public static void OnFill(MarketState market, Order child, decimal quantity)
    {
        // Also of an earlier wish: what stands now may have waited for its end.
        market.NeedsDecision |= child.Purpose == OrderPurpose.Target;
        if (child.Parent == 0 || Of(market, child) is not { } parent) return;
        parent.Now.Filled += quantity;
        parent.Now.Failures = 0;
        parent.Now.Again.Clear();
    }

    /// <summary>The venue ended a child by itself: what is left of it is tried again after a while, and given up where that comes to nothing again and again.</summary>
    /// <param name="wasSent">False where nothing of it left, so that the venue cannot have ended it.</param>
    public static void OnLost(MarketState market, StrategySlot slot, Order child, Timestamp now, bool wasSent)
    {
        if (Of(market, child) is not { IsRunning: true } parent) return;
        market.NeedsDecision = true;
        parent.Now.Again.Set(now, wasSent);
        if (!wasSent || ++parent.Now.Failures < MostFailures || OrderBrakes.Reduces(slot, child.Share(0).Quantity)) return;
        parent.Why = $"the venue ended {MostFailures} children one after the other, the last one {child.Status}";
    }

    /// <summary>The market has traded.</summary>
    public static void OnVolume(MarketState market, double volume, Timestamp now)
    {
        foreach (ParentOrder parent in market.Parents)
        {
            StrategySlot slot = market.SlotOf(parent.Now.Strategy);
            if (!parent.IsRunning || slot.Wish?.Execution is not { FollowsVolume: true } algorithm) continue;
            parent.Now.Traded += volume;
            if (slot.IsWaiting || parent.Now.Again.IsSet) continue;
            Pace pace = algorithm.PaceAt(parent.ProgressIn(market, now));
            market.NeedsDecision |= market.Instrument.RoundDownToLot(pace.Released) > parent.Now.Committed;
        }
    }

    /// <summary>Looks at those whose time has come, and asks to be called for the others.</summary>
    public static void OnTime(MarketState market, Timestamp now)
    {
        foreach (ParentOrder parent in market.Parents)
        {
            if (!parent.IsRunning) continue;
            if (parent.Now.Next <= now) market.NeedsDecision = true;
            else market.WakeAt(parent.Now.Next);
        }
    }
}
