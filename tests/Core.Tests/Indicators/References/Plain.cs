namespace Tradewind.Core.Tests.Indicators.References;

/// <summary>What the reference implementations are written with: whole columns, plain loops, every window computed from nothing.</summary>
internal static class Plain
{
    public delegate double Fold(ReadOnlySpan<double> window);

    public static double[] Nothing(int count)
    {
        double[] column = new double[count];
        Array.Fill(column, double.NaN);
        return column;
    }

    /// <summary>A value for each index; those before <paramref name="first"/> are not ready.</summary>
    public static double[] From(int first, int count, Func<int, double> value)
    {
        double[] column = Nothing(count);
        for (int i = first; i < count; i++) column[i] = value(i);
        return column;
    }

    /// <summary>A function of the last n values, from the first index on which all of them are ready.</summary>
    public static double[] Rolling(double[] x, int n, Fold fold)
    {
        int start = Start(x);
        double[] column = Nothing(x.Length);
        for (int i = start + n - 1; i < x.Length; i++) column[i] = fold(x.AsSpan(i - n + 1, n));
        return column;
    }

    public static double Mean(ReadOnlySpan<double> x)
    {
        // Relative to the first one, so that equal numbers have exactly their own mean.
        double sum = 0;
        foreach (double each in x) sum += each - x[0];
        return x[0] + sum / x.Length;
    }

    public static double Total(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double each in x) sum += each;
        return sum;
    }

    public static double Squares(ReadOnlySpan<double> x)
    {
        double mean = Mean(x), sum = 0;
        foreach (double each in x) sum += (each - mean) * (each - mean);
        return sum;
    }

    public static double Max(ReadOnlySpan<double> x)
    {
        double most = x[0];
        foreach (double each in x) most = each > most ? each : most;
        return most;
    }

    public static double Min(ReadOnlySpan<double> x)
    {
        double least = x[0];
        foreach (double each in x) least = each < least ? each : least;
        return least;
    }

    public static double[] Sma(double[] x, int n) => Rolling(x, n, Mean);

    public static double[] SumOf(double[] x, int n) => Rolling(x, n, Total);

    public static double[] Highest(double[] x, int n) => Rolling(x, n, Max);

    public static double[] Lowest(double[] x, int n) => Rolling(x, n, Min);

    public static double[] Wma(double[] x, int n) => Rolling(x, n, window =>
    {
        double sum = 0;
        for (int i = 0; i < window.Length; i++) sum += (i + 1) * (window[i] - window[0]);
        return window[0] + sum / (window.Length * (window.Length + 1.0) / 2);
    });

    public static double[] Ema(double[] x, int n) => Smoothed(x, n, 2.0 / (n + 1));

    public static double[] Wilder(double[] x, int n) => Smoothed(x, n, 1.0 / n);

    public static double[] Smoothed(double[] x, int n, double weight)
    {
        int start = Start(x);
        double[] column = Nothing(x.Length);
        if (start + n > x.Length) return column;
        column[start + n - 1] = Mean(x.AsSpan(start, n));
        for (int i = start + n; i < x.Length; i++) column[i] = column[i - 1] + weight * (x[i] - column[i - 1]);
        return column;
    }

    public static double[] Diff(double[] x, int n = 1) => From(Start(x) + n, x.Length, i => x[i] - x[i - n]);

    public static double[] Roc(double[] x, int n) => From(Start(x) + n, x.Length, i => x[i - n] == 0 ? 0 : 100 * (x[i] - x[i - n]) / x[i - n]);

    public static double[] Zip(double[] a, double[] b, Func<double, double, double> f) => [.. a.Zip(b, (p, q) => double.IsNaN(p) || double.IsNaN(q) ? double.NaN : f(p, q))];

    public static double[] Map(double[] a, Func<double, double> f) => [.. a.Select(f)];

    public static double[] Ago(double[] x, int n) => From(n, x.Length, i => x[i - n]);

    /// <summary>Columns that become ready together: none before all are.</summary>
    public static double[][] Together(params double[][] columns)
    {
        for (int i = 0; i < columns[0].Length; i++)
        {
            if (!columns.Any(column => double.IsNaN(column[i]))) continue;
            foreach (double[] column in columns) column[i] = double.NaN;
        }
        return columns;
    }

    public static double[] Median(BarTable bars) => [.. bars.High.Zip(bars.Low, (high, low) => (high + low) / 2)];

    public static double[] Typical(BarTable bars) => bars.Column(bar => (bar.High + bar.Low + bar.Close) / 3);

    public static double[] TrueRange(BarTable bars) => From(1, bars.Count, i =>
        Math.Max(bars.High[i] - bars.Low[i], Math.Max(Math.Abs(bars.High[i] - bars.Close[i - 1]), Math.Abs(bars.Low[i] - bars.Close[i - 1]))));

    public static double[] Atr(BarTable bars, int n) => Wilder(TrueRange(bars), n);

    public static double[] Rsi(double[] x, int n)
    {
        double[] rises = Wilder(Map(Diff(x), d => double.IsNaN(d) ? d : Math.Max(d, 0)), n), falls = Wilder(Map(Diff(x), d => double.IsNaN(d) ? d : Math.Max(-d, 0)), n);
        return Zip(rises, falls, (rise, fall) => rise + fall == 0 ? 50 : 100 - 100 / (1 + rise / fall));
    }

    private static int Start(double[] x)
    {
        int start = Array.FindIndex(x, each => !double.IsNaN(each));
        return start < 0 ? x.Length : start;
    }
}
