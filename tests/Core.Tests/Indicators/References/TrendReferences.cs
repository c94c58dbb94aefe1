using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class TrendReferences
{
    [Reference("dmi")]
    public static double[][] Dmi(BarTable bars, int period)
    {
        (double[] plus, double[] minus, double[] range) = Movement(bars, period);
        double[] dx = Nothing(bars.Count);
        for (int i = period; i < bars.Count; i++) dx[i] = plus[i] + minus[i] == 0 ? (i == period ? 0 : dx[i - 1]) : 100 * Math.Abs(plus[i] - minus[i]) / (plus[i] + minus[i]);
        return [Zip(plus, range, (p, r) => r == 0 ? 0 : 100 * p / r), Zip(minus, range, (m, r) => r == 0 ? 0 : 100 * m / r), dx];
    }

    [Reference("adx")]
    public static double[][] Adx(BarTable bars, int period)
    {
        (double[] plus, double[] minus, _) = Movement(bars, period);
        double[] adx = Nothing(bars.Count);
        double sum = 0;
        for (int i = period; i < bars.Count; i++)
        {
            bool exists = plus[i] + minus[i] != 0;
            double dx = exists ? 100 * Math.Abs(plus[i] - minus[i]) / (plus[i] + minus[i]) : 0;
            if (i < 2 * period) sum += dx;
            if (i == 2 * period - 1) adx[i] = sum / period;
            if (i >= 2 * period) adx[i] = exists ? (adx[i - 1] * (period - 1) + dx) / period : adx[i - 1];
        }
        double[][] dmi = Dmi(bars, period);
        return Together(adx, dmi[0], dmi[1]);
    }

    [Reference("adxr")]
    public static double[] Adxr(BarTable bars, int period)
    {
        double[] adx = Adx(bars, period)[0];
        return Zip(adx, Ago(adx, period - 1), (now, then) => (now + then) / 2);
    }

    [Reference("aroon")]
    public static double[][] Aroon(BarTable bars, int period)
    {
        double[] up = Map(StatisticsReferences.ArgMax(bars.High, period + 1), age => 100 * (period - age) / period);
        double[] down = Map(StatisticsReferences.ArgMin(bars.Low, period + 1), age => 100 * (period - age) / period);
        return [up, down, Zip(up, down, (u, d) => u - d)];
    }

    /// <summary>Wilder's rules: the stop steps towards the extreme, is never inside the range of the last two bars, and turns when touched.</summary>
    [Reference("psar")]
    public static double[] Psar(BarTable bars, double step, double max)
    {
        double[] column = Nothing(bars.Count);
        double up = bars.High[1] - bars.High[0], down = bars.Low[0] - bars.Low[1];
        bool isLong = down <= 0 || up >= down;
        double extreme = isLong ? bars.High[1] : bars.Low[1], speed = step, sar = isLong ? bars.Low[0] : bars.High[0];
        for (int i = 1; i < bars.Count; i++)
        {
            // TA-Lib takes the second bar itself as the one before it.
            double previousHigh = bars.High[Math.Max(i - 1, 1)], previousLow = bars.Low[Math.Max(i - 1, 1)];
            bool turns = isLong ? bars.Low[i] <= sar : bars.High[i] >= sar;
            if (turns)
            {
                isLong = !isLong;
                sar = isLong ? Math.Min(extreme, Math.Min(previousLow, bars.Low[i])) : Math.Max(extreme, Math.Max(previousHigh, bars.High[i]));
                extreme = isLong ? bars.High[i] : bars.Low[i];
                speed = step;
            }
            column[i] = sar;
            if (!turns && (isLong ? bars.High[i] > extreme : bars.Low[i] < extreme))
            {
                extreme = isLong ? bars.High[i] : bars.Low[i];
                speed = Math.Min(max, speed + step);
            }
            sar += speed * (extreme - sar);
            sar = isLong ? Math.Min(sar, Math.Min(previousLow, bars.Low[i])) : Math.Max(sar, Math.Max(previousHigh, bars.High[i]));
        }
        return column;
    }

    [Reference("superTrend")]
    public static double[][] SuperTrend(BarTable bars, int period, double multiplier)
    {
        double[] atr = Atr(bars, period), middle = Median(bars), upper = Nothing(bars.Count), lower = Nothing(bars.Count), line = Nothing(bars.Count), direction = Nothing(bars.Count);
        for (int i = period; i < bars.Count; i++)
        {
            (upper[i], lower[i]) = (middle[i] + multiplier * atr[i], middle[i] - multiplier * atr[i]);
            if (i == period)
            {
                (line[i], direction[i]) = (upper[i], -1);
                continue;
            }
            if (!(upper[i] < upper[i - 1] || bars.Close[i - 1] > upper[i - 1])) upper[i] = upper[i - 1];
            if (!(lower[i] > lower[i - 1] || bars.Close[i - 1] < lower[i - 1])) lower[i] = lower[i - 1];
            direction[i] = direction[i - 1] < 0 ? (bars.Close[i] > upper[i] ? 1 : -1) : (bars.Close[i] < lower[i] ? -1 : 1);
            line[i] = direction[i] > 0 ? lower[i] : upper[i];
        }
        return [line, direction];
    }

    [Reference("ichimoku")]
    public static double[][] Ichimoku(BarTable bars, int fast, int middle, int slow, int shift)
    {
        double[] Line(int n) => Zip(Highest(bars.High, n), Lowest(bars.Low, n), (high, low) => (high + low) / 2);
        double[] tenkan = Line(fast), kijun = Line(middle), leadA = Zip(tenkan, kijun, (t, k) => (t + k) / 2), leadB = Line(slow);
        return Together(tenkan, kijun, Ago(leadA, shift), Ago(leadB, shift), [.. leadA], [.. leadB], [.. bars.Close]);
    }

    [Reference("vortex")]
    public static double[][] Vortex(BarTable bars, int period)
    {
        double[] ranges = SumOf(TrueRange(bars), period);
        double[] plus = SumOf(From(1, bars.Count, i => Math.Abs(bars.High[i] - bars.Low[i - 1])), period);
        double[] minus = SumOf(From(1, bars.Count, i => Math.Abs(bars.Low[i] - bars.High[i - 1])), period);
        return [Zip(plus, ranges, (p, r) => r == 0 ? 0 : p / r), Zip(minus, ranges, (m, r) => r == 0 ? 0 : m / r)];
    }

    [Reference("alligator")]
    public static double[][] Alligator(double[] x, int jaw, int jawShift, int teeth, int teethShift, int lips, int lipsShift) =>
        Together(Ago(Wilder(x, jaw), jawShift), Ago(Wilder(x, teeth), teethShift), Ago(Wilder(x, lips), lipsShift));

    [Reference("chandeKroll")]
    public static double[][] ChandeKroll(BarTable bars, int period, double multiplier, int smooth)
    {
        double[][] first = Chandelier(bars, period, multiplier);
        return [Highest(first[0], smooth), Lowest(first[1], smooth)];
    }

    [Reference("chandelier")]
    public static double[][] Chandelier(BarTable bars, int period, double multiplier)
    {
        double[] atr = Atr(bars, period);
        return [Zip(Highest(bars.High, period), atr, (high, a) => high - multiplier * a), Zip(Lowest(bars.Low, period), atr, (low, a) => low + multiplier * a)];
    }

    /// <summary>With the places of the extremes, where the indicator keeps their prices.</summary>
    [Reference("zigZag")]
    public static double[][] ZigZag(BarTable bars, double percent)
    {
        int n = bars.Count, direction = 0, pivot = 0, top = 0, bottom = 0;
        double price = bars.Close[0], share = percent / 100;
        double[] prices = new double[n], directions = new double[n], ages = new double[n];
        for (int i = 0; i < n; i++)
        {
            if (i > 0)
            {
                bool extendsUp = bars.High[i] > bars.High[top], extendsDown = bars.Low[i] < bars.Low[bottom];
                bool falls = bars.Low[i] < bars.High[top] && bars.High[top] - bars.Low[i] >= share * Math.Abs(bars.High[top]);
                bool rises = bars.High[i] > bars.Low[bottom] && bars.High[i] - bars.Low[bottom] >= share * Math.Abs(bars.Low[bottom]);
                if (direction == 0 && falls && rises) (falls, rises) = (bars.Close[i] < bars.Open[i], bars.Close[i] >= bars.Open[i]);
                bool confirmsLow = rises && (direction == 0 || (direction < 0 && !extendsDown)), confirmsHigh = falls && (direction == 0 || (direction > 0 && !extendsUp));
                if (confirmsLow) (pivot, price, direction) = (bottom, bars.Low[bottom], 1);
                else if (confirmsHigh) (pivot, price, direction) = (top, bars.High[top], -1);
                // Extremes of the leg that runs, in which the bar of the confirmation is the first.
                (top, bottom) = (extendsUp || confirmsLow || confirmsHigh ? i : top, extendsDown || confirmsLow || confirmsHigh ? i : bottom);
            }
            (prices[i], directions[i], ages[i]) = (price, direction, i - pivot);
        }
        return [prices, directions, ages];
    }

    [Reference("heikinAshi")]
    public static double[][] HeikinAshi(BarTable bars)
    {
        double[] close = bars.Column(bar => (bar.Open + bar.High + bar.Low + bar.Close) / 4), open = new double[bars.Count];
        open[0] = (bars.Open[0] + bars.Close[0]) / 2;
        for (int i = 1; i < bars.Count; i++) open[i] = (open[i - 1] + close[i - 1]) / 2;
        return [open, From(0, bars.Count, i => Math.Max(bars.High[i], Math.Max(open[i], close[i]))), From(0, bars.Count, i => Math.Min(bars.Low[i], Math.Min(open[i], close[i]))), close];
    }

    /// <summary>Wilder's sums: the first is of n − 1 movements, and each later one loses an n-th and gains the new movement.</summary>
    private static (double[] Plus, double[] Minus, double[] Range) Movement(BarTable bars, int period)
    {
        double[] ranges = TrueRange(bars);
        double[] ups = From(1, bars.Count, i => bars.High[i] - bars.High[i - 1]), downs = From(1, bars.Count, i => bars.Low[i - 1] - bars.Low[i]);
        double[] Sums(Func<int, double> movement)
        {
            double[] column = Nothing(bars.Count);
            double sum = 0;
            for (int i = 1; i < bars.Count; i++)
            {
                sum = i < period ? sum + movement(i) : sum - sum / period + movement(i);
                if (i >= period) column[i] = sum;
            }
            return column;
        }
        return (Sums(i => ups[i] > downs[i] && ups[i] > 0 ? ups[i] : 0), Sums(i => downs[i] > ups[i] && downs[i] > 0 ? downs[i] : 0), Sums(i => ranges[i]));
    }
}
