using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Stochastic of the RSI, 0 to 100: where the RSI stands in its own range of <c>k</c> inputs, smoothed (K), and its SMA over <c>d</c> (D). Ready with input <c>period + k + smooth + d − 2</c>.</summary>
/// <remarks>TA-Lib does not smooth K: that is <c>smooth</c> 1, the default; charts often take 3. 50 where the RSI did not move by 1e-9 (TA-Lib says 0 there, or what rounding makes of it).</remarks>
[Indicator("stochRsi", "Chande and Kroll, The New Technical Trader, 1994; TA-Lib STOCHRSI at smooth 1 but for a range of 0", Outputs = ["k", "d"])]
public sealed class StochRsi : Indicator<double, StochRsi.State>
{
    /// <summary>A range of the RSI below this is rounding: the price stood still.</summary>
    private const double Flat = 1e-9;

    private readonly int _period;
    private readonly double _weight;
    private readonly int _k;
    private readonly Extremes _highest;
    private readonly Extremes _lowest;
    private readonly Window _raw;
    private readonly Window _slow;

    public StochRsi([Range(2, 100_000)] int period = 14, [Range(1, 100_000)] int k = 14, [Range(1, 100_000)] int smooth = 1, [Range(1, 100_000)] int d = 3, Source? source = null)
        : base(source, period, k, smooth, d)
    {
        (_period, _weight, _k) = (period, 1.0 / period, k);
        _highest = Own(Extremes.Highest(k));
        _lowest = Own(Extremes.Lowest(k));
        _raw = Own(new Window(smooth));
        _slow = Own(new Window(d));
    }

    public double K => Value;

    public double D => this[1];

    protected override int OwnWarmUp => _period + _k + _raw.Length + _slow.Length - 2;

    protected override State Advance(in State state, in double input)
    {
        Rsi.State changes = Rsi.Advance(state.Changes, input, _period, _weight);
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < _period + _k) return new(count, changes, 0, default, 0, default);
        double rsi = changes.Strength;
        double low = _lowest.After(rsi), high = _highest.After(rsi);
        double raw = high - low < Flat ? 50 : Stochastic.Place(rsi, low, high);
        CompensatedSum raws = state.Raws.Slide(raw, _raw.Leaving);
        if (count < _period + _k + _raw.Length - 1) return new(count, changes, raw, raws, 0, default);
        double slow = raws.Over(_raw.Length);
        return new(count, changes, raw, raws, slow, state.Slows.Slide(slow, _slow.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Slow;

    protected override double Read(in State state, int output) => output == 0 ? state.Slow : state.Slows.Over(_slow.Length);

    protected override void Remember(in State next, in double input)
    {
        if (next.Count <= _period) return;
        _highest.Push(next.Changes.Strength);
        _lowest.Push(next.Changes.Strength);
        if (next.Count >= _period + _k) _raw.Push(next.Raw);
        if (next.Count >= _period + _k + _raw.Length - 1) _slow.Push(next.Slow);
    }

    public readonly record struct State(int Count, Rsi.State Changes, double Raw, CompensatedSum Raws, double Slow, CompensatedSum Slows);
}
