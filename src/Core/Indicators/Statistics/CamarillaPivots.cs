using Tradewind.Core.Market;

namespace Tradewind.Core.Indicators;

/// <summary>Camarilla pivot points of the last session: levels 1.1 / 12, 1.1 / 6, 1.1 / 4 and 1.1 / 2 ranges from the close; pivot = (high + low + close) / 3. Ready with the first bar of the second session.</summary>
/// <remarks>The first session counts as it is in the data, even where they begin inside it.</remarks>
[Indicator("camarillaPivots", "Scott, 1989", Outputs = ["pivot", "r1", "r2", "r3", "r4", "s1", "s2", "s3", "s4"])]
public sealed class CamarillaPivots : PivotPoints
{
    /// <param name="calendar">The sessions; null means days of UTC.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public CamarillaPivots(SessionCalendar? calendar = null, BarSource? bars = null) : base(calendar, bars)
    {
    }

    protected override double Level(double high, double low, double close, int output)
    {
        double step = 1.1 * (high - low);
        return output switch
        {
            0 => (high + low + close) / 3,
            1 => close + step / 12,
            2 => close + step / 6,
            3 => close + step / 4,
            4 => close + step / 2,
            5 => close - step / 12,
            6 => close - step / 6,
            7 => close - step / 4,
            _ => close - step / 2,
        };
    }
}
