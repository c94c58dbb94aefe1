using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Brings a position's stop and targets to what is wanted: places what is missing, modifies what differs, cancels what is not needed.</summary>
/// <param name="modifies">The broker can modify working orders: a stop moves and grows without a moment in which there is none.</param>
/// <param name="trails">The venue moves stops that it can move as they are wished.</param>
internal sealed class ProtectiveOrders(OutputBuffer outputs, OrderDesk desk, bool modifies, bool trails)
{
    /// <summary>False only when the order is needed and was denied.</summary>
    public bool Sync(MarketState market, StrategySlot slot, ref OrderId id, in OrderTerms wanted, bool isNeeded)
    {
        Order? order = id.IsNone ? null : desk.Find(id);
        if (order is not null && !order.Status.IsFinal())
        {
            if (order.TrailTicks == 0) Fit(market, order, in wanted, isNeeded);
            else FitTrailed(market, slot, order, in wanted, isNeeded);
            return true;
        }
        id = default;
        // Where the one before never left, its time will come.
        if (!isNeeded || (wanted.Purpose == OrderPurpose.StopLoss ? slot.Protection.UnsentStop : slot.Protection.UnsentTarget).Holds(outputs.Time)) return true;
        Order? placed = Place(market, slot, in wanted);
        if (placed is null) return false;
        id = placed.Id;
        return true;
    }

    /// <summary>Brings the orders of the targets that close a part to what is left for each.</summary>
    /// <returns>What they leave to the last one.</returns>
    public decimal SyncTargets(MarketState market, StrategySlot slot, Side side, bool isKept)
    {
        ref Protection protection = ref slot.Protection;
        Span<decimal> units = stackalloc decimal[ExactTargets.Most];
        decimal rest = ScaleOut.Share(slot, units);
        bool hasOrders = false;
        for (int i = 0; i < ExactTargets.Most; i++)
        {
            ref OrderId id = ref protection.Legs[i].Order;
            decimal size = isKept ? Math.Min(units[i], ScaleOut.Room(market, slot, id)) : 0m;
            Sync(market, slot, ref id, new(side, OrderType.Limit, TimeInForce.Gtc, OrderPurpose.TakeProfit, size, LimitPrice: protection.Targets[i].Price), !size.IsZero);
            hasOrders |= !id.IsNone;
        }
        protection.HasLegs = hasOrders || !protection.Targets.IsNone;
        return Math.Min(rest, ScaleOut.Room(market, slot, protection.TakeProfitOrder));
    }

    private Order? Place(MarketState market, StrategySlot slot, in OrderTerms wanted)
    {
        Span<OrderShare> shares = [new(slot.Index, wanted.SignedQuantity)];
        decimal start = trails && wanted.Purpose == OrderPurpose.StopLoss ? VenueTrail.StartOf(market, slot) : 0m;
        if (start.IsZero) return desk.Submit(market, in wanted, desk.NextDecision(), shares);
        Order? placed = desk.Submit(market, wanted with { StopPrice = start }, desk.NextDecision(), shares);
        placed?.Trail(VenueTrail.TicksOf(in slot.Protection.Exits, market.Instrument));
        (slot.Protection.StopLoss, slot.Protection.IsVenueTrailed) = (start, placed is not null);
        return placed;
    }

    /// <summary>Its price is the venue's; another distance, or a stop that stays, is another order.</summary>
    private void FitTrailed(MarketState market, StrategySlot slot, Order order, in OrderTerms wanted, bool isNeeded)
    {
        ref Protection protection = ref slot.Protection;
        protection.IsVenueTrailed = isNeeded && VenueTrail.IsAsWished(order, slot);
        if (protection.IsVenueTrailed) protection.StopLoss = order.StopPrice;
        Fit(market, order, wanted with { StopPrice = order.StopPrice }, protection.IsVenueTrailed);
    }

    /// <summary>Modifies the order to what is wanted; where that cannot be, it is canceled, and a new one follows once its end is known: never two at a time.</summary>
    private void Fit(MarketState market, Order order, in OrderTerms wanted, bool isNeeded)
    {
        bool isSame = isNeeded && order.Side == wanted.Side;
        if (isSame) order.Unmark(OrderMarks.CancelWanted);
        if (isSame && order.RemainingQuantity == wanted.Quantity && order.StopPrice == wanted.StopPrice && order.LimitPrice == wanted.LimitPrice)
        {
            order.Unmark(OrderMarks.ModifyRefused | OrderMarks.ModifyUnsent);
            return;
        }
        if (!isSame || !modifies || order.IsFixed)
        {
            // What is not needed at all goes at once, whatever was refused before.
            if (!isSame || outputs.Time >= order.AskAgainAt) desk.Cancel(order);
        }
        // Not taken while another request is open or in doubt: the answer to that one comes here again.
        else if (!Waits(order, in wanted)) desk.Modify(market, order, wanted with { Quantity = order.FilledQuantity + wanted.Quantity });
    }

    /// <summary>A change was refused once, or never left: asked again after a while. What is larger than the position could open the opposite one, so that another refusal is not waited for.</summary>
    private bool Waits(Order order, in OrderTerms wanted) =>
        outputs.Time < order.AskAgainAt && (order.IsModifyUnsent || (order.IsModifyRefused && order.RemainingQuantity <= wanted.Quantity));
}
