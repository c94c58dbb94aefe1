using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Median of the last <c>period</c> inputs; of an even number, the mean of the two in the middle. Ready with the <c>period</c>-th. Each update costs O(period) moves of memory.</summary>
[Indicator("median", "order statistics; no TA-Lib function")]
public sealed class Median : Indicator<double, Median.State>
{
    private readonly int _period;
    private readonly SortedWindow _window;

    public Median([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _window) = (period, Own(new SortedWindow(period)));

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, _period);
        if (count < _period) return new(count, 0);
        double upper = _window.After(input, _period / 2);
        return new(count, _period % 2 == 1 ? upper : 0.5 * (_window.After(input, _period / 2 - 1) + upper));
    }

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Value;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Value);
}
