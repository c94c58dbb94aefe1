using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class AverageReferences
{
    [Reference("sma")]
    public static double[] SmaOf(double[] x, int period) => Sma(x, period);

    [Reference("ema")]
    public static double[] EmaOf(double[] x, int period) => Ema(x, period);

    [Reference("wma")]
    public static double[] WmaOf(double[] x, int period) => Wma(x, period);

    [Reference("smma")]
    public static double[] Smma(double[] x, int period) => Wilder(x, period);

    [Reference("hma")]
    public static double[] Hma(double[] x, int period) => Wma(Zip(Wma(x, period / 2), Wma(x, period), (half, full) => 2 * half - full), (int)Math.Floor(Math.Sqrt(period)));

    [Reference("dema")]
    public static double[] Dema(double[] x, int period) => Zip(Ema(x, period), Ema(Ema(x, period), period), (once, twice) => 2 * once - twice);

    [Reference("tema")]
    public static double[] Tema(double[] x, int period)
    {
        double[] once = Ema(x, period), twice = Ema(once, period), thrice = Ema(twice, period);
        return Zip(Zip(once, twice, (a, b) => 3 * a - 3 * b), thrice, (ab, c) => ab + c);
    }

    /// <summary>T3 = GD(GD(GD(x))) with GD(x) = (1 + v)·EMA(x) − v·EMA(EMA(x)), multiplied out, as every EMA has a seed of its own.</summary>
    [Reference("t3")]
    public static double[] T3(double[] x, int period, double v)
    {
        double[][] emas = new double[7][];
        emas[0] = x;
        for (int i = 1; i <= 6; i++) emas[i] = Ema(emas[i - 1], period);
        // (1 + v − v·E)³·E³ by the binomial theorem.
        double[] weights = [Math.Pow(1 + v, 3), -3 * Math.Pow(1 + v, 2) * v, 3 * (1 + v) * v * v, -v * v * v];
        return From(0, x.Length, i => weights.Select((weight, k) => weight * emas[3 + k][i]).Sum());
    }

    [Reference("trima")]
    public static double[] Trima(double[] x, int period) => period % 2 == 1 ? Sma(Sma(x, (period + 1) / 2), (period + 1) / 2) : Sma(Sma(x, period / 2), period / 2 + 1);

    [Reference("zlema")]
    public static double[] Zlema(double[] x, int period)
    {
        int lag = (period - 1) / 2;
        return Ema(Zip(x, Ago(x, lag), (now, then) => 2 * now - then), period);
    }

    [Reference("alma")]
    public static double[] Alma(double[] x, int period, double offset, double sigma) => Rolling(x, period, window =>
    {
        double sum = 0, norm = 0, m = offset * (period - 1), s = period / sigma;
        for (int i = 0; i < period; i++)
        {
            double weight = Math.Exp(-Math.Pow(i - m, 2) / (2 * s * s));
            sum += weight * window[i];
            norm += weight;
        }
        return sum / norm;
    });

    [Reference("kama")]
    public static double[] Kama(double[] x, int period, int fast, int slow)
    {
        double[] column = Nothing(x.Length);
        double last = x.Length > period ? x[period - 1] : 0;
        for (int i = period; i < x.Length; i++)
        {
            double path = 0, way = Math.Abs(x[i] - x[i - period]);
            for (int k = i - period + 1; k <= i; k++) path += Math.Abs(x[k] - x[k - 1]);
            double efficiency = path <= way ? 1 : way / path;
            double c = Math.Pow(efficiency * (2.0 / (fast + 1) - 2.0 / (slow + 1)) + 2.0 / (slow + 1), 2);
            column[i] = last += c * (x[i] - last);
        }
        return column;
    }

    [Reference("vwma")]
    public static double[] Vwma(double[] x, double[] volume, int period) => From(period - 1, x.Length, i =>
    {
        double top = 0, bottom = 0;
        for (int k = i - period + 1; k <= i; k++) (top, bottom) = (top + x[k] * volume[k], bottom + volume[k]);
        return bottom == 0 ? Mean(x.AsSpan(i - period + 1, period)) : top / bottom;
    });

    [Reference("vidya")]
    public static double[] Vidya(double[] x, int period, int momentum)
    {
        double[] column = Nothing(x.Length);
        double last = x.Length > momentum ? x[momentum - 1] : 0;
        for (int i = momentum; i < x.Length; i++)
        {
            double up = 0, down = 0;
            for (int k = i - momentum + 1; k <= i; k++)
            {
                up += Math.Max(x[k] - x[k - 1], 0);
                down += Math.Max(x[k - 1] - x[k], 0);
            }
            double cmo = up + down == 0 ? 0 : Math.Abs(up - down) / (up + down);
            column[i] = last += 2.0 / (period + 1) * cmo * (x[i] - last);
        }
        return column;
    }

    [Reference("mcginley")]
    public static double[] McGinley(double[] x, int period)
    {
        double[] column = Nothing(x.Length);
        column[period - 1] = Mean(x.AsSpan(0, period));
        for (int i = period; i < x.Length; i++) column[i] = column[i - 1] + (x[i] - column[i - 1]) / Math.Max(1, period * Math.Pow(x[i] / column[i - 1], 4));
        return column;
    }

    [Reference("lsma", Tolerance = 1e-8)]
    public static double[][] Lsma(double[] x, int period)
    {
        double[] slope = Rolling(x, period, window =>
        {
            double middle = (period - 1) / 2.0, mean = Mean(window), top = 0, bottom = 0;
            for (int k = 0; k < period; k++) (top, bottom) = (top + (k - middle) * (window[k] - mean), bottom + (k - middle) * (k - middle));
            return top / bottom;
        });
        double[] mean = Sma(x, period);
        double[] rSquared = From(period - 1, x.Length, i =>
        {
            double total = Squares(x.AsSpan(i - period + 1, period)), rest = 0;
            for (int k = 0; k < period; k++)
            {
                double fitted = mean[i] + slope[i] * (k - (period - 1) / 2.0);
                rest += Math.Pow(x[i - period + 1 + k] - fitted, 2);
            }
            return total == 0 ? 0 : 1 - rest / total;
        });
        return [Zip(mean, slope, (m, s) => m + s * (period - 1) / 2.0), slope, Map(slope, s => Math.Atan(s) * 180 / Math.PI), Zip(mean, slope, (m, s) => m - s * (period - 1) / 2.0), rSquared];
    }

    /// <summary>After the listing in Ehlers' paper, with columns for each of its variables.</summary>
    [Reference("mama", Tolerance = 1e-7)]
    public static double[][] Mama(double[] x, double fastLimit, double slowLimit)
    {
        int n = x.Length;
        double[] smooth = new double[n], detrender = new double[n], i1 = new double[n], q1 = new double[n], i2 = new double[n], q2 = new double[n];
        double[] re = new double[n], im = new double[n], period = new double[n], phase = new double[n], mama = new double[n], fama = new double[n];
        double Price(int i) => x[Math.Max(i, 0)];
        double Smooth(int i) => i < 0 ? x[0] : smooth[i];
        static double Zero(double[] column, int i) => i < 0 ? 0 : column[i];
        (mama[0], fama[0], smooth[0]) = (x[0], x[0], x[0]);
        for (int i = 1; i < n; i++)
        {
            smooth[i] = (4 * Price(i) + 3 * Price(i - 1) + 2 * Price(i - 2) + Price(i - 3)) / 10;
            double factor = 0.075 * period[i - 1] + 0.54;
            detrender[i] = (0.0962 * Smooth(i) + 0.5769 * Smooth(i - 2) - 0.5769 * Smooth(i - 4) - 0.0962 * Smooth(i - 6)) * factor;
            double Hilbert(double[] c) => (0.0962 * Zero(c, i) + 0.5769 * Zero(c, i - 2) - 0.5769 * Zero(c, i - 4) - 0.0962 * Zero(c, i - 6)) * factor;
            q1[i] = Hilbert(detrender);
            i1[i] = Zero(detrender, i - 3);
            i2[i] = 0.2 * (i1[i] - Hilbert(q1)) + 0.8 * i2[i - 1];
            q2[i] = 0.2 * (q1[i] + Hilbert(i1)) + 0.8 * q2[i - 1];
            re[i] = 0.2 * (i2[i] * i2[i - 1] + q2[i] * q2[i - 1]) + 0.8 * re[i - 1];
            im[i] = 0.2 * (i2[i] * q2[i - 1] - q2[i] * i2[i - 1]) + 0.8 * im[i - 1];
            period[i] = im[i] != 0 && re[i] != 0 ? 360 / (Math.Atan(im[i] / re[i]) * 180 / Math.PI) : period[i - 1];
            if (period[i] > 1.5 * period[i - 1]) period[i] = 1.5 * period[i - 1];
            if (period[i] < 0.67 * period[i - 1]) period[i] = 0.67 * period[i - 1];
            if (period[i] < 6) period[i] = 6;
            if (period[i] > 50) period[i] = 50;
            period[i] = 0.2 * period[i] + 0.8 * period[i - 1];
            if (i1[i] != 0) phase[i] = Math.Atan(q1[i] / i1[i]) * 180 / Math.PI;
            double alpha = Math.Max(fastLimit / Math.Max(phase[i - 1] - phase[i], 1), slowLimit);
            mama[i] = alpha * x[i] + (1 - alpha) * mama[i - 1];
            fama[i] = 0.5 * alpha * mama[i] + (1 - 0.5 * alpha) * fama[i - 1];
        }
        return [From(32, n, i => mama[i]), From(32, n, i => fama[i])];
    }
}
