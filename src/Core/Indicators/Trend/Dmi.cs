using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Directional movement: +DI, −DI and the directional index DX, each 0 to 100. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>Where nothing moved, the DIs are 0 and DX keeps its last value.</remarks>
[Indicator("dmi", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib PLUS_DI, MINUS_DI, DX", Outputs = ["plusDi", "minusDi", "dx"], Main = "dx")]
public sealed class Dmi : Indicator<Bar, Dmi.State>
{
    private readonly int _period;
    private readonly double _keep;

    public Dmi([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period) => (_period, _keep) = (period, 1 - 1.0 / period);

    public double PlusDi => this[0];

    public double MinusDi => this[1];

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        DirectionalMovement movement = state.Movement.After(in bar, _period, _keep);
        return new(movement, movement.Count <= _period ? 0 : movement.Index(state.Index));
    }

    protected override double Read(in State state) => state.Movement.Count <= _period ? double.NaN : state.Index;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Movement.PlusDi,
        1 => state.Movement.MinusDi,
        _ => state.Index,
    };

    public readonly record struct State(DirectionalMovement Movement, double Index);
}
