using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>What follows when the venue ends a stop or a target that was wanted: once more, otherwise, or not at all.</summary>
internal static class LostProtection
{
    /// <summary>A stop that the venue ends this long after it ended one before counts as the first again.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    /// <summary>Why the position is to be closed; null where another order takes the lost one's place.</summary>
    public static string? On(OutputBuffer outputs, MarketState market, StrategySlot slot, Order order)
    {
        if (order.Purpose != OrderPurpose.StopLoss)
        {
            LoseTarget(outputs, market, slot, order);
            return null;
        }
        return order.TrailTicks == 0 ? LoseStop(outputs, market, slot, order) : LoseTrail(outputs, market, slot, order);
    }

    /// <summary>Placed once more; where the next one does not last either, the position is closed.</summary>
    private static string? LoseStop(OutputBuffer outputs, MarketState market, StrategySlot slot, Order order)
    {
        ref Protection protection = ref slot.Protection;
        bool isAgain = outputs.Time - protection.StopLost < Steady;
        protection.StopLost = outputs.Time;
        string what = order.Status == OrderStatus.Rejected ? "the broker rejected the protective stop" : $"the protective stop is {order.Status} without our asking for it";
        if (isAgain || order.Status == OrderStatus.Rejected) return $"{slot.Name}: {what}{(isAgain ? ", again" : "")}; the position of {slot.Position.Quantity} {market.Instrument.Symbol} is closed.";
        outputs.AddAlert(market.Index, $"{slot.Name}: {what}; it is placed once more.");
        return null;
    }

    /// <summary>What the venue does not keep moving, the engine moves: a plain stop, which has its own first time.</summary>
    private static string? LoseTrail(OutputBuffer outputs, MarketState market, StrategySlot slot, Order order)
    {
        ref Protection protection = ref slot.Protection;
        (protection.IsVenueTrailed, protection.IsVenueTrailLost) = (false, true);
        outputs.AddAlert(market.Index, $"{slot.Name}: the venue's trailing stop in {market.Instrument.Symbol} is {order.Status} without our asking for it; the engine places a stop at {protection.StopLoss} and moves it itself.");
        return null;
    }

    private static void LoseTarget(OutputBuffer outputs, MarketState market, StrategySlot slot, Order order)
    {
        ref Protection protection = ref slot.Protection;
        bool isAgain = outputs.Time - protection.TargetLost < Steady;
        protection.TargetLost = outputs.Time;
        if (isAgain && !ScaleOut.GiveUp(ref protection, order.Id)) protection.TakeProfit = 0m;
        outputs.AddAlert(market.Index, $"{slot.Name}: the profit target is {order.Status} without our asking for it; it is {(isAgain ? "given up" : "placed once more")}.");
    }
}
