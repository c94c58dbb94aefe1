using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class VolatilityReferences
{
    [Reference("trueRange")]
    public static double[] TrueRangeOf(BarTable bars) => TrueRange(bars);

    [Reference("atr")]
    public static double[] AtrOf(BarTable bars, int period) => Atr(bars, period);

    [Reference("natr")]
    public static double[] Natr(BarTable bars, int period) => Zip(Atr(bars, period), bars.Close, (atr, close) => close == 0 ? 0 : 100 * atr / close);

    [Reference("bollinger")]
    public static double[][] Bollinger(double[] x, int period, double deviations)
    {
        double[] middle = Sma(x, period), reach = Rolling(x, period, window => deviations * Math.Sqrt(Squares(window) / period));
        double[] upper = Zip(middle, reach, (m, r) => m + r), lower = Zip(middle, reach, (m, r) => m - r);
        return
        [
            upper, middle, lower,
            From(period - 1, x.Length, i => reach[i] == 0 ? 0.5 : (x[i] - lower[i]) / (upper[i] - lower[i])),
            From(period - 1, x.Length, i => middle[i] == 0 ? 0 : (upper[i] - lower[i]) / middle[i]),
        ];
    }

    [Reference("keltner")]
    public static double[][] Keltner(BarTable bars, int period, double multiplier, int atr)
    {
        double[] middle = Ema(bars.Close, period), range = Atr(bars, atr);
        return Together(Zip(middle, range, (m, r) => m + multiplier * r), middle, Zip(middle, range, (m, r) => m - multiplier * r));
    }

    [Reference("donchian")]
    public static double[][] Donchian(BarTable bars, int period)
    {
        double[] upper = Highest(bars.High, period), lower = Lowest(bars.Low, period);
        return [upper, Zip(upper, lower, (high, low) => (high + low) / 2), lower];
    }

    [Reference("stddev")]
    public static double[] StandardDeviation(double[] x, int period, double multiplier) => Rolling(x, period, window => multiplier * Math.Sqrt(Squares(window) / period));

    [Reference("historicalVolatility")]
    public static double[] HistoricalVolatility(double[] x, int period, double yearly) =>
        Rolling(From(1, x.Length, i => LogReturn(x[i - 1], x[i])), period, window => 100 * Math.Sqrt(yearly * Squares(window) / (period - 1)));

    [Reference("ulcer")]
    public static double[] Ulcer(double[] x, int period) => Map(Sma(Map(Zip(x, Highest(x, period), (now, high) => 100 * (now - high) / high), d => d * d), period), Math.Sqrt);

    [Reference("choppiness")]
    public static double[] Choppiness(BarTable bars, int period)
    {
        double[] ranges = SumOf(TrueRange(bars), period), high = Highest(bars.High, period), low = Lowest(bars.Low, period);
        return From(period, bars.Count, i => high[i] == low[i] ? 100 : 100 * Math.Log10(ranges[i] / (high[i] - low[i])) / Math.Log10(period));
    }

    [Reference("mass")]
    public static double[] Mass(BarTable bars, int period, int sum)
    {
        double[] once = Ema(bars.Column(bar => bar.High - bar.Low), period);
        return SumOf(Zip(once, Ema(once, period), (a, b) => b == 0 ? 1 : a / b), sum);
    }

    [Reference("parkinson")]
    public static double[] Parkinson(BarTable bars, int period, double yearly) => Rolling(bars.Column(bar => Math.Pow(LogReturn(bar.Low, bar.High), 2)), period,
        window => 100 * Math.Sqrt(yearly * Total(window) / (4 * period * Math.Log(2))));

    [Reference("garmanKlass")]
    public static double[] GarmanKlass(BarTable bars, int period, double yearly) => Rolling(
        bars.Column(bar => 0.5 * Math.Pow(LogReturn(bar.Low, bar.High), 2) - (2 * Math.Log(2) - 1) * Math.Pow(LogReturn(bar.Open, bar.Close), 2)), period,
        window => 100 * Math.Sqrt(yearly * Total(window) / period));

    [Reference("yangZhang")]
    public static double[] YangZhang(BarTable bars, int period, double yearly)
    {
        double[] overnight = From(1, bars.Count, i => LogReturn(bars.Close[i - 1], bars.Open[i])), body = From(1, bars.Count, i => LogReturn(bars.Open[i], bars.Close[i]));
        // Rogers and Satchell.
        double[] span = From(1, bars.Count, i => LogReturn(bars.Close[i], bars.High[i]) * LogReturn(bars.Open[i], bars.High[i]) + LogReturn(bars.Close[i], bars.Low[i]) * LogReturn(bars.Open[i], bars.Low[i]));
        double k = 0.34 / (1.34 + (period + 1.0) / (period - 1));
        double[] gaps = Rolling(overnight, period, window => Squares(window) / (period - 1)), bodies = Rolling(body, period, window => Squares(window) / (period - 1)), spans = Sma(span, period);
        return From(period, bars.Count, i => 100 * Math.Sqrt(yearly * (gaps[i] + k * bodies[i] + (1 - k) * spans[i])));
    }

    private static double LogReturn(double from, double to) => Math.Log(to) - Math.Log(from);
}
