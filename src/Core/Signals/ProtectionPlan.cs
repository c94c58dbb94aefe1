using Tradewind.Core.Model;

namespace Tradewind.Core.Signals;

/// <summary>Where the last wish of a strategy wanted its position protected. It outlives the wish: an order that fills later is protected all the same. Prices of 0 mean none.</summary>
internal readonly record struct ProtectionPlan(SignalAction Action, decimal StopLoss, decimal TakeProfit)
{
    /// <summary>Whether a fill of that side opens what the plan is about.</summary>
    public bool IsFor(Side side) => Action == (side == Side.Buy ? SignalAction.Buy : SignalAction.Sell) && !(StopLoss.IsZero && TakeProfit.IsZero);
}
