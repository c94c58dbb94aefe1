using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>Where the position that an entry opens is to be protected, as the wish said it. The engine places these orders itself, whatever a broker makes of it.</summary>
/// <param name="StopLoss">Price of the stop; 0 for none.</param>
/// <param name="TakeProfit">Price of the one target of the whole position; 0 for none, or where there are several.</param>
public sealed record PlannedBracket(decimal StopLoss, decimal TakeProfit)
{
    /// <summary>Null where the order does not open a position from flat, or opens one without protection.</summary>
    /// <param name="trails">The venue moves stops that it can move as they are wished: such a stop is an order of its own, sent with the fill.</param>
    internal static PlannedBracket? Of(StrategySlot slot, Signal wish, bool trails)
    {
        if (!slot.Position.IsFlat || wish.IsReduceOnly || (wish.StopLoss is null && wish.TakeProfit is null)) return null;
        bool isTrailed = trails && VenueTrail.TicksOf(wish.Exits, slot.Instrument) > 0;
        return new(isTrailed ? 0m : wish.StopLoss ?? 0m, wish.Targets.IsNone ? wish.TakeProfit ?? 0m : 0m);
    }
}
