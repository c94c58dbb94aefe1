using static Tradewind.Core.Tests.Indicators.References.Plain;

namespace Tradewind.Core.Tests.Indicators.References;

internal static class VolumeReferences
{
    [Reference("obv")]
    public static double[] Obv(BarTable bars) => Running(bars, i => i == 0 ? bars.Volume[0] : Math.Sign(bars.Close[i] - bars.Close[i - 1]) * bars.Volume[i]);

    [Reference("ad")]
    public static double[] Ad(BarTable bars)
    {
        double[] flow = Flow(bars);
        return Running(bars, i => flow[i]);
    }

    /// <remarks>The difference of two averages of a line in the hundred millions.</remarks>
    [Reference("chaikin", Tolerance = 1e-7)]
    public static double[] Chaikin(BarTable bars, int fast, int slow)
    {
        double[] line = Ad(bars);
        double f = line[0], s = line[0];
        double[] column = Nothing(bars.Count);
        for (int i = 1; i < bars.Count; i++)
        {
            f = 2.0 / (fast + 1) * line[i] + (1 - 2.0 / (fast + 1)) * f;
            s = 2.0 / (slow + 1) * line[i] + (1 - 2.0 / (slow + 1)) * s;
            if (i >= slow - 1) column[i] = f - s;
        }
        return column;
    }

    [Reference("cmf")]
    public static double[] Cmf(BarTable bars, int period) => Zip(SumOf(Flow(bars), period), SumOf(bars.Volume, period), (flow, volume) => volume == 0 ? 0 : flow / volume);

    [Reference("mfi")]
    public static double[] Mfi(BarTable bars, int period)
    {
        double[] typical = Typical(bars), sign = From(1, bars.Count, i => Math.Sign(typical[i] - typical[i - 1]));
        double[] positive = SumOf(From(1, bars.Count, i => sign[i] > 0 ? typical[i] * bars.Volume[i] : 0), period), negative = SumOf(From(1, bars.Count, i => sign[i] < 0 ? typical[i] * bars.Volume[i] : 0), period);
        return Zip(positive, negative, (p, n) => p + n == 0 ? 50 : 100 * p / (p + n));
    }

    [Reference("force")]
    public static double[] Force(BarTable bars, int period) => Ema(From(1, bars.Count, i => bars.Volume[i] * (bars.Close[i] - bars.Close[i - 1])), period);

    [Reference("eom")]
    public static double[] Eom(BarTable bars, int period, double unit)
    {
        double[] middle = Median(bars);
        return Sma(From(1, bars.Count, i => bars.Volume[i] == 0 ? 0 : (middle[i] - middle[i - 1]) / (bars.Volume[i] / unit / (bars.High[i] - bars.Low[i]))), period);
    }

    [Reference("pvt")]
    public static double[] Pvt(BarTable bars) => Running(bars, i => i == 0 ? 0 : bars.Volume[i] * (bars.Close[i] / bars.Close[i - 1] - 1));

    [Reference("nvi")]
    public static double[] Nvi(BarTable bars) => Index(bars, i => bars.Volume[i] < bars.Volume[i - 1]);

    [Reference("pvi")]
    public static double[] Pvi(BarTable bars) => Index(bars, i => bars.Volume[i] > bars.Volume[i - 1]);

    [Reference("klinger")]
    public static double[][] Klinger(BarTable bars, int fast, int slow, int signal)
    {
        double[] force = Nothing(bars.Count), cumulative = new double[bars.Count];
        int[] trend = new int[bars.Count];
        double Price(int i) => bars.High[i] + bars.Low[i] + bars.Close[i];
        double Range(int i) => bars.High[i] - bars.Low[i];
        (trend[0], cumulative[0]) = (-1, Range(0));
        for (int i = 1; i < bars.Count; i++)
        {
            trend[i] = Price(i) == Price(i - 1) ? trend[i - 1] : Price(i) > Price(i - 1) ? 1 : -1;
            cumulative[i] = (trend[i] == trend[i - 1] ? cumulative[i - 1] : Range(i - 1)) + Range(i);
            force[i] = cumulative[i] == 0 ? 0 : bars.Volume[i] * Math.Abs(2 * (Range(i) / cumulative[i] - 1)) * trend[i] * 100;
        }
        double[] oscillator = Zip(Ema(force, fast), Ema(force, slow), (f, s) => f - s);
        return Together(oscillator, Ema(oscillator, signal));
    }

