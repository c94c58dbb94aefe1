using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Slow stochastic, 0 to 100: where the close stands in the range of the last <c>k</c> bars, smoothed over <c>smooth</c> bars (K), and its SMA over <c>d</c> (D). Ready with bar <c>k + smooth + d − 2</c>.</summary>
/// <remarks>50 where the range is 0 (TA-Lib says 0 there).</remarks>
[Indicator("stochastic", "Lane, 1984; TA-Lib STOCH with SMA but for a range of 0", Outputs = ["k", "d"])]
public sealed class Stochastic : Indicator<Bar, Stochastic.State>
{
    private readonly Extremes _highest;
    private readonly Extremes _lowest;
    private readonly Window _raw;
    private readonly Window _slow;
    private readonly int _k;
    private readonly int _firstSlow;
    private readonly int _warmUp;
    private readonly double _smoothInverse;
    private readonly double _dInverse;

    public Stochastic([Range(1, 100_000)] int k = 14, [Range(1, 100_000)] int smooth = 3, [Range(1, 100_000)] int d = 3, BarSource? bars = null)
        : base(bars, k, smooth, d)
    {
        (_k, _firstSlow, _warmUp) = (k, k + smooth - 1, k + smooth + d - 2);
        (_smoothInverse, _dInverse) = (1.0 / smooth, 1.0 / d);
        _highest = Own(Extremes.Highest(k));
        _lowest = Own(Extremes.Lowest(k));
        _raw = Own(new Window(smooth));
        _slow = Own(new Window(d));
    }

    public double K => Value;

    public double D => this[1];

    protected override int OwnWarmUp => _warmUp;

    /// <summary>Where a number stands between two others, 0 to 100; 50 where they are equal.</summary>
    public static double Place(double number, double low, double high) => high == low ? 50 : 100 * (number - low) / (high - low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected override State Advance(in State state, in Bar bar)
    {
        int count = Math.Min(state.Count + 1, _warmUp);
        if (count < _k) return new(count, 0, default, 0, default);
        double raw = Place(bar.Close, _lowest.After(bar.Low), _highest.After(bar.High));
        CompensatedSum raws = state.Raws.Slide(raw, _raw.Leaving);
        if (count < _firstSlow) return new(count, raw, raws, 0, default);
        double slow = raws.Over(_raw.Length, _smoothInverse);
        return new(count, raw, raws, slow, state.Slows.Slide(slow, _slow.Leaving));
    }

    protected override double Read(in State state) => state.Count < _warmUp ? double.NaN : state.Slow;

    protected override double Read(in State state, int output) => output == 0 ? state.Slow : state.Slows.Over(_slow.Length, _dInverse);

    protected override void Remember(in State next, in Bar bar)
    {
        _highest.Push(bar.High);
        _lowest.Push(bar.Low);
        if (next.Count >= _k) _raw.Push(next.Raw);
        if (next.Count >= _firstSlow) _slow.Push(next.Slow);
    }

    public readonly record struct State(int Count, double Raw, CompensatedSum Raws, double Slow, CompensatedSum Slows);
}
