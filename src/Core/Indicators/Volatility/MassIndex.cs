using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Mass index: EMA of the bar's range over the EMA of that EMA, summed over <c>sum</c> bars. Ready with bar <c>2·period + sum − 2</c>.</summary>
/// <remarks>A quotient of nothing over nothing counts as 1.</remarks>
[Indicator("mass", "Dorsey, Technical Analysis of Stocks & Commodities, June 1992")]
public sealed class MassIndex : Indicator<Bar, MassIndex.State>
{
    private readonly int _period;
    private readonly double _weight;
    private readonly Window _quotients;

    public MassIndex([Range(1, 100_000)] int period = 9, [Range(1, 100_000)] int sum = 25, BarSource? bars = null) : base(bars, period, sum) =>
        (_period, _weight, _quotients) = (period, Ema.WeightOf(period), Own(new Window(sum)));

    protected override int OwnWarmUp => 2 * _period + _quotients.Length - 2;

    protected override State Advance(in State state, in Bar bar)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        Ema.State once = Ema.Advance(state.Once, bar.High - bar.Low, _period, _weight);
        if (once.Count < _period) return new(count, once, default, 0, default);
        Ema.State twice = Ema.Advance(state.Twice, once.Value, _period, _weight);
        if (twice.Count < _period) return new(count, once, twice, 0, default);
        double quotient = twice.Value == 0 ? 1 : once.Value / twice.Value;
        return new(count, once, twice, quotient, state.Sum.Slide(quotient, _quotients.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Sum.Total;

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Twice.Count >= _period) _quotients.Push(next.Quotient);
    }

    public readonly record struct State(int Count, Ema.State Once, Ema.State Twice, double Quotient, CompensatedSum Sum);
}
