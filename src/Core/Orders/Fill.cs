using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>One execution, booked to one strategy or to nobody of ours (<see cref="ExternalStrategy"/>).</summary>
/// <param name="Order">None for an internal crossing between two strategies, and for what is not ours.</param>
/// <param name="Execution">The broker's number; 0 for an internal crossing.</param>
/// <param name="Quantity">Units, above 0.</param>
/// <param name="Fee">Commission and fees of this part.</param>
/// <param name="RealizedPnl">What the reduced part of the strategy's position earned, before fees.</param>
/// <param name="PositionAfter">The strategy's signed position after it, or what the account holds besides all strategies.</param>
public record struct Fill(
    OrderId Order, long Execution, int Strategy, Side Side, decimal Quantity, decimal Price, decimal Fee, decimal RealizedPnl, decimal PositionAfter)
{
    /// <summary>In place of a strategy's index: nobody of ours traded, the account did.</summary>
    public const int ExternalStrategy = -1;

    /// <summary>The venue took the execution of this number back: this undoes it, at its own price, and both are kept.</summary>
    public bool IsReversal { get; set; }

    public readonly bool IsExternal => Strategy == ExternalStrategy;

    public readonly bool IsInternal => Order.IsNone && !IsExternal;
}
