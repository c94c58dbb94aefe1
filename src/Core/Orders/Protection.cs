using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Orders;

/// <summary>Where a strategy's open position is protected, and by which orders. Prices of 0 mean none.</summary>
internal struct Protection
{
    private decimal _stopLoss;
    private decimal _takeProfit;
    public OrderId StopOrder;
    public OrderId TakeProfitOrder;

    private bool _hasPrices;

    public decimal StopLoss
    {
        readonly get => _stopLoss;
        set
        {
            _stopLoss = value;
            _hasPrices = !value.IsZero || !_takeProfit.IsZero;
        }
    }

    public decimal TakeProfit
    {
        readonly get => _takeProfit;
        set
        {
            _takeProfit = value;
            _hasPrices = !value.IsZero || !_stopLoss.IsZero;
        }
    }

    public readonly CarriedProtection Leave() => new(_stopLoss, _takeProfit, StopOrder.Value, TakeProfitOrder.Value);

    public void Take(CarriedProtection left)
    {
        (StopLoss, TakeProfit) = (left.StopLoss, left.TakeProfit);
        (StopOrder, TakeProfitOrder) = (new(left.StopOrder), new(left.TakeProfitOrder));
    }

    public readonly bool IsNone => !_hasPrices && StopOrder.IsNone && TakeProfitOrder.IsNone;
}
