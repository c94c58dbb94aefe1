using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Exponential moving average with weight 2 / (period + 1), seeded with the mean of its first <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("ema", "TA-Lib EMA")]
public sealed class Ema : Indicator<double, Ema.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Ema([Range(1, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _period = period;
        _weight = WeightOf(period);
    }

    protected override int OwnWarmUp => _period;

    /// <summary>Share of the newest input in the average.</summary>
    public static double WeightOf(int period) => 2.0 / (period + 1);

    /// <summary>One step of the average, for indicators that are made of several, with any weight.</summary>
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
