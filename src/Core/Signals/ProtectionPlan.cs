using Tradewind.Core.Model;

namespace Tradewind.Core.Signals;

/// <summary>Where the last wish of a strategy wanted its position protected. It outlives the wish, because an order of it may fill in a later session. Prices of 0 mean none.</summary>
internal readonly record struct ProtectionPlan(SignalAction Action, decimal StopLoss, decimal TakeProfit)
{
    /// <summary>Whether it says where that position is protected.</summary>
    public bool IsFor(in decimal position) =>
        !position.IsZero && Action == (position.IsAboveZero ? SignalAction.Buy : SignalAction.Sell) && !(StopLoss.IsZero && TakeProfit.IsZero);
}
