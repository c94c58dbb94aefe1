using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Klinger oscillator: EMA(fast) − EMA(slow) of the volume force, and its EMA, the signal. Ready with bar <c>slow + signal</c>.</summary>
/// <remarks>
/// Volume force = volume × |2·(range / accumulated range of the trend − 1)| × trend × 100. The trend is 1 where high + low + close has risen,
/// −1 where it has fallen, and goes on where it is equal; before the first change it is −1.
/// </remarks>
[Indicator("klinger", "Klinger, Technical Analysis of Stocks & Commodities, December 1997", Outputs = ["oscillator", "signal"])]
public sealed class Klinger : Indicator<Bar, Klinger.State>
{
    private readonly (int Length, double Weight) _fast;
    private readonly (int Length, double Weight) _slow;
    private readonly (int Length, double Weight) _signal;

    public Klinger([Range(1, 100_000)] int fast = 34, [Range(2, 100_000)] int slow = 55, [Range(1, 100_000)] int signal = 13, BarSource? bars = null)
        : base(bars, fast, slow, signal)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        _fast = (fast, Ema.WeightOf(fast));
        _slow = (slow, Ema.WeightOf(slow));
        _signal = (signal, Ema.WeightOf(signal));
    }

    public double Signal => this[1];

    protected override int OwnWarmUp => _slow.Length + _signal.Length;

    protected override State Advance(in State state, in Bar bar)
    {
        double price = bar.High + bar.Low + bar.Close, range = bar.High - bar.Low;
        if (!state.HasBegun) return new(true, price, range, -1, range, default, default, default);
        int trend = price > state.Price ? 1 : price < state.Price ? -1 : state.Trend;
        double run = trend == state.Trend ? state.Run + range : state.Range + range;
        double force = run == 0 ? 0 : bar.Volume * Math.Abs(2 * (range / run - 1)) * trend * 100;
        Ema.State fast = Ema.Advance(state.Fast, force, _fast.Length, _fast.Weight), slow = Ema.Advance(state.Slow, force, _slow.Length, _slow.Weight);
        return new(true, price, range, trend, run, fast, slow, slow.Count < _slow.Length ? default : Ema.Advance(state.Signal, fast.Value - slow.Value, _signal.Length, _signal.Weight));
    }

    protected override double Read(in State state) => state.Signal.Count < _signal.Length ? double.NaN : state.Fast.Value - state.Slow.Value;

    protected override double Read(in State state, int output) => output == 0 ? Read(in state) : state.Signal.Value;

    /// <param name="HasBegun">False before the first bar.</param>
    /// <param name="Price">High + low + close of the latest bar.</param>
    /// <param name="Range">High − low of the latest bar.</param>
    /// <param name="Trend">1 or −1.</param>
    /// <param name="Run">Ranges of the trend so far, the last one before it included.</param>
    /// <param name="Fast">Fast EMA of the volume force.</param>
    /// <param name="Slow">Slow EMA of the volume force.</param>
    /// <param name="Signal">EMA of their difference.</param>
    public readonly record struct State(bool HasBegun, double Price, double Range, int Trend, double Run, Ema.State Fast, Ema.State Slow, Ema.State Signal);
}
