using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Garman–Klass volatility in percent a year, from open, high, low and close of <c>period</c> bars. Ready with the <c>period</c>-th.</summary>
/// <remarks>It sees no gaps between bars, and reads low where trades are few.</remarks>
[Indicator("garmanKlass", "Garman and Klass, Journal of Business, 1980")]
public sealed class GarmanKlass : Indicator<Bar, GarmanKlass.State>
{
    private readonly Window _variances;
    private readonly double _scale;

    /// <param name="period">Bars in the window.</param>
    /// <param name="yearly">Bars in a year: 252 for daily bars of shares.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public GarmanKlass([Range(1, 100_000)] int period = 20, [Range(1.0, 1e9)] double yearly = 252, BarSource? bars = null) : base(bars, period, yearly) =>
        (_variances, _scale) = (Own(new Window(period)), 100 * Math.Sqrt(yearly));

    protected override int OwnWarmUp => _variances.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        double span = LogReturn.Of(bar.Low, bar.High), body = LogReturn.Of(bar.Open, bar.Close);
        double variance = 0.5 * span * span - (2 * Math.Log(2) - 1) * body * body;
        return new(Math.Min(state.Count + 1, _variances.Length), variance, state.Sum.Slide(variance, _variances.Leaving));
    }

    protected override double Read(in State state) => state.Count < _variances.Length ? double.NaN : _scale * Math.Sqrt(Math.Max(0, state.Sum.Over(_variances.Length)));

    protected override void Remember(in State next, in Bar bar) => _variances.Push(next.Variance);

    public readonly record struct State(int Count, double Variance, CompensatedSum Sum);
}
