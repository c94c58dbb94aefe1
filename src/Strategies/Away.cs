using Tradewind.Core.Model;

namespace Tradewind.Strategies;

/// <summary>Prices at a distance from another, for stops and targets; at least one tick away, so that they stand on the right side after rounding.</summary>
internal static class Away
{
    /// <param name="direction">1 above, −1 below.</param>
    /// <param name="distance">In price points; what is smaller than a tick counts as one.</param>
    public static double By(double price, int direction, double distance, Instrument instrument) =>
        price + direction * Math.Max(distance, instrument.TickSizeAsDouble);

    /// <summary>As <see cref="By"/>, or none where the multiple is 0.</summary>
    public static double? Times(double multiple, double price, int direction, double range, Instrument instrument) =>
        multiple > 0 ? By(price, direction, multiple * range, instrument) : null;
}
