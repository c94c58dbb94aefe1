using Tradewind.Core.Market;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Orders;

/// <summary>The last price when a strategy's position was decided on first: an order that had to wait since then is measured against it. Kept where a risk rule asks for it; nothing by default.</summary>
internal struct DecidedPrice
{
    private bool _isKnown;
    private decimal _target;
    private double _price;

    /// <summary>Takes note of the position that is to be held, and of the price where the position is news.</summary>
    public void Note(in decimal target, double price)
    {
        if (_isKnown && target == _target) return;
        (_isKnown, _target, _price) = (true, target, price);
    }

    /// <summary>Of the prices at which the shares were decided on, the one furthest from the last.</summary>
    public static double Furthest(MarketState market, ReadOnlySpan<OrderShare> shares)
    {
        double furthest = market.Mark;
        foreach (StrategySlot slot in market.Slots)
        {
            if (!slot.Brakes.Decided._isKnown || !HasPart(shares, slot.Index)) continue;
            double price = slot.Brakes.Decided._price;
            if (Math.Abs(price - market.Mark) > Math.Abs(furthest - market.Mark)) furthest = price;
        }
        return furthest;
    }

    private static bool HasPart(ReadOnlySpan<OrderShare> shares, int strategy)
    {
        foreach (OrderShare share in shares)
        {
            if (share.Strategy == strategy) return true;
        }
        return false;
    }
}
