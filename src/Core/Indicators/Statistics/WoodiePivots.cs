using Tradewind.Core.Market;

namespace Tradewind.Core.Indicators;

/// <summary>Woodie's pivot points of the last session: pivot = (high + low + 2·close) / 4, three resistances and three supports. Ready with the first bar of the second session.</summary>
/// <remarks>The first session counts as it is in the data, even where they begin inside it.</remarks>
[Indicator("woodiePivots", "Woodie; the form that weighs the last close twice, not the next open", Outputs = ["pivot", "r1", "r2", "r3", "s1", "s2", "s3"])]
public sealed class WoodiePivots : PivotPoints
{
    /// <param name="calendar">The sessions; null means days of UTC.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public WoodiePivots(SessionCalendar? calendar = null, BarSource? bars = null) : base(calendar, bars)
    {
    }

    protected override double Level(double high, double low, double close, int output) => FloorLevel((high + low + 2 * close) / 4, high, low, output);
}
