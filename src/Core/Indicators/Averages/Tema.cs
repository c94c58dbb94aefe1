using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Triple exponential moving average: 3·EMA − 3·EMA of EMA + EMA of EMA of EMA. Ready with input <c>3·period − 2</c>.</summary>
[Indicator("tema", "Mulloy, Technical Analysis of Stocks & Commodities, January 1994; TA-Lib TEMA")]
public sealed class Tema : Indicator<double, Tema.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Tema([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _weight) = (period, Ema.WeightOf(period));

    protected override int OwnWarmUp => 3 * _period - 2;

    protected override State Advance(in State state, in double input) => new(state.Emas.After(input, _period, _weight));

    protected override double Read(in State state) => state.Emas.IsReady(_period) ? 3 * (state.Emas.First.Value - state.Emas.Second.Value) + state.Emas.Third.Value : double.NaN;

    public readonly record struct State(TripleEma Emas);
}
