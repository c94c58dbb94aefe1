using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Decides what becomes of an order that was in doubt and is proven never to have reached the venue: sent once more under its own number, or given up.</summary>
internal sealed class AbsentOrders(OutputBuffer outputs, OrderDesk desk, OrderPlanner planner, List<StrategySlot> slots, ResendOptions options)
{
    /// <summary>Null when it is to be sent again; otherwise why not.</summary>
    public string? WhyNotAgain(MarketState market, Order order)
    {
        if (order.Sends > 1) return "the venue never had it, twice";
        if (order.IsCancelWanted) return "the venue never had it, and it is not wanted any more";
        if (order.IsClosing && !Closes(market, order)) return "the venue never had it, and there is nothing left to close";
        if (order.Purpose == OrderPurpose.Flatten) return null;
        // One that was wished, and closes for another reason now, is a wish still: while the account is not known it must reduce that too.
        if (order.IsClosing) return desk.StillAllows(market, order) ? null : "the venue never had it, and a risk rule is against sending it again";
        if (order.Purpose == OrderPurpose.Target) return WhyNotEntry(market, order);
        return IsNeeded(market, order) ? null : "the venue never had it, and the position needs another one";
    }

    private string? WhyNotEntry(MarketState market, Order order)
    {
        if (!IsWanted(market, order)) return "the venue never had it, and it is not wanted any more";
        if (outputs.Time - order.Created > options.MaximumAge) return "the venue never had it, and it is too old to be sent again";
        if (market.IsFeedDown || outputs.Time - market.LastData > options.MaximumDataAge) return "the venue never had it, and the market data is too old to send it again";
        if (!IsPriceSound(market, order)) return "the venue never had it, and the market has moved too far to send it again";
        return desk.StillAllows(market, order) ? null : "the venue never had it, and a risk rule is against sending it again";
    }

    private bool IsWanted(MarketState market, Order order) =>
        order.IsAlternative ? Alternatives.IsWanted(market, order) : order.IsChild ? Parents.Wants(market, order) : planner.WantsWhatWorks(market);

    /// <summary>A limit bounds its price itself; a stop is sound until the market is through it; a market order while the market is near the price that it was decided on.</summary>
    private bool IsPriceSound(MarketState market, Order order)
    {
        double sign = order.Side.Sign();
        return order.Type switch
        {
            OrderType.Limit => true,
            OrderType.Market => Math.Abs(market.Mark - order.ReferencePrice) <= Math.Abs(order.ReferencePrice) * options.MaximumMove,
            _ => sign * (market.Mark - (double)order.StopPrice) < 0,
        };
    }

    /// <summary>Whether it only brings the position that it is for nearer to flat.</summary>
    public bool Closes(MarketState market, Order order)
    {
        int strategy = order.Share(0).Strategy;
        decimal held = strategy < 0 ? market.External.Quantity : slots[strategy].Position.Quantity;
        return !held.IsZero && held.IsAboveZero == (order.Side == Side.Sell) && order.RemainingQuantity <= Math.Abs(held);
    }

    private bool IsNeeded(MarketState market, Order order)
    {
        StrategySlot slot = slots[order.Share(0).Strategy];
        if (!Closes(market, order)) return false;
        if (order.Purpose != OrderPurpose.StopLoss) return ScaleOut.Wants(slot, order);
        ref Protection protection = ref slot.Protection;
        return protection.StopOrder == order.Id && order.StopPrice == protection.StopLoss && order.RemainingQuantity == Math.Abs(slot.Position.Quantity);
    }
}
