using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Vortex: upward (plus) and downward (minus) movement between bars over the true range, summed over <c>period</c> bars. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>0 where nothing moved.</remarks>
[Indicator("vortex", "Botes and Siepman, Technical Analysis of Stocks & Commodities, January 2010", Outputs = ["plus", "minus"])]
public sealed class Vortex : Indicator<Bar, Vortex.State>
{
    private readonly Window _ups;
    private readonly Window _downs;
    private readonly Window _ranges;

    public Vortex([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period) =>
        (_ups, _downs, _ranges) = (Own(new Window(period)), Own(new Window(period)), Own(new Window(period)));

    public double Plus => Value;

    public double Minus => this[1];

    protected override int OwnWarmUp => _ranges.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        if (state.Count == 0) return new(1, bar.High, bar.Low, bar.Close, default, 0, 0, default, default);
        double up = Math.Abs(bar.High - state.Low), down = Math.Abs(bar.Low - state.High), range = TrueRange.Of(in bar, state.Close);
        return new(Math.Min(state.Count + 1, OwnWarmUp), bar.High, bar.Low, bar.Close, range, up, down,
            state.Ups.Slide(up, range, _ups.Leaving, _ranges.Leaving), state.Downs.Slide(down, range, _downs.Leaving, _ranges.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Ups.Or(0);

    protected override double Read(in State state, int output) => output == 0 ? state.Ups.Or(0) : state.Downs.Or(0);

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Count == 1) return;
        _ups.Push(next.Up);
        _downs.Push(next.Down);
        _ranges.Push(next.Range);
    }

    public readonly record struct State(int Count, double High, double Low, double Close, double Range, double Up, double Down, RatioOfSums Ups, RatioOfSums Downs);
}
