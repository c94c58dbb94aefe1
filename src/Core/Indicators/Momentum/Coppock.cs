using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Coppock curve: WMA(average) of ROC(slow) + ROC(fast). Ready with input <c>slow + average</c>. Made for monthly closes of an index.</summary>
[Indicator("coppock", "Coppock, Barron's, 15 October 1962")]
public sealed class Coppock : Indicator<double, Coppock.State>
{
    private readonly int _slow;
    private readonly int _fast;
    private readonly Window _inputs;
    private readonly Window _rates;

    public Coppock([Range(2, 100_000)] int slow = 14, [Range(1, 100_000)] int fast = 11, [Range(1, 100_000)] int average = 10, Source? source = null)
        : base(source, slow, fast, average)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        (_slow, _fast) = (slow, fast);
        _inputs = Own(new Window(slow));
        _rates = Own(new Window(average));
    }

    protected override int OwnWarmUp => _slow + _rates.Length;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count <= _slow) return new(count, 0, default);
        double rate = Roc.Percent(_inputs[_slow - 1], input) + Roc.Percent(_inputs[_fast - 1], input);
        return new(count, rate, state.Sum.After(rate, _rates.Leaving, _rates.Length));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Sum.Mean(_rates.Length);

    protected override void Remember(in State next, in double input)
    {
        _inputs.Push(input);
        if (next.Count > _slow) _rates.Push(next.Rate);
    }

    public readonly record struct State(int Count, double Rate, WeightedSum Sum);
}
