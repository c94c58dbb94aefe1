namespace Tradewind.Core.Orders;

/// <content>A stop that the venue itself moves after the price.</content>
public sealed partial class Order
{
    private int _trailTicks;

    /// <summary>
    /// Ticks at which the venue's own trailing stop follows the best price since it took the order; 0 for an order that stays where it is until it is changed.
    /// The stop price is where it began, and later where the venue says that it stands.
    /// </summary>
    public int TrailTicks => _trailTicks;

    internal void Trail(int ticks) => _trailTicks = ticks;

    /// <summary>The venue says where the stop stands now; a change that is on its way asks for nothing else.</summary>
    internal void MoveStop(decimal price)
    {
        _changed = new(Terms with { StopPrice = price });
        if (_asked is { } asked) _asked = new(asked.Terms with { StopPrice = price });
    }
}
