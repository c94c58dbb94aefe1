using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Fast stochastic, 0 to 100: where the close stands in the range of the last <c>k</c> bars (K), and its SMA over <c>d</c> (D). Ready with bar <c>k + d − 1</c>.</summary>
/// <remarks>50 where the range is 0 (TA-Lib says 0 there).</remarks>
[Indicator("stochasticFast", "Lane, 1984; TA-Lib STOCHF with SMA but for a range of 0", Outputs = ["k", "d"])]
public sealed class StochasticFast : Indicator<Bar, StochasticFast.State>
{
    private readonly Extremes _highest;
    private readonly Extremes _lowest;
    private readonly Window _raw;
    private readonly int _k;

    public StochasticFast([Range(1, 100_000)] int k = 14, [Range(1, 100_000)] int d = 3, BarSource? bars = null) : base(bars, k, d)
    {
        _k = k;
        _highest = Own(Extremes.Highest(k));
        _lowest = Own(Extremes.Lowest(k));
        _raw = Own(new Window(d));
    }

    public double K => Value;

    public double D => this[1];

    protected override int OwnWarmUp => _k + _raw.Length - 1;

    protected override State Advance(in State state, in Bar bar)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < _k) return new(count, 0, default);
        double raw = Stochastic.Place(bar.Close, _lowest.After(bar.Low), _highest.After(bar.High));
        return new(count, raw, state.Raws.Slide(raw, _raw.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Raw;

    protected override double Read(in State state, int output) => output == 0 ? state.Raw : state.Raws.Over(_raw.Length);

    protected override void Remember(in State next, in Bar bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
        if (next.Count >= _k) _raw.Push(next.Raw);
    }

    public readonly record struct State(int Count, double Raw, CompensatedSum Raws);
}
