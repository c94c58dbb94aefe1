using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Moves the stops that move by themselves: after the best price, and to the entry once it is far enough away. In favour only.</summary>
internal sealed class StopTrailer(OutputBuffer outputs, ProtectionGuard guard)
{
    /// <summary>A position was opened or grew under terms that move its stop: the best price begins at the fill, and a stop that has no price of its own gets its first one.</summary>
    public static void Begin(StrategySlot slot, double filled)
    {
        ref Protection protection = ref slot.Protection;
        if (protection.Exits.IsNone) return;
        slot.Market.HasMovingStops = true;
        double sign = slot.Position.Quantity.IsAboveZero ? 1 : -1;
        if (double.IsNaN(protection.BestPrice) || protection.BestPrice == 0 || sign * (filled - protection.BestPrice) > 0) protection.BestPrice = filled;
        if (protection.StopLoss.IsZero && TrailLevel(slot, sign) is { } level) protection.StopLoss = level;
    }

    /// <summary>The market has a new price.</summary>
    public void OnPrice(MarketState market)
    {
        market.HasMovingStops = false;
        foreach (StrategySlot slot in market.Slots)
        {
            if (slot.Protection.Exits.IsNone) continue;
            market.HasMovingStops = true;
            if (!slot.Position.IsFlat && !slot.Protection.IsClosing) Follow(market, slot);
        }
    }

    private void Follow(MarketState market, StrategySlot slot)
    {
        ref Protection protection = ref slot.Protection;
        double sign = slot.Position.Quantity.IsAboveZero ? 1 : -1;
        if (sign * (market.Mark - protection.BestPrice) > 0) protection.BestPrice = market.Mark;
        if (protection.IsVenueTrailed || outputs.Time < protection.NextMove) return;
        decimal level = Better(TrailLevel(slot, sign), BreakEvenLevel(slot, sign), sign) ?? 0m;
        if (level.IsZero) return;
        decimal gain = sign > 0 ? level - protection.StopLoss : protection.StopLoss - level;
        decimal step = Math.Max(1, protection.Exits.TrailStepTicks) * market.Instrument.TickSize;
        if (!protection.StopLoss.IsZero && gain < step) return;
        protection.NextMove = outputs.Time + new TimeSpan(protection.Exits.TrailEvery);
        if (sign * (market.Mark - (double)level) <= 0)
        {
            guard.Flatten(market, slot, $"{slot.Name}: the price passed {level} before the stop could be moved there; the position of {slot.Position.Quantity} {market.Instrument.Symbol} is closed.");
            return;
        }
        protection.StopLoss = level;
        guard.Sync(market, slot);
    }

    private static decimal? TrailLevel(StrategySlot slot, double sign)
    {
        ref Protection protection = ref slot.Protection;
        double distance = slot.LengthOf(protection.Exits.Trail, protection.BestPrice);
        return double.IsNaN(distance) ? null : slot.Instrument.RoundToTick(protection.BestPrice - sign * distance);
    }

    private static decimal? BreakEvenLevel(StrategySlot slot, double sign)
    {
        ref Protection protection = ref slot.Protection;
        double entry = (double)slot.Position.AveragePrice;
        double after = slot.LengthOf(protection.Exits.BreakEvenAfter, entry);
        // Written so that a distance that is not known yet is never reached.
        if (!(sign * (protection.BestPrice - entry) >= after)) return null;
        double offset = protection.Exits.BreakEvenOffset.IsNone ? 0 : slot.LengthOf(protection.Exits.BreakEvenOffset, entry);
        return double.IsNaN(offset) ? null : slot.Instrument.RoundToTick(entry + sign * offset);
    }

    private static decimal? Better(decimal? one, decimal? other, double sign) =>
        one is not { } a ? other : other is not { } b ? one : sign > 0 ? Math.Max(a, b) : Math.Min(a, b);
}
