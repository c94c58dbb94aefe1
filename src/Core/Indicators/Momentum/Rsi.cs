using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Relative strength index, 0 to 100, with Wilder's smoothing seeded by the mean of the first <c>period</c> changes. Ready with input <c>period + 1</c>.</summary>
/// <remarks>50 where nothing moved at all (TA-Lib says 0 there), 100 where nothing fell.</remarks>
[Indicator("rsi", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib RSI but for constant input")]
public sealed class Rsi : Indicator<double, Rsi.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Rsi([Range(2, 100_000)] int period = 14, Source? source = null) : base(source, period) => (_period, _weight) = (period, 1.0 / period);

    protected override int OwnWarmUp => _period + 1;

    /// <summary>One step of the averages of rises and falls, for indicators that are made of them; <paramref name="weight"/> is 1 / period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static State Advance(in State state, double input, int period, double weight)
    {
        if (state.Count == 0) return new(1, input, 0, 0);
        double change = input - state.Last, rise = double.MaxNative(change, 0), fall = rise - change;
        if (state.Count > period) return new(state.Count, input, Math.FusedMultiplyAdd(weight, rise - state.Rise, state.Rise), Math.FusedMultiplyAdd(weight, fall - state.Fall, state.Fall));
        return new(state.Count + 1, input, state.Rise + (rise - state.Rise) / state.Count, state.Fall + (fall - state.Fall) / state.Count);
    }

    protected override State Advance(in State state, in double input) => Advance(in state, input, _period, _weight);

    protected override double Read(in State state) => state.Count <= _period ? double.NaN : state.Strength;

    /// <param name="Count">Inputs seen, up to one more than the period.</param>
    /// <param name="Last">The latest input.</param>
    /// <param name="Rise">Average rise; until it is ready, the mean of the rises so far.</param>
    /// <param name="Fall">Average fall, as a positive number.</param>
    public readonly record struct State(int Count, double Last, double Rise, double Fall)
    {
        /// <summary>The share of the rises in all movement, 0 to 100; 50 where there was none.</summary>
        public double Strength => Rise + Fall is var total && total == 0 ? 50 : 100 * Rise / total;
    }
}
