using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Yang–Zhang volatility in percent a year: gaps, bodies and spans of <c>period</c> bars together, independent of drift. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>Parts whose prices are not above 0 count as 0.</remarks>
[Indicator("yangZhang", "Yang and Zhang, Journal of Business, 2000")]
public sealed class YangZhang : Indicator<Bar, YangZhang.State>
{
    private readonly Window _gaps;
    private readonly Window _bodies;
    private readonly Window _spans;
    private readonly double _scale;
    private readonly double _share;

    /// <param name="period">Bars in the window.</param>
    /// <param name="yearly">Bars in a year: 252 for daily bars of shares.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public YangZhang([Range(2, 100_000)] int period = 20, [Range(1.0, 1e9)] double yearly = 252, BarSource? bars = null) : base(bars, period, yearly)
    {
        (_gaps, _bodies, _spans) = (Own(new Window(period)), Own(new Window(period)), Own(new Window(period)));
        _scale = 100 * Math.Sqrt(yearly);
        _share = 0.34 / (1.34 + (period + 1.0) / (period - 1.0));
    }

    protected override int OwnWarmUp => _spans.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        if (state.Count == 0) return new(1, bar.Close, 0, 0, 0, default, default, default);
        double gap = LogReturn.Of(state.Close, bar.Open), body = LogReturn.Of(bar.Open, bar.Close);
        double span = LogReturn.Of(bar.Open, bar.High) * LogReturn.Of(bar.Close, bar.High) + LogReturn.Of(bar.Open, bar.Low) * LogReturn.Of(bar.Close, bar.Low);
        return new(Math.Min(state.Count + 1, OwnWarmUp), bar.Close, gap, body, span,
            state.Gaps.After(_gaps, gap), state.Bodies.After(_bodies, body), state.Spans.Slide(span, _spans.Leaving));
    }

    protected override double Read(in State state)
    {
        if (state.Count < OwnWarmUp) return double.NaN;
        int length = _spans.Length;
        double variance = state.Gaps.Variance(length - 1) + _share * state.Bodies.Variance(length - 1) + (1 - _share) * state.Spans.Over(length);
        return _scale * Math.Sqrt(Math.Max(0, variance));
    }

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Count == 1) return;
        _gaps.Push(next.Gap);
        _bodies.Push(next.Body);
        _spans.Push(next.Span);
    }

    public readonly record struct State(int Count, double Close, double Gap, double Body, double Span, Moments Gaps, Moments Bodies, CompensatedSum Spans);
}
