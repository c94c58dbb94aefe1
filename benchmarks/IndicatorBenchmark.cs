using System.Diagnostics;
using Tradewind.Core.Indicators;
using Tradewind.Core.Model;

namespace Tradewind.Benchmarks;

/// <summary>The nine most used indicators through the public API, one bar at a time, against the same nine by hand in one loop over the same bars in the same run.</summary>
internal static class IndicatorBenchmark
{
    private const int Rounds = 15;

    private static readonly string[] Nine = ["sma(20)", "ema(20)", "rsi(14)", "macd(12,26,9)", "bollinger(20,2)", "atr(14)", "psar(0.02,0.2)", "adx(14)", "stochastic(14,3,3)"];

    public static void Run()
    {
        (Bar[] bars, _) = GeneratedData.Make();
        WarmUp(bars);
        double sum = 0;
        foreach (string text in Nine)
        {
            Figure figure = Measure(bars, text);
            sum += figure.Median;
            Console.WriteLine($"{text,-20} {figure.Median,6:F2} ns a bar (fastest {figure.Fastest:F2}), {figure.Bytes} B in {bars.Length:N0} updates");
        }
        Console.WriteLine($"{"sum of the nine",-20} {sum,6:F2} ns a bar, each alone");
        Compare(bars);
    }

    /// <summary>Long enough for the compiler to have seen what runs and to have compiled it anew.</summary>
    private static void WarmUp(Bar[] bars)
    {
        Bar[] some = bars[..50_000];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(3))
        {
            foreach (string text in Nine) Update(some, Create(text));
            IndicatorPlainLoop.Nine(some);
        }
    }

    /// <summary>All nine on each bar, in turns with the plain loop, so that both meet the same machine.</summary>
    private static void Compare(Bar[] bars)
    {
        List<double> ratios = [];
        Figure together = Figure.None, plain = Figure.None;
        double library = 0, byHand = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Indicator[] indicators = [.. Nine.SelectMany(Create)];
            Figure one = Time(() => library = Update(bars, indicators), bars.Length), other = Time(() => byHand = IndicatorPlainLoop.Nine(bars), bars.Length);
            ratios.Add(one.Fastest / other.Fastest);
            (together, plain) = (together.With(one), plain.With(other));
        }
        if (!(Math.Abs(library - byHand) < 1e-9 * Math.Abs(byHand))) throw new InvalidOperationException($"The library sums to {library:R}, the plain loop to {byHand:R}: a comparison of different work is none.");
        Console.WriteLine($"{"all nine together",-20} {together.Median,6:F2} ns a bar (fastest {together.Fastest:F2}), {together.Bytes} B; plain loop {plain.Median:F2} (fastest {plain.Fastest:F2}); median ratio {ratios.Order().ElementAt(Rounds / 2):F2}");
    }

    private static Figure Measure(Bar[] bars, string text)
    {
        Figure figure = Figure.None;
        for (int round = 0; round < Rounds; round++)
        {
            Indicator[] one = Create(text);
            figure = figure.With(Time(() => Update(bars, one), bars.Length));
        }
        return figure;
    }

    private static Figure Time(Action work, int count)
    {
        GC.Collect();
        long bytes = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
        work();
        double nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new([nanoseconds], bytes);
    }

    private static Indicator[] Create(string text) => [IndicatorLibrary.BuiltIn.Create(text)];

    /// <summary>Updates as the engine does, through the base class; the values of all bars are summed, so that none can be left out.</summary>
    private static double Update(Bar[] bars, Indicator[] indicators)
    {
        double sum = 0;
        foreach (ref readonly Bar bar in bars.AsSpan())
        {
            foreach (Indicator indicator in indicators)
            {
                indicator.Update(in bar);
                double value = indicator.Value;
                if (!double.IsNaN(value)) sum += value;
            }
        }
        return sum;
    }

    /// <summary>Times of several rounds, in ns a bar, and the most that one of them allocated.</summary>
    private sealed record Figure(double[] Times, long Bytes)
    {
        public static readonly Figure None = new([], 0);

        public double Median => Times.Order().ElementAt(Times.Length / 2);

        public double Fastest => Times.Min();

        public Figure With(Figure other) => new([.. Times, .. other.Times], Math.Max(Bytes, other.Bytes));
    }
}
