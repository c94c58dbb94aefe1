using Tradewind.Core.Strategies;

namespace Tradewind.Core.Signals;

/// <summary>Turns what a wish says of moving stops into exact terms.</summary>
internal static class MovingStops
{
    /// <returns>False where a distance is not above 0 or not known yet, its indicator is not the strategy's own, or a setting is out of range.</returns>
    public static bool TryRead(in Wish wish, StrategySlot slot, out ExitTerms terms)
    {
        terms = default;
        if (wish.Trail is null && wish.BreakEven is null) return true;
        double price = slot.LastPrice;
        ExactDistance trail = default, after = default, offset = default;
        if (wish.Trail is { } trailing)
        {
            bool isSound = trailing.StepTicks >= 1 && trailing.Every >= TimeSpan.Zero && trailing.Every <= TimeSpan.FromHours(1);
            if (!isSound || !TryRead(trailing.Distance, slot, price, out trail, out _)) return false;
        }
        if (wish.BreakEven is { } even)
        {
            if (!TryRead(even.After, slot, price, out after, out double length)) return false;
            if (even.Offset != default && (!TryRead(even.Offset, slot, price, out offset, out double beyond) || beyond >= length)) return false;
        }
        terms = new(trail, wish.Trail?.StepTicks ?? 1, wish.Trail?.Every.Ticks ?? 0, after, offset);
        return true;
    }

    /// <summary>A distance in price; NaN for none, and while its indicator has no value.</summary>
    /// <param name="price">From which it is measured.</param>
    public static double LengthOf(this StrategySlot slot, ExactDistance distance, double price) => distance.Unit switch
    {
        DistanceUnit.Ticks => distance.Amount * slot.Instrument.TickSizeAsDouble,
        DistanceUnit.Points => distance.Amount,
        DistanceUnit.Percent => Math.Abs(price) * distance.Amount / 100,
        DistanceUnit.Indicator when (uint)distance.Indicator < (uint)slot.Indicators.Length => slot.Indicators[distance.Indicator].Indicator.Value * distance.Amount,
        _ => double.NaN,
    };

    private static bool TryRead(Distance distance, StrategySlot slot, double price, out ExactDistance exact, out double length)
    {
        int index = distance.Indicator is { } wanted ? Array.FindIndex(slot.Indicators, use => ReferenceEquals(use.Indicator, wanted)) : -1;
        exact = new(distance.Unit, distance.Amount, index);
        length = slot.LengthOf(exact, price);
        return length > 0 && double.IsFinite(length);
    }
}
