using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class StatisticsReferences
{
    [Reference("zscore")]
    public static double[] ZScore(double[] x, int period) => Rolling(x, period, window => Squares(window) == 0 ? 0 : (window[^1] - Mean(window)) / Math.Sqrt(Squares(window) / period));

    [Reference("variance")]
    public static double[] Variance(double[] x, int period) => Rolling(x, period, window => Squares(window) / period);

    [Reference("sum")]
    public static double[] Sum(double[] x, int period) => SumOf(x, period);

    [Reference("max")]
    public static double[] Maximum(double[] x, int period) => Highest(x, period);

    [Reference("min")]
    public static double[] Minimum(double[] x, int period) => Lowest(x, period);

    [Reference("argmax")]
    public static double[] ArgMax(double[] x, int period) => Rolling(x, period, window =>
    {
        int age = 0;
        for (int i = window.Length - 1; i >= 0; i--) age = window[i] > window[window.Length - 1 - age] ? window.Length - 1 - i : age;
        return age;
    });

    [Reference("argmin")]
    public static double[] ArgMin(double[] x, int period) => ArgMax(Map(x, each => -each), period);

    [Reference("median")]
    public static double[] MedianOf(double[] x, int period) => Rolling(x, period, window =>
    {
        double[] sorted = window.ToArray();
        Array.Sort(sorted);
        return period % 2 == 1 ? sorted[period / 2] : (sorted[period / 2 - 1] + sorted[period / 2]) / 2;
    });

    [Reference("percentRank")]
    public static double[] PercentRank(double[] x, int period) => Rolling(x, period + 1, window =>
    {
        int smaller = 0;
        foreach (double each in window[..^1]) smaller += each < window[^1] ? 1 : 0;
        return 100.0 * smaller / period;
    });

    [Reference("streak")]
    public static double[] Streak(double[] x)
    {
        double[] column = new double[x.Length];
        for (int i = 1; i < x.Length; i++)
        {
            int way = Math.Sign(x[i] - x[i - 1]), length = 0;
            for (int k = i; k > 0 && way != 0 && Math.Sign(x[k] - x[k - 1]) == way; k--) length++;
            column[i] = way * length;
        }
        return column;
    }

    [Reference("correlation")]
    public static double[] Correlation(double[] x, double[] y, int period) => Pairs(x, y, period, (a, b) =>
    {
        double product = Squares(a) * Squares(b);
        return product == 0 ? 0 : Products(a, b) / Math.Sqrt(product);
    });

    [Reference("covariance", Tolerance = 1e-8)]
    public static double[] Covariance(double[] x, double[] y, int period) => Pairs(x, y, period, (a, b) => Products(a, b) / period);

    [Reference("beta", Tolerance = 1e-8)]
    public static double[] Beta(double[] asset, double[] market, int period) => Pairs(Map(Roc(asset, 1), r => r / 100), Map(Roc(market, 1), r => r / 100), period,
        (a, b) => Squares(b) == 0 ? 0 : Products(a, b) / Squares(b));

    [Reference("sharpe")]
    public static double[] Sharpe(double[] x, int period, double yearly) => Rolling(Map(Roc(x, 1), r => r / 100), period,
        window => Squares(window) == 0 ? 0 : Mean(window) / Math.Sqrt(Squares(window) / (period - 1)) * Math.Sqrt(yearly));

    [Reference("hurst", Tolerance = 1e-8)]
    public static double[] Hurst(double[] x, int period) => Rolling(Diff(x), period, window =>
    {
        List<(double X, double Y)> points = [];
        for (int length = period; length >= 8; length /= 2)
        {
            List<double> ranges = [];
            for (int end = period; end - length >= 0; end -= length)
            {
                ReadOnlySpan<double> piece = window[(end - length)..end];
                double mean = Mean(piece), deviation = Math.Sqrt(Squares(piece) / length), walk = 0, high = 0, low = 0;
                foreach (double each in piece)
                {
                    walk += each - mean;
                    (high, low) = (Math.Max(high, walk), Math.Min(low, walk));
                }
                if (deviation > 0) ranges.Add((high - low) / deviation);
            }
            if (ranges.Count > 0) points.Add((Math.Log(length), Math.Log(ranges.Average())));
        }
        if (points.Count < 2) return 0.5;
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        return points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    });

    [Reference("slope")]
    public static double[] Slope(double[] x, int period) => Map(Diff(x, period), change => change / period);

    [Reference("cross")]
    public static double[] Cross(double[] x, double[] y)
    {
        double[] column = new double[x.Length];
        for (int i = 1; i < x.Length; i++)
        {
            // The last time before at which they differed.
            int k = i - 1;
            while (k >= 0 && x[k] == y[k]) k--;
            if (k >= 0 && x[i] != y[i] && x[k] > y[k] != x[i] > y[i]) column[i] = x[i] > y[i] ? 1 : -1;
        }
        return column;
    }

    [Reference("crossLevel")]
    public static double[] CrossLevel(double[] x, double level) => Cross(x, Map(x, _ => level));

    [Reference("pivots")]
    public static double[][] Pivots(BarTable bars) => Levels(bars, (high, low, close) => Floor(high, low, (high + low + close) / 3));

    [Reference("woodiePivots")]
    public static double[][] WoodiePivots(BarTable bars) => Levels(bars, (high, low, close) => Floor(high, low, (high + low + close + close) / 4));

    [Reference("fibonacciPivots")]
    public static double[][] FibonacciPivots(BarTable bars) => Levels(bars, (high, low, close) =>
    {
        double pivot = (high + low + close) / 3, range = high - low;
        return [pivot, pivot + range * 0.382, pivot + range * 0.618, pivot + range, pivot - range * 0.382, pivot - range * 0.618, pivot - range];
    });

    [Reference("camarillaPivots")]
    public static double[][] CamarillaPivots(BarTable bars) => Levels(bars, (high, low, close) =>
    [
        (high + low + close) / 3,
        .. new[] { 12.0, 6, 4, 2 }.Select(part => close + (high - low) * 1.1 / part),
        .. new[] { 12.0, 6, 4, 2 }.Select(part => close - (high - low) * 1.1 / part),
    ]);

    private static double[] Floor(double high, double low, double pivot)
    {
        double r1 = 2 * pivot - low, s1 = 2 * pivot - high;
        return [pivot, r1, pivot + (r1 - s1), high + 2 * (pivot - low), s1, pivot - (r1 - s1), low - 2 * (high - pivot)];
    }

    private static double[][] Levels(BarTable bars, Func<double, double, double, double[]> levels)
    {
        int outputs = levels(1, 1, 1).Length;
        double[][] columns = [.. Enumerable.Range(0, outputs).Select(_ => Nothing(bars.Count))];
        int[] starts = [.. Enumerable.Range(0, bars.Count).Where(i => i == 0 || bars.Day[i] != bars.Day[i - 1]), bars.Count];
        for (int session = 1; session < starts.Length - 1; session++)
        {
            int from = starts[session - 1], length = starts[session] - from;
            double[] found = levels(Max(bars.High.AsSpan(from, length)), Min(bars.Low.AsSpan(from, length)), bars.Close[starts[session] - 1]);
            for (int output = 0; output < outputs; output++) Array.Fill(columns[output], found[output], starts[session], starts[session + 1] - starts[session]);
        }
        return columns;
    }

    private delegate double PairFold(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    private static double[] Pairs(double[] x, double[] y, int period, PairFold fold)
    {
        int start = Array.FindIndex(x, each => !double.IsNaN(each));
        double[] column = Nothing(x.Length);
        for (int i = start + period - 1; i < x.Length; i++) column[i] = fold(x.AsSpan(i - period + 1, period), y.AsSpan(i - period + 1, period));
        return column;
    }

    private static double Products(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double meanA = Mean(a), meanB = Mean(b), sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
        return sum;
    }
}
