using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>TRIX: the change of a threefold EMA from one input to the next, in percent. Ready with input <c>3·period − 1</c>.</summary>
[Indicator("trix", "Hutson, Technical Analysis of Stocks & Commodities, 1983; TA-Lib TRIX")]
public sealed class Trix : Indicator<double, Trix.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Trix([Range(1, 100_000)] int period = 15, Source? source = null) : base(source, period) => (_period, _weight) = (period, Ema.WeightOf(period));

    protected override int OwnWarmUp => 3 * _period - 1;

    protected override State Advance(in State state, in double input)
    {
        TripleEma emas = state.Emas.After(input, _period, _weight);
        return new(emas, state.Emas.IsReady(_period) ? Roc.Percent(state.Emas.Third.Value, emas.Third.Value) : 0, state.Emas.IsReady(_period));
    }

    protected override double Read(in State state) => state.IsReady ? state.Change : double.NaN;

    public readonly record struct State(TripleEma Emas, double Change, bool IsReady);
}
