using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Relative strength index, 0 to 100, with Wilder's smoothing seeded by the mean of the first <c>period</c> changes. Ready with input <c>period + 1</c>.</summary>
/// <remarks>50 where nothing moved at all (TA-Lib says 0 there), 100 where nothing fell.</remarks>
[Indicator("rsi", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib RSI but for constant input")]
public sealed class Rsi : Indicator<double, Rsi.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Rsi([Range(2, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _period = period;
        _weight = 1.0 / period;
    }

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, 0);
        double change = input - state.Last;
        double gain = Math.Max(change, 0), loss = Math.Max(-change, 0);
        if (state.Count > _period) return new(state.Count, input, state.Gain + _weight * (gain - state.Gain), state.Loss + _weight * (loss - state.Loss));
        // Until the first value, gain and loss are running means of the changes seen so far.
        double share = 1.0 / state.Count;
        return new(state.Count + 1, input, state.Gain + share * (gain - state.Gain), state.Loss + share * (loss - state.Loss));
    }

    protected override double Read(in State state)
    {
        if (state.Count <= _period) return double.NaN;
        double total = state.Gain + state.Loss;
        return total == 0 ? 50 : 100 * state.Gain / total;
    }

    public readonly record struct State(int Count, double Last, double Gain, double Loss);
}
