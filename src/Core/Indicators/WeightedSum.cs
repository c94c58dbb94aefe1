using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Plain and linearly weighted sum of the last n numbers, the newest with weight n and the oldest with 1; O(1) per number, without drift.</summary>
/// <remarks>Until n numbers were seen, the missing ones count as zeros.</remarks>
public readonly record struct WeightedSum(CompensatedSum Plain, CompensatedSum Weighted)
{
    /// <summary>The sums once <paramref name="item"/> is among the last n and <paramref name="leaving"/> is not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public WeightedSum After(double item, double leaving, int length) => new(Plain.Slide(item, leaving), Weighted.Minus(Plain).PlusProduct(length, item));

    /// <summary>The linearly weighted mean.</summary>
    public double Mean(int length) => Weighted.Over(0.5 * length * (length + 1.0));
}
