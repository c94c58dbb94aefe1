using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Relative vigor index: close − open over high − low, each smoothed with weights 1, 2, 2, 1 and summed over <c>period</c> bars, and its own smoothing, the signal. Ready with bar <c>period + 6</c>.</summary>
/// <remarks>0 where no bar of the window has a range.</remarks>
[Indicator("rvi", "Ehlers, Technical Analysis of Stocks & Commodities, January 2002", Outputs = ["rvi", "signal"])]
public sealed class RelativeVigor : Indicator<Bar, RelativeVigor.State>
{
    private readonly int _period;
    private readonly Window _bodies = new(3);
    private readonly Window _ranges = new(3);
    private readonly Window _tops;
    private readonly Window _bottoms;
    private readonly Window _values = new(3);

    public RelativeVigor([Range(1, 100_000)] int period = 10, BarSource? bars = null) : base(bars, period)
    {
        _period = period;
        (_tops, _bottoms) = (Own(new Window(period)), Own(new Window(period)));
        foreach (Window window in new[] { _bodies, _ranges, _values }) Own(window);
    }

    public double Signal => this[1];

    protected override int OwnWarmUp => _period + 6;

    protected override State Advance(in State state, in Bar bar)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < 4) return new(count, 0, 0, default, 0, 0);
        double top = Smooth(bar.Close - bar.Open, _bodies), bottom = Smooth(bar.High - bar.Low, _ranges);
        RatioOfSums sums = state.Sums.Slide(top, bottom, _tops.Leaving, _bottoms.Leaving);
        if (count < _period + 3) return new(count, top, bottom, sums, 0, 0);
        double value = sums.Or(0);
        return new(count, top, bottom, sums, value, count < OwnWarmUp ? 0 : Smooth(value, _values));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Value;

    protected override double Read(in State state, int output) => output == 0 ? state.Value : state.Signal;

    protected override void Remember(in State next, in Bar bar)
    {
        _bodies.Push(bar.Close - bar.Open);
        _ranges.Push(bar.High - bar.Low);
        if (next.Count < 4) return;
        _tops.Push(next.Top);
        _bottoms.Push(next.Bottom);
        if (next.Count >= _period + 3) _values.Push(next.Value);
    }

    private static double Smooth(double newest, Window past) => (newest + 2 * past[0] + 2 * past[1] + past[2]) / 6;

    public readonly record struct State(int Count, double Top, double Bottom, RatioOfSums Sums, double Value, double Signal);
}
