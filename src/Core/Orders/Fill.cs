using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>One execution of ours, booked to one strategy.</summary>
/// <param name="Order">None for an internal crossing between two strategies.</param>
/// <param name="Execution">The broker's number; 0 for an internal crossing.</param>
/// <param name="Quantity">Units, above 0.</param>
/// <param name="Fee">Commission and fees of this part.</param>
/// <param name="RealizedPnl">What the reduced part of the strategy's position earned, before fees.</param>
/// <param name="PositionAfter">The strategy's signed position after it.</param>
public record struct Fill(
    OrderId Order, long Execution, int Strategy, Side Side, decimal Quantity, decimal Price, decimal Fee, decimal RealizedPnl, decimal PositionAfter)
{
    /// <summary>In place of a strategy's index: nobody of ours traded, the account did.</summary>
    public const int ExternalStrategy = -1;

    public readonly bool IsExternal => Strategy == ExternalStrategy;

    public readonly bool IsInternal => Order.IsNone && !IsExternal;
}
