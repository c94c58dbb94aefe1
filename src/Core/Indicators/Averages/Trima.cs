using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Triangular moving average: the mean of means, so that the middle of the last <c>period</c> inputs weighs most. Ready with the <c>period</c>-th.</summary>
[Indicator("trima", "TA-Lib TRIMA")]
public sealed class Trima : Indicator<double, Trima.State>
{
    private readonly int _period;
    private readonly Window _inputs;
    private readonly Window _means;

    public Trima([Range(1, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _period = period;
        _inputs = Own(new Window((period + 1) / 2));
        _means = Own(new Window(period / 2 + 1));
    }

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, _period);
        CompensatedSum inner = state.Inner.Slide(input, _inputs.Leaving);
        if (count < _inputs.Length) return new(count, inner, 0, default);
        double mean = inner.Over(_inputs.Length);
        return new(count, inner, mean, state.Outer.Slide(mean, _means.Leaving));
    }

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Outer.Over(_means.Length);

    protected override void Remember(in State next, in double input)
    {
        _inputs.Push(input);
        if (next.Count >= _inputs.Length) _means.Push(next.Mean);
    }

    public readonly record struct State(int Count, CompensatedSum Inner, double Mean, CompensatedSum Outer);
}
