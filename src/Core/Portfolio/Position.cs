using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>A net signed quantity of one instrument and what it cost. Amounts are in price points times units; the instrument's point value makes money of them.</summary>
public sealed class Position : ISnapshot
{
    /// <summary>Decimals to which a part of a sum is rounded, so that all further sums of money are exact.</summary>
    public const int ShareDecimals = 10;

    private decimal _quantity;
    private decimal _cost;
    private double _quantityAsDouble;
    private double _costAsDouble;

    /// <summary>Above 0 long, below 0 short, 0 flat.</summary>
    public decimal Quantity => _quantity;

    /// <summary>Sum of quantity times price over what is open, signed as the quantity.</summary>
    public decimal Cost => _cost;

    public bool IsFlat => _quantity.IsZero;

    /// <summary>Mean entry price; 0 when flat.</summary>
    public decimal AveragePrice => _quantity.IsZero ? 0m : _cost / _quantity;

    /// <summary>For statistics and strategies; money is counted in decimal.</summary>
    public double QuantityAsDouble => _quantityAsDouble;

    /// <summary>Open profit in points times units at a price.</summary>
    public double UnrealizedPoints(double price) => _quantityAsDouble * price - _costAsDouble;

    public decimal UnrealizedPoints(decimal price) => _quantity * price - _cost;

    /// <summary>Books a fill and returns what the closed part earned, in points times units. The sum of all returns is exact: the last closing takes the whole remaining cost.</summary>
    public decimal Apply(in decimal signedQuantity, in decimal price)
    {
        if (_quantityAsDouble == 0)
        {
            Set(signedQuantity, signedQuantity * price);
            return 0m;
        }
        decimal realized = 0m;
        decimal after = _quantity + signedQuantity;
        if (_quantityAsDouble > 0 == signedQuantity.IsAboveZero)
        {
            _cost += signedQuantity * price;
        }
        else if (after.IsZero)
        {
            realized = _quantity * price - _cost;
            _cost = 0m;
        }
        else if (after.IsAboveZero == _quantity.IsAboveZero)
        {
            // A share that does not end (a third) would leave dust in every sum after it; what is rounded off stays with the rest.
            decimal closedCost = decimal.Round(_cost * -signedQuantity / _quantity, ShareDecimals);
            realized = -signedQuantity * price - closedCost;
            _cost -= closedCost;
        }
        else
        {
            realized = _quantity * price - _cost;
            _cost = after * price;
        }
        Set(after, _cost);
        return realized;
    }

    /// <summary>What an earlier session held.</summary>
    internal void Take(in decimal quantity, in decimal cost) => Set(quantity, cost);

    private void Set(in decimal quantity, in decimal cost)
    {
        _quantity = quantity;
        _cost = cost;
        _quantityAsDouble = (double)quantity;
        _costAsDouble = (double)cost;
    }

    public void Sync(Snapshot stream)
    {
        stream.Sync(ref _quantity);
        stream.Sync(ref _cost);
        stream.Sync(ref _quantityAsDouble);
        stream.Sync(ref _costAsDouble);
    }
}
