using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Average directional index rating: the mean of the ADX and the ADX of <c>period − 1</c> bars ago. Ready with bar <c>3·period − 1</c>.</summary>
[Indicator("adxr", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib ADXR")]
public sealed class Adxr : Indicator<Bar, Adxr.State>
{
    private readonly int _period;
    private readonly double _weight;
    private readonly Window _past;

    public Adxr([Range(1, 30_000)] int period = 14, BarSource? bars = null) : base(bars, period)
    {
        (_period, _weight) = (period, 1.0 / period);
        _past = Own(new Window(period));
    }

    protected override int OwnWarmUp => 3 * _period - 1;

    protected override State Advance(in State state, in Bar bar)
    {
        Adx.State adx = Adx.Advance(state.Adx, in bar, _period, _weight);
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        return new(count, adx, count < OwnWarmUp ? 0 : 0.5 * (adx.Adx + (_period == 1 ? adx.Adx : _past[_period - 2])));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Rating;

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Adx.Count >= _period) _past.Push(next.Adx.Adx);
    }

    public readonly record struct State(int Count, Adx.State Adx, double Rating);
}
