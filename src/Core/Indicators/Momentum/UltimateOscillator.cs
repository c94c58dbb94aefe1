using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Ultimate oscillator, 0 to 100: buying pressure over true range in three lengths, weighted 4, 2 and 1. Ready with bar <c>slow + 1</c>.</summary>
/// <remarks>A length in which the price did not move at all counts as 50 (TA-Lib counts it as 0).</remarks>
[Indicator("ultimate", "Williams, Technical Analysis of Stocks & Commodities, August 1985; TA-Lib ULTOSC but for a range of 0")]
public sealed class UltimateOscillator : Indicator<Bar, UltimateOscillator.State>
{
    private readonly int _fast;
    private readonly int _middle;
    private readonly Window _pressures;
    private readonly Window _ranges;

    public UltimateOscillator([Range(1, 100_000)] int fast = 7, [Range(2, 100_000)] int middle = 14, [Range(3, 100_000)] int slow = 28, BarSource? bars = null)
        : base(bars, fast, middle, slow)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(middle), middle);
        Description.DemandBelow(nameof(middle), middle, nameof(slow), slow);
        (_fast, _middle) = (fast, middle);
        _pressures = Own(new Window(slow));
        _ranges = Own(new Window(slow));
    }

    protected override int OwnWarmUp => _ranges.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        if (state.Count == 0) return new(1, bar.Close, 0, 0, default, default, default);
        double pressure = bar.Close - Math.Min(bar.Low, state.Close), range = TrueRange.Of(in bar, state.Close);
        return new(Math.Min(state.Count + 1, OwnWarmUp), bar.Close, pressure, range,
            Slide(state.Fast, pressure, range, _fast), Slide(state.Middle, pressure, range, _middle), Slide(state.Slow, pressure, range, _ranges.Length));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : 100 * (4 * state.Fast.Or(0.5) + 2 * state.Middle.Or(0.5) + state.Slow.Or(0.5)) / 7;

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Count == 1) return;
        _pressures.Push(next.Pressure);
        _ranges.Push(next.Range);
    }

    private RatioOfSums Slide(in RatioOfSums sums, double pressure, double range, int length) =>
        _ranges.Count < length ? sums.Slide(pressure, range, 0, 0) : sums.Slide(pressure, range, _pressures[length - 1], _ranges[length - 1]);

    public readonly record struct State(int Count, double Close, double Pressure, double Range, RatioOfSums Fast, RatioOfSums Middle, RatioOfSums Slow);
}
