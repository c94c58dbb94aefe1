using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Keeps the protective orders of each strategy's position in step with its size: one stop, one target, the one's fill cancels the other.</summary>
/// <param name="modifies">The broker can modify working orders: a stop moves and grows without a moment in which there is none.</param>
internal sealed class ProtectionGuard(OutputBuffer outputs, OrderDesk desk, bool modifies)
{
    /// <summary>Brings stop and target to what the position needs now. Called after everything that could have changed either.</summary>
    public void Sync(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        if (protection.IsNone) return;
        decimal position = slot.Position.Quantity;
        Side side = position.IsAboveZero ? Side.Sell : Side.Buy;
        decimal size = Math.Abs(position);
        bool isStopped = SyncOrder(market, slot, ref protection.StopOrder,
            new(side, OrderType.Stop, TimeInForce.Gtc, OrderPurpose.StopLoss, size, StopPrice: protection.StopLoss), !protection.StopLoss.IsZero && size.IsAboveZero);
        SyncOrder(market, slot, ref protection.TakeProfitOrder,
            new(side, OrderType.Limit, TimeInForce.Gtc, OrderPurpose.TakeProfit, size, LimitPrice: protection.TakeProfit), !protection.TakeProfit.IsZero && size.IsAboveZero);
        if (position.IsZero) (protection.StopLoss, protection.TakeProfit) = (0m, 0m);
        else if (!isStopped) Flatten(market, slot, $"{slot.Name}: no protective stop could be placed; the position of {position} {market.Instrument.Symbol} is closed.");
    }

    /// <summary>Closes the strategy's position at the market, whatever it wishes.</summary>
    public void Flatten(MarketState market, StrategySlot slot, string why)
    {
        slot.ClearWish();
        decimal position = slot.Position.Quantity;
        slot.Protection.StopLoss = slot.Protection.TakeProfit = 0m;
        if (position.IsZero || IsFlattening(market, slot)) return;
        outputs.AddAlert(market.Index, why);
        Span<OrderShare> shares = [new(slot.Index, -position)];
        desk.Submit(market, new(position.IsAboveZero ? Side.Sell : Side.Buy, OrderType.Market, TimeInForce.Day, OrderPurpose.Flatten, Math.Abs(position)), desk.NextDecision(), shares);
    }

    /// <summary>Whether it is the stop or the target that the position has now.</summary>
    public static bool Owns(StrategySlot slot, Order order) => order.Id == slot.Protection.StopOrder || order.Id == slot.Protection.TakeProfitOrder;

    /// <summary>Modifies the order to what is wanted; where that cannot be, it is canceled, and a new one follows once its end is known: never two at a time.</summary>
    private void Fit(MarketState market, Order order, in OrderTerms wanted, bool isNeeded)
    {
        bool isSame = isNeeded && order.Side == wanted.Side;
        if (isSame && order.RemainingQuantity == wanted.Quantity && order.StopPrice == wanted.StopPrice && order.LimitPrice == wanted.LimitPrice) return;
        if (!isSame || !modifies || order.IsFixed) desk.Cancel(order);
        // Not taken while another request is open or in doubt: the answer to that one comes here again.
        else desk.Modify(market, order, wanted with { Quantity = order.FilledQuantity + wanted.Quantity });
    }

    private static bool IsFlattening(MarketState market, StrategySlot slot)
    {
        foreach (Order order in market.Working)
        {
            if (order.Purpose == OrderPurpose.Flatten && order.Share(0).Strategy == slot.Index) return true;
        }
        return false;
    }

    /// <summary>False only when the order is needed and was denied.</summary>
    private bool SyncOrder(MarketState market, StrategySlot slot, ref OrderId id, in OrderTerms wanted, bool isNeeded)
    {
        Order? order = id.IsNone ? null : desk.Find(id);
        if (order is not null && !order.Status.IsFinal())
        {
            Fit(market, order, in wanted, isNeeded);
            return true;
        }
        id = default;
        if (!isNeeded) return true;
        Span<OrderShare> shares = [new(slot.Index, wanted.SignedQuantity)];
        Order? placed = desk.Submit(market, in wanted, desk.NextDecision(), shares);
        if (placed is null) return false;
        id = placed.Id;
        return true;
    }
}
