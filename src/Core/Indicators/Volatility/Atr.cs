using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Average true range with Wilder's smoothing, seeded with the mean of the first <c>period</c> true ranges. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>The first bar has no close before it and gives no true range; libraries that count its high − low start one bar earlier and differ for a while.</remarks>
[Indicator("atr", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib ATR")]
public sealed class Atr : Indicator<Bar, Atr.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Atr([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period)
    {
        _period = period;
        _weight = 1.0 / period;
    }

    protected override int OwnWarmUp => _period + 1;

    /// <summary>One step, for indicators that are made of it; <paramref name="weight"/> is 1 / period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static State Advance(in State state, in Bar bar, int period, double weight)
    {
        if (state.Count == 0) return new(1, bar.Close, 0);
        double range = TrueRange.Of(in bar, state.Close);
        if (state.Count > period) return new(state.Count, bar.Close, Math.FusedMultiplyAdd(weight, range - state.Range, state.Range));
        return new(state.Count + 1, bar.Close, state.Range + (range - state.Range) / state.Count);
    }

    protected override State Advance(in State state, in Bar bar) => Advance(in state, in bar, _period, _weight);

    protected override double Read(in State state) => state.Count <= _period ? double.NaN : state.Range;

    /// <param name="Count">Bars seen, up to one more than the period.</param>
    /// <param name="Close">The latest close.</param>
    /// <param name="Range">The average; the mean of the true ranges so far until it is ready.</param>
    public readonly record struct State(int Count, double Close, double Range);
}
