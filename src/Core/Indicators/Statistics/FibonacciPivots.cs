using Tradewind.Core.Market;

namespace Tradewind.Core.Indicators;

/// <summary>Fibonacci pivot points of the last session: pivot = (high + low + close) / 3, and levels 0.382, 0.618 and 1 ranges away. Ready with the first bar of the second session.</summary>
/// <remarks>The first session counts as it is in the data, even where they begin inside it.</remarks>
[Indicator("fibonacciPivots", "classic pivot, levels at 38.2, 61.8 and 100 percent of the range", Outputs = ["pivot", "r1", "r2", "r3", "s1", "s2", "s3"])]
public sealed class FibonacciPivots : PivotPoints
{
    /// <param name="calendar">The sessions; null means days of UTC.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public FibonacciPivots(SessionCalendar? calendar = null, BarSource? bars = null) : base(calendar, bars)
    {
    }

    protected override double Level(double high, double low, double close, int output)
    {
        double pivot = (high + low + close) / 3, range = high - low;
        return output switch
        {
            0 => pivot,
            1 => pivot + 0.382 * range,
            2 => pivot + 0.618 * range,
            3 => pivot + range,
            4 => pivot - 0.382 * range,
            5 => pivot - 0.618 * range,
            _ => pivot - range,
        };
    }
}
