using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Smoothed moving average (Wilder's, also RMA): an exponential average with weight 1 / period, seeded with the mean of its first <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("smma", "Wilder, New Concepts in Technical Trading Systems, 1978")]
public sealed class Smma : Indicator<double, Smma.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Smma([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _weight) = (period, 1.0 / period);

    protected override int OwnWarmUp => _period;

    /// <summary>One step of the average, for indicators that are made of several; <paramref name="weight"/> is 1 / period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static State Advance(in State state, double input, int period, double weight)
    {
        if (state.Count >= period) return new(state.Count, Math.FusedMultiplyAdd(weight, input - state.Value, state.Value));
        int count = state.Count + 1;
        return new(count, state.Value + (input - state.Value) / count);
    }

    protected override State Advance(in State state, in double input) => Advance(in state, input, _period, _weight);

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Value;

    /// <param name="Value">The average; the mean of the inputs so far until it is ready.</param>
    public readonly record struct State(int Count, double Value);
}
