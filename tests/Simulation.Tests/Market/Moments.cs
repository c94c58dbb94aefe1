namespace Tradewind.Simulation.Tests.Market;

/// <summary>Textbook statistics written out plainly, for series short enough to go over many times.</summary>
internal static class Moments
{
    public static double Mean(IReadOnlyList<double> values) => values.Sum() / values.Count;

    public static double Variance(IReadOnlyList<double> values)
    {
        double mean = Mean(values);
        return values.Sum(value => (value - mean) * (value - mean)) / values.Count;
    }

    /// <summary>0 for a normal distribution.</summary>
    public static double ExcessKurtosis(IReadOnlyList<double> values)
    {
        double mean = Mean(values);
        double fourth = values.Sum(value => Math.Pow(value - mean, 4)) / values.Count;
        return fourth / Math.Pow(Variance(values), 2) - 3;
    }

    public static double Autocorrelation(IReadOnlyList<double> values, int lag)
    {
        double mean = Mean(values);
        double sum = 0;
        for (int i = lag; i < values.Count; i++) sum += (values[i] - mean) * (values[i - lag] - mean);
        return sum / values.Count / Variance(values);
    }

    public static double Correlation(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        double meanA = Mean(a);
        double meanB = Mean(b);
        double sum = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return sum / a.Count / Math.Sqrt(Variance(a) * Variance(b));
    }
}
