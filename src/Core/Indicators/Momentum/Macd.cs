using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Moving average convergence divergence: EMA(fast) − EMA(slow), its EMA (the signal) and their difference. Ready with input <c>slow + signal − 1</c>.</summary>
/// <remarks>Each EMA is seeded with the mean of its own first inputs; TA-Lib starts the fast one later, so that the first values differ and the difference fades.</remarks>
[Indicator("macd", "Appel, 1979; TA-Lib MACD but for the seed of the fast EMA", Outputs = ["macd", "signal", "histogram"])]
public sealed class Macd : Indicator<double, Macd.State>
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly int _signal;
    private readonly double _fastWeight;
    private readonly double _slowWeight;
    private readonly double _signalWeight;

    public Macd([Range(1, 100_000)] int fast = 12, [Range(2, 100_000)] int slow = 26, [Range(1, 100_000)] int signal = 9, Source? source = null)
        : base(source, fast, slow, signal)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        (_fast, _slow, _signal) = (fast, slow, signal);
        (_fastWeight, _slowWeight, _signalWeight) = (Ema.WeightOf(fast), Ema.WeightOf(slow), Ema.WeightOf(signal));
    }

    /// <summary>The EMA of <see cref="Indicator.Value"/>.</summary>
    public double Signal => this[1];

    /// <summary><see cref="Indicator.Value"/> − <see cref="Signal"/>.</summary>
    public double Histogram => this[2];

    protected override int OwnWarmUp => _slow + _signal - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected override State Advance(in State state, in double input)
    {
        Ema.State fast = Ema.Advance(state.Fast, input, _fast, _fastWeight);
        Ema.State slow = Ema.Advance(state.Slow, input, _slow, _slowWeight);
        Ema.State signal = slow.Count < _slow ? default : Ema.Advance(state.Signal, fast.Value - slow.Value, _signal, _signalWeight);
        return new(fast, slow, signal);
    }

    protected override double Read(in State state) => state.Signal.Count < _signal ? double.NaN : state.Macd;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Macd,
        1 => state.Signal.Value,
        _ => state.Macd - state.Signal.Value,
    };

    public readonly record struct State(Ema.State Fast, Ema.State Slow, Ema.State Signal)
    {
        public double Macd => Fast.Value - Slow.Value;
    }
}
