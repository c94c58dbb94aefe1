using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class MomentumReferences
{
    [Reference("rsi")]
    public static double[] RsiOf(double[] x, int period) => Rsi(x, period);

    [Reference("cmo")]
    public static double[] Cmo(double[] x, int period)
    {
        double[] net = Wilder(Diff(x), period), path = Wilder(Map(Diff(x), Math.Abs), period);
        return Zip(net, path, (n, p) => p == 0 ? 0 : 100 * n / p);
    }

    [Reference("macd")]
    public static double[][] Macd(double[] x, int fast, int slow, int signal)
    {
        double[] macd = Zip(Ema(x, fast), Ema(x, slow), (f, s) => f - s), line = Ema(macd, signal);
        return Together(macd, line, Zip(macd, line, (m, s) => m - s));
    }

    [Reference("apo")]
    public static double[] Apo(double[] x, int fast, int slow) => Zip(Ema(x, fast), Ema(x, slow), (f, s) => f - s);

    [Reference("ppo")]
    public static double[][] Ppo(double[] x, int fast, int slow, int signal)
    {
        double[] ppo = Zip(Ema(x, fast), Ema(x, slow), (f, s) => s == 0 ? 0 : 100 * (f - s) / s), line = Ema(ppo, signal);
        return Together(ppo, line, Zip(ppo, line, (m, s) => m - s));
    }

    [Reference("momentum")]
    public static double[] Momentum(double[] x, int period) => Diff(x, period);

    [Reference("roc")]
    public static double[] RocOf(double[] x, int period) => Roc(x, period);

    [Reference("trix")]
    public static double[] Trix(double[] x, int period) => Roc(Ema(Ema(Ema(x, period), period), period), 1);

    [Reference("tsi")]
    public static double[][] Tsi(double[] x, int slow, int fast, int signal)
    {
        double[] top = Ema(Ema(Diff(x), slow), fast), bottom = Ema(Ema(Map(Diff(x), Math.Abs), slow), fast);
        double[] tsi = Zip(top, bottom, (t, b) => b == 0 ? 0 : 100 * t / b);
        return Together(tsi, Ema(tsi, signal));
    }

    [Reference("dpo")]
    public static double[] Dpo(double[] x, int period) => Zip(Ago(x, period / 2 + 1), Sma(x, period), (then, mean) => then - mean);

    [Reference("coppock")]
    public static double[] Coppock(double[] x, int slow, int fast, int average) => Wma(Zip(Roc(x, slow), Roc(x, fast), (a, b) => a + b), average);

    [Reference("kst")]
    public static double[][] Kst(double[] x, int roc1, int roc2, int roc3, int roc4, int sma1, int sma2, int sma3, int sma4, int signal)
    {
        double[] a = Sma(Roc(x, roc1), sma1), b = Sma(Roc(x, roc2), sma2), c = Sma(Roc(x, roc3), sma3), d = Sma(Roc(x, roc4), sma4);
        double[] kst = From(0, x.Length, i => a[i] + 2 * b[i] + 3 * c[i] + 4 * d[i]);
        return Together(kst, Sma(kst, signal));
    }

    [Reference("awesome")]
    public static double[] Awesome(double[] x, int fast, int slow) => Zip(Sma(x, fast), Sma(x, slow), (f, s) => f - s);

    [Reference("cci")]
    public static double[] Cci(double[] x, int period) => Rolling(x, period, window =>
    {
        double mean = Mean(window), distance = 0;
        foreach (double each in window) distance += Math.Abs(each - mean) / period;
        return distance == 0 ? 0 : (window[^1] - mean) / (0.015 * distance);
    });

    [Reference("bop")]
    public static double[] Bop(BarTable bars) => bars.Column(bar => bar.High == bar.Low ? 0 : (bar.Close - bar.Open) / (bar.High - bar.Low));

    [Reference("stochasticFast")]
    public static double[][] StochasticFast(BarTable bars, int k, int d) => Together(RawK(bars, k), Sma(RawK(bars, k), d));

    [Reference("stochastic")]
    public static double[][] Stochastic(BarTable bars, int k, int smooth, int d)
    {
        double[] slow = Sma(RawK(bars, k), smooth);
        return Together(slow, Sma(slow, d));
    }

    [Reference("stochRsi", Tolerance = 1e-6)]
    public static double[][] StochRsi(double[] x, int period, int k, int smooth, int d)
    {
        double[] rsi = Rsi(x, period), high = Highest(rsi, k), low = Lowest(rsi, k);
        double[] slow = Sma(From(0, x.Length, i => high[i] - low[i] < 1e-9 ? 50 : 100 * (rsi[i] - low[i]) / (high[i] - low[i])), smooth);
        return Together(slow, Sma(slow, d));
    }

    [Reference("williamsR")]
    public static double[] WilliamsR(BarTable bars, int period) => Map(RawK(bars, period), k => k - 100);

    [Reference("ultimate")]
    public static double[] Ultimate(BarTable bars, int fast, int middle, int slow)
    {
        double[] ranges = TrueRange(bars), pressures = From(1, bars.Count, i => bars.Close[i] - Math.Min(bars.Low[i], bars.Close[i - 1]));
        double[] Average(int n) => Zip(SumOf(pressures, n), SumOf(ranges, n), (p, r) => r == 0 ? 0.5 : p / r);
        double[] a = Average(fast), b = Average(middle), c = Average(slow);
        return From(0, bars.Count, i => 100 * (4 * a[i] + 2 * b[i] + c[i]) / 7);
    }

    [Reference("connorsRsi")]
    public static double[] ConnorsRsi(double[] x, int rsi, int streak, int rank)
    {
        double[] prices = Rsi(x, rsi), streaks = Rsi(StatisticsReferences.Streak(x), streak), ranks = StatisticsReferences.PercentRank(Roc(x, 1), rank);
        return From(0, x.Length, i => (prices[i] + streaks[i] + ranks[i]) / 3);
    }

    [Reference("fisher")]
    public static double[][] Fisher(double[] x, int period)
    {
        double[] high = Highest(x, period), low = Lowest(x, period), fisher = new double[x.Length];
        double value = 0;
        for (int i = period - 1; i < x.Length; i++)
        {
            double place = high[i] == low[i] ? 0.5 : (x[i] - low[i]) / (high[i] - low[i]);
            value = 0.33 * 2 * (place - 0.5) + 0.67 * value;
            if (value > 0.999) value = 0.999;
            if (value < -0.999) value = -0.999;
            fisher[i] = 0.5 * Math.Log((1 + value) / (1 - value)) + 0.5 * (i > 0 ? fisher[i - 1] : 0);
        }
        return [From(period, x.Length, i => fisher[i]), From(period, x.Length, i => fisher[i - 1])];
    }

    [Reference("rvi")]
    public static double[][] Rvi(BarTable bars, int period)
    {
        static double[] Smooth(double[] x) => Rolling(x, 4, w => (w[0] + 2 * w[1] + 2 * w[2] + w[3]) / 6);
        double[] top = SumOf(Smooth(bars.Column(bar => bar.Close - bar.Open)), period), bottom = SumOf(Smooth(bars.Column(bar => bar.High - bar.Low)), period);
        double[] rvi = Zip(top, bottom, (t, b) => b == 0 ? 0 : t / b);
        return Together(rvi, Smooth(rvi));
    }

    private static double[] RawK(BarTable bars, int k)
    {
        double[] high = Highest(bars.High, k), low = Lowest(bars.Low, k);
        return From(k - 1, bars.Count, i => high[i] == low[i] ? 50 : 100 * (bars.Close[i] - low[i]) / (high[i] - low[i]));
    }
}
