using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Chaikin oscillator: EMA(fast) − EMA(slow) of the accumulation/distribution line. Ready with bar <c>slow</c>.</summary>
/// <remarks>Both EMAs start at the line's first value, as in TA-Lib; they have no mean as their seed.</remarks>
[Indicator("chaikin", "Chaikin; TA-Lib ADOSC")]
public sealed class ChaikinOscillator : Indicator<Bar, ChaikinOscillator.State>
{
    private readonly int _slow;
    private readonly double _fastWeight;
    private readonly double _slowWeight;

    public ChaikinOscillator([Range(1, 100_000)] int fast = 3, [Range(2, 100_000)] int slow = 10, BarSource? bars = null) : base(bars, fast, slow)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        (_slow, _fastWeight, _slowWeight) = (slow, Ema.WeightOf(fast), Ema.WeightOf(slow));
    }

    protected override int OwnWarmUp => _slow;

    protected override State Advance(in State state, in Bar bar)
    {
        CompensatedSum sum = state.Line.Plus(AccumulationDistribution.FlowOf(in bar));
        double line = sum.Total;
        return state.Count == 0 ? new(1, sum, line, line)
            : new(Math.Min(state.Count + 1, _slow), sum, state.Fast + _fastWeight * (line - state.Fast), state.Slow + _slowWeight * (line - state.Slow));
    }

    protected override double Read(in State state) => state.Count < _slow ? double.NaN : state.Fast - state.Slow;

    public readonly record struct State(int Count, CompensatedSum Line, double Fast, double Slow);
}
