using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Parkinson volatility in percent a year, from the highs and lows of <c>period</c> bars. Ready with the <c>period</c>-th.</summary>
/// <remarks>It sees neither gaps nor drift, and reads low where trades are few.</remarks>
[Indicator("parkinson", "Parkinson, Journal of Business, 1980")]
public sealed class Parkinson : Indicator<Bar, Parkinson.State>
{
    private readonly Window _squares;
    private readonly double _scale;

    /// <param name="period">Bars in the window.</param>
    /// <param name="yearly">Bars in a year: 252 for daily bars of shares.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public Parkinson([Range(1, 100_000)] int period = 20, [Range(1.0, 1e9)] double yearly = 252, BarSource? bars = null) : base(bars, period, yearly) =>
        (_squares, _scale) = (Own(new Window(period)), 100 * Math.Sqrt(yearly / (4 * Math.Log(2))));

    protected override int OwnWarmUp => _squares.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        double span = LogReturn.Of(bar.Low, bar.High), square = span * span;
        return new(Math.Min(state.Count + 1, _squares.Length), square, state.Sum.Slide(square, _squares.Leaving));
    }

    protected override double Read(in State state) => state.Count < _squares.Length ? double.NaN : _scale * Math.Sqrt(Math.Max(0, state.Sum.Over(_squares.Length)));

    protected override void Remember(in State next, in Bar bar) => _squares.Push(next.Square);

    public readonly record struct State(int Count, double Square, CompensatedSum Sum);
}
