using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Aroon: how recent the highest high (up) and the lowest low (down) of the last <c>period + 1</c> bars are, 100 for this bar and 0 for <c>period</c> bars ago, and their difference. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>Of equal extremes the latest counts.</remarks>
[Indicator("aroon", "Chande, Technical Analysis of Stocks & Commodities, September 1995; TA-Lib AROON, AROONOSC", Outputs = ["up", "down", "oscillator"], Main = "oscillator")]
public sealed class Aroon : Indicator<Bar, Aroon.State>
{
    private readonly int _period;
    private readonly AgedExtremes _highest;
    private readonly AgedExtremes _lowest;

    public Aroon([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period)
    {
        _period = period;
        _highest = Own(AgedExtremes.Highest(period + 1));
        _lowest = Own(AgedExtremes.Lowest(period + 1));
    }

    public double Up => this[0];

    public double Down => this[1];

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in Bar bar) =>
        new(Math.Min(state.Count + 1, OwnWarmUp), _highest.After(bar.High).Age, _lowest.After(bar.Low).Age);

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : 100.0 * (state.LowAge - state.HighAge) / _period;

    protected override double Read(in State state, int output) => output switch
    {
        0 => 100.0 * (_period - state.HighAge) / _period,
        1 => 100.0 * (_period - state.LowAge) / _period,
        _ => Read(in state),
    };

    protected override void Remember(in State next, in Bar bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
    }

    public readonly record struct State(int Count, int HighAge, int LowAge);
}
