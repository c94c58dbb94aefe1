using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Hull moving average: WMA(√period) of 2·WMA(period / 2) − WMA(period), both lengths cut to whole numbers. Ready with input <c>period + ⌊√period⌋ − 1</c>.</summary>
[Indicator("hma", "Hull, How to reduce lag in a moving average, 2005")]
public sealed class Hma : Indicator<double, Hma.State>
{
    private readonly int _period;
    private readonly int _half;
    private readonly int _root;
    private readonly Window _inputs;
    private readonly Window _differences;

    public Hma([Range(2, 100_000)] int period, Source? source = null) : base(source, period)
    {
        (_period, _half, _root) = (period, period / 2, (int)Math.Sqrt(period));
        _inputs = Own(new Window(period));
        _differences = Own(new Window(_root));
    }

    protected override int OwnWarmUp => _period + _root - 1;

    protected override State Advance(in State state, in double input)
    {
        double leavingHalf = state.Count < _half ? 0 : _inputs[_half - 1];
        WeightedSum half = state.Half.After(input, leavingHalf, _half);
        WeightedSum full = state.Full.After(input, _inputs.Leaving, _period);
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < _period) return new(count, half, full, default, 0);
        double difference = 2 * half.Mean(_half) - full.Mean(_period);
        return new(count, half, full, state.Root.After(difference, _differences.Leaving, _root), difference);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Root.Mean(_root);

    protected override void Remember(in State next, in double input)
    {
        _inputs.Push(input);
        if (next.Count >= _period) _differences.Push(next.Difference);
    }

    public readonly record struct State(int Count, WeightedSum Half, WeightedSum Full, WeightedSum Root, double Difference);
}
