using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Force index: the EMA of volume × change of the close. Ready with bar <c>period + 1</c>.</summary>
[Indicator("force", "Elder, Trading for a Living, 1993")]
public sealed class ForceIndex : Indicator<Bar, ForceIndex.State>
{
    private readonly int _period;
    private readonly double _weight;

    public ForceIndex([Range(1, 100_000)] int period = 13, BarSource? bars = null) : base(bars, period) => (_period, _weight) = (period, Ema.WeightOf(period));

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in Bar bar) => !state.HasBegun ? new(true, bar.Close, default)
        : new(true, bar.Close, Ema.Advance(state.Average, bar.Volume * (bar.Close - state.Close), _period, _weight));

    protected override double Read(in State state) => state.Average.Count < _period ? double.NaN : state.Average.Value;

    public readonly record struct State(bool HasBegun, double Close, Ema.State Average);
}
