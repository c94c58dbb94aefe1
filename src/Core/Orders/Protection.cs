namespace Tradewind.Core.Orders;

/// <summary>Where a strategy's open position is protected, and by which orders. Prices of 0 mean none.</summary>
internal struct Protection
{
    public decimal StopLoss;
    public decimal TakeProfit;
    public OrderId StopOrder;
    public OrderId TakeProfitOrder;

    public readonly bool IsNone => StopLoss == 0m && TakeProfit == 0m && StopOrder.IsNone && TakeProfitOrder.IsNone;
}
