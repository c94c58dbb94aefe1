namespace Tradewind.Core.Risk;

/// <summary>What the engine may do as a whole.</summary>
public enum TradingState : byte
{
    Active = 0,

    /// <summary>Only orders that reduce a position pass.</summary>
    ReduceOnly = 1,

    /// <summary>As <see cref="ReduceOnly"/>, and no strategy is asked any more: the session ends.</summary>
    Halted = 2,
}
