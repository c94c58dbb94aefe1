using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Double exponential moving average: 2·EMA − EMA of EMA. Ready with input <c>2·period − 1</c>.</summary>
[Indicator("dema", "Mulloy, Technical Analysis of Stocks & Commodities, January 1994; TA-Lib DEMA")]
public sealed class Dema : Indicator<double, Dema.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Dema([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _weight) = (period, Ema.WeightOf(period));

    protected override int OwnWarmUp => 2 * _period - 1;

    protected override State Advance(in State state, in double input)
    {
        Ema.State first = Ema.Advance(state.First, input, _period, _weight);
        return new(first, first.Count < _period ? default : Ema.Advance(state.Second, first.Value, _period, _weight));
    }

    protected override double Read(in State state) => state.Second.Count < _period ? double.NaN : 2 * state.First.Value - state.Second.Value;

    public readonly record struct State(Ema.State First, Ema.State Second);
}
