using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Absolute price oscillator: EMA(fast) − EMA(slow). Ready with input <c>slow</c>.</summary>
/// <remarks>Each EMA is seeded with the mean of its own first inputs; TA-Lib starts the fast one later, and its default average is the SMA.</remarks>
[Indicator("apo", "TA-Lib APO with EMA, but for the seed of the fast one")]
public sealed class Apo : Indicator<double, Apo.State>
{
    private readonly int _fast;
    private readonly int _slow;
    private readonly double _fastWeight;
    private readonly double _slowWeight;

    public Apo([Range(1, 100_000)] int fast = 12, [Range(2, 100_000)] int slow = 26, Source? source = null) : base(source, fast, slow)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        (_fast, _slow, _fastWeight, _slowWeight) = (fast, slow, Ema.WeightOf(fast), Ema.WeightOf(slow));
    }

    protected override int OwnWarmUp => _slow;

    protected override State Advance(in State state, in double input) =>
        new(Ema.Advance(state.Fast, input, _fast, _fastWeight), Ema.Advance(state.Slow, input, _slow, _slowWeight));

    protected override double Read(in State state) => state.Slow.Count < _slow ? double.NaN : state.Fast.Value - state.Slow.Value;

    public readonly record struct State(Ema.State Fast, Ema.State Slow);
}
