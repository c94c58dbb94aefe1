using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>ZigZag without repainting: the price of the last pivot that is confirmed, the direction since (1 up after a low, −1 down after a high), and the pivot's age in bars. Ready with the first bar.</summary>
/// <remarks>
/// A pivot is confirmed once the price has come back from it by <c>percent</c> of its size; that is later than charts draw it, and it never changes again.
/// Until the first one, the pivot is the first bar's close and the direction 0. A bar that extends the leg does not also end it: nobody knows which came first.
/// </remarks>
[Indicator("zigZag", "Merrill, Filtered Waves, 1977; confirmed pivots only", Outputs = ["pivot", "direction", "age"])]
public sealed class ZigZag : Indicator<Bar, ZigZag.State>
{
    private readonly double _share;

    /// <param name="percent">Size of the reversal that confirms a pivot, in percent of its price.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public ZigZag([Range(0.01, 99.0)] double percent = 5, BarSource? bars = null) : base(bars, percent) => _share = percent / 100;

    public double Direction => this[1];

    public double Age => this[2];

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar)
    {
        if (!state.HasBegun) return new(true, bar.Close, 0, 0, bar.High, 0, bar.Low, 0);
        bool falls = bar.Low < state.High && state.High - bar.Low >= _share * Math.Abs(state.High);
        bool rises = bar.High > state.Low && bar.High - state.Low >= _share * Math.Abs(state.Low);
        int age = state.Age + 1, highAge = state.HighAge + 1, lowAge = state.LowAge + 1;
        bool isHigher = bar.High > state.High, isLower = bar.Low < state.Low;
        if (state.Direction == 0 && rises && falls) (rises, falls) = (bar.Close >= bar.Open, bar.Close < bar.Open);
        if (state.Direction <= 0 && rises && (state.Direction == 0 || !isLower)) return new(true, state.Low, 1, lowAge, bar.High, 0, bar.Low, 0);
        if (state.Direction >= 0 && falls && (state.Direction == 0 || !isHigher)) return new(true, state.High, -1, highAge, bar.High, 0, bar.Low, 0);
        return new(true, state.Pivot, state.Direction, age, isHigher ? bar.High : state.High, isHigher ? 0 : highAge, isLower ? bar.Low : state.Low, isLower ? 0 : lowAge);
    }

    protected override double Read(in State state) => state.Pivot;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Pivot,
        1 => state.Direction,
        _ => state.Age,
    };

    /// <param name="HasBegun">False before the first bar.</param>
    /// <param name="Pivot">Price of the last confirmed pivot.</param>
    /// <param name="Direction">Of the leg since.</param>
    /// <param name="Age">Bars since the pivot.</param>
    /// <param name="High">Highest high of the leg.</param>
    /// <param name="HighAge">Bars since.</param>
    /// <param name="Low">Lowest low of the leg.</param>
    /// <param name="LowAge">Bars since.</param>
    public readonly record struct State(bool HasBegun, double Pivot, int Direction, int Age, double High, int HighAge, double Low, int LowAge);
}
