using Tradewind.Core.Model;

namespace Tradewind.Strategies.Tests.Support;

/// <summary>Indicators written down from their definitions, over whole series, without any of the code under test. NaN until there is a value.</summary>
internal static class Plain
{
    public static double[] Closes(Bar[] bars) => [.. bars.Select(bar => bar.Close)];

    public static double[] Highest(double[] values, int period) => Windows(values, period, window => window.Max());

    public static double[] Lowest(double[] values, int period) => Windows(values, period, window => window.Min());

    public static double[] Highs(Bar[] bars, int period) => Highest([.. bars.Select(bar => bar.High)], period);

    public static double[] Lows(Bar[] bars, int period) => Lowest([.. bars.Select(bar => bar.Low)], period);

    /// <summary>Percent change against the value some bars ago.</summary>
    public static double[] Change(double[] values, int period) => [.. values.Select((value, i) => i < period ? double.NaN : 100 * (value / values[i - period] - 1))];

    public static double[] Sma(double[] values, int period) => Windows(values, period, window => window.Average());

    public static double[] Ema(double[] values, int period)
    {
        double[] result = Blank(values.Length);
        for (int i = period - 1; i < values.Length; i++)
        {
            result[i] = i == period - 1 ? values[..period].Average() : result[i - 1] + 2.0 / (period + 1) * (values[i] - result[i - 1]);
        }
        return result;
    }

    public static double[] Rsi(double[] closes, int period)
    {
        double[] result = Blank(closes.Length);
        double gains = 0, losses = 0;
        for (int i = 1; i < closes.Length; i++)
        {
            double gain = Math.Max(0, closes[i] - closes[i - 1]), loss = Math.Max(0, closes[i - 1] - closes[i]);
            gains = i <= period ? gains + gain / period : (gains * (period - 1) + gain) / period;
            losses = i <= period ? losses + loss / period : (losses * (period - 1) + loss) / period;
            if (i >= period) result[i] = losses == 0 ? 100 : 100 - 100 / (1 + gains / losses);
        }
        return result;
    }

    public static double[] Atr(Bar[] bars, int period)
    {
        double[] result = Blank(bars.Length);
        double sum = 0;
        for (int i = 1; i < bars.Length; i++)
        {
            double range = new[] { bars[i].High - bars[i].Low, Math.Abs(bars[i].High - bars[i - 1].Close), Math.Abs(bars[i].Low - bars[i - 1].Close) }.Max();
            if (i <= period) sum += range;
            if (i == period) result[i] = sum / period;
            if (i > period) result[i] = (result[i - 1] * (period - 1) + range) / period;
        }
        return result;
    }

    public static double[] Blank(int length)
    {
        var values = new double[length];
        Array.Fill(values, double.NaN);
        return values;
    }

    private static double[] Windows(double[] values, int period, Func<double[], double> of) =>
        [.. values.Select((_, i) => i < period - 1 ? double.NaN : of(values[(i - period + 1)..(i + 1)]))];
}
