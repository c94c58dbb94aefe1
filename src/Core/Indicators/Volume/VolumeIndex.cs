using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>An index that starts at 1000 and takes part in the price changes of some bars only.</summary>
/// <param name="HasBegun">False before the first bar.</param>
/// <param name="Close">Of the latest bar.</param>
/// <param name="Volume">Of the latest bar.</param>
/// <param name="Index">1000 with the first bar.</param>
public readonly record struct VolumeIndex(bool HasBegun, double Close, double Volume, double Index)
{
    /// <summary>The index once <paramref name="bar"/> was seen. A change from or to a price that is not above 0 is left out.</summary>
    public VolumeIndex After(in Bar bar, bool takesPart)
    {
        if (!HasBegun) return new(true, bar.Close, bar.Volume, 1000);
        return new(true, bar.Close, bar.Volume, takesPart && Close > 0 && bar.Close > 0 ? Index * (bar.Close / Close) : Index);
    }
}
