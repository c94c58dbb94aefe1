using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Know sure thing: four smoothed rates of change, weighted 1 to 4, and the SMA of their sum, the signal. Ready once the longest rate, its smoothing and the signal are.</summary>
[Indicator("kst", "Pring, Technical Analysis of Stocks & Commodities, September 1992; the short-term daily lengths by default", Outputs = ["kst", "signal"])]
public sealed class Kst : Indicator<double, Kst.State>
{
    private readonly int[] _lengths;
    private readonly Window _inputs;
    private readonly Window[] _rates;
    private readonly Window _signals;
    private readonly int _firstSum;

    public Kst([Range(1, 10_000)] int roc1 = 10, [Range(1, 10_000)] int roc2 = 15, [Range(1, 10_000)] int roc3 = 20, [Range(1, 10_000)] int roc4 = 30,
        [Range(1, 10_000)] int sma1 = 10, [Range(1, 10_000)] int sma2 = 10, [Range(1, 10_000)] int sma3 = 10, [Range(1, 10_000)] int sma4 = 15,
        [Range(1, 10_000)] int signal = 9, Source? source = null) : base(source, roc1, roc2, roc3, roc4, sma1, sma2, sma3, sma4, signal)
    {
        _lengths = [roc1, roc2, roc3, roc4];
        _inputs = Own(new Window(_lengths.Max()));
        _rates = [Own(new Window(sma1)), Own(new Window(sma2)), Own(new Window(sma3)), Own(new Window(sma4))];
        _signals = Own(new Window(signal));
        _firstSum = _rates.Select((window, i) => _lengths[i] + window.Length).Max();
    }

    public double Signal => this[1];

    protected override int OwnWarmUp => _firstSum + _signals.Length - 1;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        Smoothed first = Next(state.First, 0, state.Count, input), second = Next(state.Second, 1, state.Count, input);
        Smoothed third = Next(state.Third, 2, state.Count, input), fourth = Next(state.Fourth, 3, state.Count, input);
        if (count < _firstSum) return new(count, first, second, third, fourth, 0, default);
        double sum = first.Sum.Over(_rates[0].Length) + 2 * second.Sum.Over(_rates[1].Length) + 3 * third.Sum.Over(_rates[2].Length) + 4 * fourth.Sum.Over(_rates[3].Length);
        return new(count, first, second, third, fourth, sum, state.Signal.Slide(sum, _signals.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Sum;

    protected override double Read(in State state, int output) => output == 0 ? state.Sum : state.Signal.Over(_signals.Length);

    protected override void Remember(in State next, in double input)
    {
        _inputs.Push(input);
        if (next.First.IsThere) _rates[0].Push(next.First.Rate);
        if (next.Second.IsThere) _rates[1].Push(next.Second.Rate);
        if (next.Third.IsThere) _rates[2].Push(next.Third.Rate);
        if (next.Fourth.IsThere) _rates[3].Push(next.Fourth.Rate);
        if (next.Count >= _firstSum) _signals.Push(next.Sum);
    }

    private Smoothed Next(in Smoothed last, int which, int seen, double input)
    {
        if (seen < _lengths[which]) return default;
        double rate = Roc.Percent(_inputs[_lengths[which] - 1], input);
        return new(true, rate, last.Sum.Slide(rate, _rates[which].Leaving));
    }

    /// <summary>A rate of change and the sum of its window.</summary>
    public readonly record struct Smoothed(bool IsThere, double Rate, CompensatedSum Sum);

    public readonly record struct State(int Count, Smoothed First, Smoothed Second, Smoothed Third, Smoothed Fourth, double Sum, CompensatedSum Signal);
}