    [Reference("vwap")]
    public static double[][] Vwap(BarTable bars, double deviations)
    {
        double[] typical = Typical(bars), vwap = new double[bars.Count], reach = new double[bars.Count];
        int start = 0;
        for (int i = 0; i < bars.Count; i++)
        {
            if (i > 0 && bars.Day[i] != bars.Day[i - 1]) start = i;
            double volume = 0, sum = 0, squares = 0;
            for (int k = start; k <= i; k++) (volume, sum) = (volume + bars.Volume[k], sum + bars.Volume[k] * (typical[k] - typical[start]));
            vwap[i] = volume == 0 ? typical[i] : typical[start] + sum / volume;
            for (int k = start; k <= i; k++) squares += bars.Volume[k] * Math.Pow(typical[k] - vwap[i], 2);
            reach[i] = volume == 0 ? 0 : deviations * Math.Sqrt(squares / volume);
        }
        return [vwap, Zip(vwap, reach, (v, r) => v + r), Zip(vwap, reach, (v, r) => v - r)];
    }

    /// <summary>No trades, no delta: trades are fed in a test of their own.</summary>
    [Reference("cumulativeDelta")]
    public static double[] CumulativeDelta(BarTable bars) => new double[bars.Count];

    [Reference("volumeProfile")]
    public static double[][] VolumeProfile(BarTable bars, int period, int levels, double share)
    {
        double[] poc = Nothing(bars.Count), high = Nothing(bars.Count), low = Nothing(bars.Count);
        for (int i = period - 1; i < bars.Count; i++)
        {
            int from = i - period + 1;
            double bottom = Min(bars.Low.AsSpan(from, period)), height = (Max(bars.High.AsSpan(from, period)) - bottom) / levels;
            if (height == 0)
            {
                poc[i] = high[i] = low[i] = bottom;
                continue;
            }
            bool isTraded = Total(bars.Volume.AsSpan(from, period)) > 0;
            double[] volumes = new double[levels];
            for (int k = i; k >= from; k--)
            {
                int first = Math.Min(levels - 1, (int)Math.Floor((bars.Low[k] - bottom) / height)), last = Math.Min(levels - 1, (int)Math.Floor((bars.High[k] - bottom) / height));
                for (int level = first; level <= last; level++) volumes[level] += (isTraded ? bars.Volume[k] : 1) / (last - first + 1);
            }
            int center = Array.IndexOf(volumes, volumes.Max()), up = center, down = center;
            double total = volumes.Sum();
            while (volumes[down..(up + 1)].Sum() < share * total && (down > 0 || up < levels - 1))
            {
                if (down == 0 || (up < levels - 1 && volumes[up + 1] >= volumes[down - 1])) up++;
                else down--;
            }
            (poc[i], high[i], low[i]) = (bottom + (center + 0.5) * height, bottom + (up + 1) * height, bottom + down * height);
        }
        return [poc, high, low];
    }

    private static double[] Flow(BarTable bars) => bars.Column(bar => bar.High == bar.Low ? 0 : (2 * bar.Close - bar.High - bar.Low) / (bar.High - bar.Low) * bar.Volume);

    private static double[] Running(BarTable bars, Func<int, double> term)
    {
        double[] column = new double[bars.Count];
        decimal sum = 0;
        for (int i = 0; i < bars.Count; i++) column[i] = (double)(sum += (decimal)term(i));
        return column;
    }

    private static double[] Index(BarTable bars, Func<int, bool> takesPart)
    {
        double[] column = new double[bars.Count];
        column[0] = 1000;
        for (int i = 1; i < bars.Count; i++) column[i] = column[i - 1] + (takesPart(i) ? column[i - 1] * (bars.Close[i] - bars.Close[i - 1]) / bars.Close[i - 1] : 0);
        return column;
    }
}
