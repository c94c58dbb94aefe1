using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Ease of movement: the SMA of the distance that the middle moved × the bar's range / (volume / <c>unit</c>). Ready with bar <c>period + 1</c>.</summary>
/// <remarks>A bar without volume counts as 0.</remarks>
[Indicator("eom", "Arms, Volume Cycles in the Stock Market, 1983")]
public sealed class EaseOfMovement : Indicator<Bar, EaseOfMovement.State>
{
    private readonly Window _values;
    private readonly double _unit;

    /// <param name="period">Bars of the average.</param>
    /// <param name="unit">Volume that counts as one, to bring the values into a handy range.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public EaseOfMovement([Range(1, 100_000)] int period = 14, [Range(1.0, 1e12)] double unit = 10_000, BarSource? bars = null) : base(bars, period, unit) =>
        (_values, _unit) = (Own(new Window(period)), unit);

    protected override int OwnWarmUp => _values.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        double middle = 0.5 * (bar.High + bar.Low);
        if (state.Count == 0) return new(1, middle, 0, default);
        double value = bar.Volume > 0 ? (middle - state.Middle) * (bar.High - bar.Low) * (_unit / bar.Volume) : 0;
        return new(Math.Min(state.Count + 1, OwnWarmUp), middle, value, state.Sum.Slide(value, _values.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Sum.Over(_values.Length);

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Count > 1) _values.Push(next.Value);
    }

    public readonly record struct State(int Count, double Middle, double Value, CompensatedSum Sum);
}
