namespace Tradewind.Core.Indicators;

/// <summary>How many items of a window are not zero: what tells a sum of nothing from a sum that rounding left above nothing.</summary>
public readonly record struct Tally(int Count)
{
    public bool Any => Count > 0;

    /// <summary>The tally after one item entered the window and one left it.</summary>
    public Tally Slide(double entering, double leaving) => new(Count + (entering != 0 ? 1 : 0) - (leaving != 0 ? 1 : 0));
}
