using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>How much of a position each of its targets is to close now.</summary>
internal static class ScaleOut
{
    /// <param name="units">For each target; what the position does not hold any more is taken from the furthest.</param>
    /// <returns>What they leave to the last target.</returns>
    public static decimal Share(StrategySlot slot, Span<decimal> units)
    {
        ref Protection protection = ref slot.Protection;
        decimal left = Math.Abs(slot.Position.Quantity);
        if (left > protection.Largest) protection.Largest = left;
        protection.Targets.Plan(slot.Instrument, protection.Largest, units);
        for (int i = 0; i < ExactTargets.Most; i++)
        {
            decimal due = protection.Targets[i].Price.IsZero ? 0m : units[i] - protection.Legs[i].Closed;
            units[i] = Math.Clamp(due, 0m, left);
            left -= units[i];
        }
        return left;
    }

    /// <summary>Units that the order of a target may be for without growing while all of them together could exceed the position, whatever is not answered yet.</summary>
    public static decimal Room(MarketState market, StrategySlot slot, OrderId own)
    {
        decimal room = Math.Abs(slot.Position.Quantity), has = 0m;
        foreach (Order order in market.Working)
        {
            if (order.Purpose != OrderPurpose.TakeProfit || order.Share(0).Strategy != slot.Index) continue;
            if (order.Id == own) has = order.RemainingQuantity;
            else room -= order.WorstRemaining;
        }
        return Math.Max(has, room);
    }

    /// <summary>Whether it is the order of a target that the position has now.</summary>
    public static bool Owns(in Protection protection, OrderId order)
    {
        for (int i = 0; protection.HasLegs && i < ExactTargets.Most; i++)
        {
            if (protection.Legs[i].Order == order) return true;
        }
        return order == protection.TakeProfitOrder;
    }

    /// <summary>Whether the order of a target is what the position needs as it is.</summary>
    public static bool Wants(StrategySlot slot, Order order)
    {
        ref Protection protection = ref slot.Protection;
        Span<decimal> units = stackalloc decimal[ExactTargets.Most];
        decimal rest = Share(slot, units);
        if (order.Id == protection.TakeProfitOrder) return order.LimitPrice == protection.TakeProfit && order.RemainingQuantity == rest;
        for (int i = 0; i < ExactTargets.Most; i++)
        {
            if (protection.Legs[i].Order == order.Id) return order.LimitPrice == protection.Targets[i].Price && order.RemainingQuantity == units[i];
        }
        return false;
    }

    /// <summary>
    /// What a protective order closed is not wished for any more: what was missing to the wish is still missing, and no more. A target remembers what it closed, also by an
    /// order that was replaced meanwhile.
    /// </summary>
    public static void OnFill(StrategySlot slot, Order order, decimal quantity)
    {
        ref Protection protection = ref slot.Protection;
        for (int i = 0; order.Purpose == OrderPurpose.TakeProfit && protection.HasLegs && i < ExactTargets.Most; i++)
        {
            if (protection.Targets[i].Price == order.LimitPrice) protection.Legs[i].Closed += quantity;
        }
        if (slot.Target.IsZero || slot.Target.IsAboveZero == (order.Side == Side.Buy)) return;
        decimal sign = slot.Target.IsAboveZero ? 1m : -1m, held = slot.Position.Quantity * sign;
        decimal missing = slot.Target * sign - held - quantity;
        slot.Target = Math.Max(0m, held + (missing.IsBelowZero ? Math.Min(0m, missing + quantity) : missing)) * sign;
    }

    /// <summary>The venue does not keep the target's order: its part is left to the stop. False for the last target.</summary>
    public static bool GiveUp(ref Protection protection, OrderId order)
    {
        for (int i = 0; i < ExactTargets.Most; i++)
        {
            if (protection.Legs[i].Order != order) continue;
            protection.Targets = protection.Targets.With(i, protection.Targets[i] with { Price = 0m });
            return true;
        }
        return false;
    }
}
