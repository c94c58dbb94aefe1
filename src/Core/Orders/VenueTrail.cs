using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>
/// Which stops the venue itself can move as they are wished: those that follow at a fixed, whole number of ticks, tick by tick, and begin where the market is.
/// A venue counts the distance from its last price when it takes the order, not from the best one since the entry.
/// </summary>
internal static class VenueTrail
{
    private const int MostTicks = 1000;

    /// <summary>Ticks of the distance; 0 where no venue keeps such terms: a share of the price, an indicator, larger steps, or a move to the entry besides.</summary>
    public static int TicksOf(in ExitTerms exits, Instrument instrument)
    {
        if (exits.Trail.Unit is not (DistanceUnit.Ticks or DistanceUnit.Points) || exits.TrailStepTicks > 1 || !exits.BreakEvenAfter.IsNone) return 0;
        double ticks = exits.Trail.Unit == DistanceUnit.Ticks ? exits.Trail.Amount : exits.Trail.Amount / instrument.TickSizeAsDouble;
        double whole = Math.Round(ticks);
        return Math.Abs(ticks - whole) < 1e-6 && whole is >= 1 and <= MostTicks ? (int)whole : 0;
    }

    /// <summary>Where the venue's stop would begin; 0 where the engine moves the stop: the terms are not the venue's, or the price has gone back from the best one by more than a tenth of the distance, and more than a tick.</summary>
    public static decimal StartOf(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        int ticks = protection.IsVenueTrailLost ? 0 : TicksOf(in protection.Exits, market.Instrument);
        if (ticks == 0 || double.IsNaN(market.Mark)) return 0m;
        decimal distance = ticks * market.Instrument.TickSize;
        decimal last = market.Instrument.RoundToTick(market.Mark);
        decimal level = slot.Position.Quantity.IsAboveZero ? last - distance : last + distance;
        return Math.Abs(level - protection.StopLoss) <= Math.Max(1, ticks / 10) * market.Instrument.TickSize ? level : 0m;
    }

    /// <summary>Whether a stop that the venue moves is still what is wished: the same distance, and no price that is nearer than where it stands.</summary>
    public static bool IsAsWished(Order stop, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        decimal nearer = slot.Position.Quantity.IsAboveZero ? protection.StopLoss - stop.StopPrice : stop.StopPrice - protection.StopLoss;
        return stop.TrailTicks == TicksOf(in protection.Exits, slot.Instrument) && !nearer.IsAboveZero;
    }

    /// <summary>The venue says where its stop stands.</summary>
    public static void OnMoved(OutputBuffer outputs, StrategySlot slot, Order stop, decimal price)
    {
        if (stop.Status.IsFinal() || price == stop.StopPrice || !price.IsAboveZero) return;
        stop.MoveStop(price);
        outputs.Add(stop, stop.Status, OrderEvent.Modified, "the venue moved its trailing stop");
        if (slot.Protection.StopOrder == stop.Id && slot.Protection.IsVenueTrailed) slot.Protection.StopLoss = price;
    }
}
