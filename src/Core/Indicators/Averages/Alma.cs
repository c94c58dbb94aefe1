using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Arnaud Legoux moving average: the last <c>period</c> inputs under a bell curve. Ready with the <c>period</c>-th. Each update costs O(period).</summary>
[Indicator("alma", "Legoux and Kouzis-Loukas, 2009")]
public sealed class Alma : Indicator<double, Alma.State>
{
    private readonly double[] _weights;
    private readonly Window _window;

    /// <param name="period">Inputs under the curve.</param>
    /// <param name="offset">Where the top of the curve stands: 0 at the oldest input, 1 at the newest.</param>
    /// <param name="sigma">The curve's standard deviation is period / sigma: the larger, the narrower.</param>
    /// <param name="source">Null reads the close.</param>
    public Alma([Range(1, 10_000)] int period = 9, [Range(0.0, 1.0)] double offset = 0.85, [Range(0.1, 100.0)] double sigma = 6, Source? source = null)
        : base(source, period, offset, sigma)
    {
        _window = Own(new Window(period));
        double top = offset * (period - 1), spread = period / sigma;
        double[] bell = [.. Enumerable.Range(0, period).Select(i => Math.Exp(-(i - top) * (i - top) / (2 * spread * spread)))];
        double sum = bell.Sum();
        _weights = [.. bell.Select(weight => weight / sum)];
    }

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, _window.Length);
        if (count < _window.Length) return new(count, 0);
        // Weighted differences to the newest input: equal inputs give exactly that input.
        double sum = 0;
        for (int age = 1; age < count; age++) sum += _weights[count - 1 - age] * (_window[age - 1] - input);
        return new(count, input + sum);
    }

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Value;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Value);
}
