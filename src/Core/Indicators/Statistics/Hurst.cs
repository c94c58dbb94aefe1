using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Hurst exponent of the last <c>period</c> changes by rescaled range: above 0.5 where moves go on, below where they turn back. Ready with input <c>period + 1</c>. Each update costs O(period·log period).</summary>
/// <remarks>
/// The changes are cut into pieces of <c>period</c>, <c>period</c> / 2, <c>period</c> / 4, … (8 or more) from the newest on; the slope of the logarithm of the mean
/// rescaled range over the logarithm of the length is the exponent. 0.5 where fewer than two lengths vary. Short windows read high: a random walk of 100 gives about 0.6.
/// </remarks>
[Indicator("hurst", "Hurst, 1951; Mandelbrot and Wallis, Water Resources Research, 1969")]
public sealed class Hurst : Indicator<double, Hurst.State>
{
    private const int Shortest = 8;

    private readonly Window _changes;

    public Hurst([Range(16, 10_000)] int period = 100, Source? source = null) : base(source, period) => _changes = Own(new Window(period));

    protected override int OwnWarmUp => _changes.Length + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, 0);
        double change = input - state.Last;
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        return new(count, input, change, count < OwnWarmUp ? 0 : Exponent(change));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Exponent;

    protected override void Remember(in State next, in double input)
    {
        if (next.Count > 1) _changes.Push(next.Change);
    }

    private double Exponent(double newest)
    {
        int points = 0;
        double sumX = 0, sumY = 0, sumXx = 0, sumXy = 0;
        for (int length = _changes.Length; length >= Shortest; length /= 2)
        {
            double mean = MeanRescaledRange(newest, length);
            if (mean <= 0) continue;
            double x = Math.Log(length), y = Math.Log(mean);
            points++;
            (sumX, sumY, sumXx, sumXy) = (sumX + x, sumY + y, sumXx + x * x, sumXy + x * y);
        }
        return points < 2 ? 0.5 : (points * sumXy - sumX * sumY) / (points * sumXx - sumX * sumX);
    }

    /// <summary>Mean over the pieces that vary; 0 where none does.</summary>
    private double MeanRescaledRange(double newest, int length)
    {
        int pieces = 0;
        double sum = 0;
        for (int begin = 0; begin + length <= _changes.Length; begin += length)
        {
            double range = RescaledRange(newest, begin, length);
            if (range <= 0) continue;
            pieces++;
            sum += range;
        }
        return pieces == 0 ? 0 : sum / pieces;
    }

    private double RescaledRange(double newest, int begin, int length)
    {
        double first = At(newest, begin), mean = 0;
        for (int age = begin; age < begin + length; age++) mean += At(newest, age) - first;
        mean = first + mean / length;
        double squares = 0, walk = 0, high = 0, low = 0;
        for (int age = begin + length - 1; age >= begin; age--)
        {
            double deviation = At(newest, age) - mean;
            squares += deviation * deviation;
            walk += deviation;
            (high, low) = (Math.Max(high, walk), Math.Min(low, walk));
        }
        return squares <= 0 ? 0 : (high - low) / Math.Sqrt(squares / length);
    }

    private double At(double newest, int age) => age == 0 ? newest : _changes[age - 1];

    public readonly record struct State(int Count, double Last, double Change, double Exponent);
}
