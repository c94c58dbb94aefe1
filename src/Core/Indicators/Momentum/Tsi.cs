using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>True strength index, −100 to 100: the twice smoothed change over the twice smoothed size of the change, and its EMA, the signal. Ready with input <c>slow + fast + signal − 1</c>.</summary>
/// <remarks>0 where nothing moved.</remarks>
[Indicator("tsi", "Blau, Momentum, Direction, and Divergence, 1995", Outputs = ["tsi", "signal"])]
public sealed class Tsi : Indicator<double, Tsi.State>
{
    private readonly (int Length, double Weight) _slow;
    private readonly (int Length, double Weight) _fast;
    private readonly (int Length, double Weight) _signal;

    public Tsi([Range(1, 100_000)] int slow = 25, [Range(1, 100_000)] int fast = 13, [Range(1, 100_000)] int signal = 13, Source? source = null)
        : base(source, slow, fast, signal)
    {
        _slow = (slow, Ema.WeightOf(slow));
        _fast = (fast, Ema.WeightOf(fast));
        _signal = (signal, Ema.WeightOf(signal));
    }

    /// <summary>The EMA of <see cref="Indicator.Value"/>.</summary>
    public double Signal => this[1];

    protected override int OwnWarmUp => _slow.Length + _fast.Length + _signal.Length - 1;

    protected override State Advance(in State state, in double input)
    {
        if (!state.HasLast) return new(true, input, default, default, default, default, default);
        double change = input - state.Last;
        Ema.State changes = Ema.Advance(state.Changes, change, _slow.Length, _slow.Weight);
        Ema.State sizes = Ema.Advance(state.Sizes, Math.Abs(change), _slow.Length, _slow.Weight);
        if (changes.Count < _slow.Length) return new(true, input, changes, sizes, default, default, default);
        Ema.State twiceChanges = Ema.Advance(state.TwiceChanges, changes.Value, _fast.Length, _fast.Weight);
        Ema.State twiceSizes = Ema.Advance(state.TwiceSizes, sizes.Value, _fast.Length, _fast.Weight);
        Ema.State signal = twiceChanges.Count < _fast.Length ? default : Ema.Advance(state.Signal, Index(twiceChanges, twiceSizes), _signal.Length, _signal.Weight);
        return new(true, input, changes, sizes, twiceChanges, twiceSizes, signal);
    }

    protected override double Read(in State state) => state.Signal.Count < _signal.Length ? double.NaN : Index(state.TwiceChanges, state.TwiceSizes);

    protected override double Read(in State state, int output) => output == 0 ? Read(in state) : state.Signal.Value;

    private static double Index(in Ema.State changes, in Ema.State sizes) => sizes.Value == 0 ? 0 : 100 * changes.Value / sizes.Value;

    public readonly record struct State(bool HasLast, double Last, Ema.State Changes, Ema.State Sizes, Ema.State TwiceChanges, Ema.State TwiceSizes, Ema.State Signal);
}
