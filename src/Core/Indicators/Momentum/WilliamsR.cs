using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Williams %R, −100 to 0: how far the close stands below the high of the last <c>period</c> bars. Ready with the <c>period</c>-th.</summary>
/// <remarks>−50 where the range is 0 (TA-Lib says 0 there).</remarks>
[Indicator("williamsR", "Williams, How I Made One Million Dollars, 1973; TA-Lib WILLR but for a range of 0")]
public sealed class WilliamsR : Indicator<Bar, WilliamsR.State>
{
    private readonly int _period;
    private readonly Extremes _highest;
    private readonly Extremes _lowest;

    public WilliamsR([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period)
    {
        _period = period;
        _highest = Own(Extremes.Highest(period));
        _lowest = Own(Extremes.Lowest(period));
    }

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in Bar bar)
    {
        double high = _highest.After(bar.High), low = _lowest.After(bar.Low);
        return new(Math.Min(state.Count + 1, _period), high == low ? -50 : -100 * (high - bar.Close) / (high - low));
    }

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Place;

    protected override void Remember(in State next, in Bar bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
    }

    public readonly record struct State(int Count, double Place);
}
