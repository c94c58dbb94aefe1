using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <content>What it holds, as the engine keeps it from fills; it survives a restart, which the strategy's own fields do not.</content>
public abstract partial class Strategy
{
    /// <summary>Its own signed position, kept from fills: above 0 long, below 0 short.</summary>
    protected decimal Position => Slot.Position.Quantity;

    protected bool IsFlat => Slot.Position.QuantityAsDouble == 0;

    protected bool IsLong => Slot.Position.QuantityAsDouble > 0;

    protected bool IsShort => Slot.Position.QuantityAsDouble < 0;

    /// <summary>Mean entry price of its position; 0 when flat.</summary>
    protected double EntryPrice => (double)Slot.Position.AveragePrice;

    /// <summary>When its position was opened, also by an earlier session; the default when flat.</summary>
    protected Timestamp EntryTime => Slot.RoundTrips.Entered;

    /// <summary>Where its position is stopped, also by an earlier session; NaN where there is no stop.</summary>
    protected double ProtectiveStop => Slot.Protection.StopLoss is { IsZero: false } stop ? (double)stop : double.NaN;
}
