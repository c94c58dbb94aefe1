namespace Tradewind.Core.Model;

/// <summary>What a change does to the order book.</summary>
public enum DepthAction : byte
{
    /// <summary>Sets the size at a price; size 0 removes the level.</summary>
    Set = 0,

    /// <summary>Empties both sides of the book; price and size mean nothing.</summary>
    Reset = 1,
}

/// <summary>One change of the order book.</summary>
public readonly record struct DepthUpdate(Timestamp Time, Side Side, DepthAction Action, double Price, double Size);
