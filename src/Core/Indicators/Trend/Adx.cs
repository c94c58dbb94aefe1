using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Average directional index, 0 to 100, the strength of a trend in whatever direction, with +DI and −DI. Ready with bar <c>2·period</c>, as the mean of the first <c>period</c> directional indexes, then with Wilder's smoothing.</summary>
/// <remarks>A bar on which the directional index does not exist, as nothing moved so far, leaves it as it was.</remarks>
[Indicator("adx", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib ADX, PLUS_DI, MINUS_DI", Outputs = ["adx", "plusDi", "minusDi"])]
public sealed class Adx : Indicator<Bar, Adx.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Adx([Range(1, 50_000)] int period = 14, BarSource? bars = null) : base(bars, period) => (_period, _weight) = (period, 1.0 / period);

    public double PlusDi => this[1];

    public double MinusDi => this[2];

    protected override int OwnWarmUp => 2 * _period;

    /// <summary>One step, for indicators that are made of it; <paramref name="weight"/> is 1 / period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static State Advance(in State state, in Bar bar, int period, double weight)
    {
        DirectionalMovement movement = state.Movement.After(in bar, period, 1 - weight);
        if (movement.Count <= period) return new(movement, 0, 0);
        if (state.Count >= period) return new(movement, state.Count, Math.FusedMultiplyAdd(weight, movement.Index(state.Adx) - state.Adx, state.Adx));
        return new(movement, state.Count + 1, state.Adx + weight * movement.Index(0));
    }

    protected override State Advance(in State state, in Bar bar) => Advance(in state, in bar, _period, _weight);

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Adx;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Adx,
        1 => state.Movement.PlusDi,
        _ => state.Movement.MinusDi,
    };

    /// <param name="Movement">What the directional index is made of.</param>
    /// <param name="Count">Directional indexes seen, up to the period.</param>
    /// <param name="Adx">The average; a part of the first mean until it is ready.</param>
    public readonly record struct State(DirectionalMovement Movement, int Count, double Adx);
}
