using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>
/// Says who crossed the spread. Where the source does not tell, a rise counts as a purchase, a fall as a sale, and no change as what came
/// before (the tick rule of Lee and Ready, 1991); the first trade of all counts as a purchase.
/// </summary>
internal struct TickRule()
{
    private double _lastPrice = double.NaN;
    private bool _wasSell;

    public bool IsSell(in Trade trade)
    {
        _wasSell = trade.Aggressor switch
        {
            Aggressor.Buyer => false,
            Aggressor.Seller => true,
            _ when trade.Price > _lastPrice => false,
            _ when trade.Price < _lastPrice => true,
            _ => _wasSell,
        };
        _lastPrice = trade.Price;
        return _wasSell;
    }

    /// <summary>A price that was no trade of the stream but came before the next one.</summary>
    public void Follow(double price) => _lastPrice = price;
}
