using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Tillson's T3: six EMAs in a row, combined with the volume factor so that the lag of the smoothing is mostly given back. Ready with input <c>6·period − 5</c>.</summary>
[Indicator("t3", "Tillson, Technical Analysis of Stocks & Commodities, January 1998; TA-Lib T3")]
public sealed class T3 : Indicator<double, T3.State>
{
    private readonly int _period;
    private readonly double _weight;
    private readonly double _c3;
    private readonly double _c4;
    private readonly double _c5;
    private readonly double _c6;

    /// <param name="period">Length of each EMA.</param>
    /// <param name="factor">0 makes it a threefold EMA, 1 a threefold DEMA.</param>
    /// <param name="source">Null reads the close.</param>
    public T3([Range(1, 100_000)] int period = 5, [Range(0.0, 1.0)] double factor = 0.7, Source? source = null) : base(source, period, factor)
    {
        (_period, _weight) = (period, Ema.WeightOf(period));
        double square = factor * factor, cube = square * factor;
        (_c6, _c5, _c4, _c3) = (-cube, 3 * (square + cube), -6 * square - 3 * (factor + cube), 1 + 3 * factor + cube + 3 * square);
    }

    protected override int OwnWarmUp => 6 * _period - 5;

    protected override State Advance(in State state, in double input)
    {
        TripleEma inner = state.Inner.After(input, _period, _weight);
        return new(inner, inner.IsReady(_period) ? state.Outer.After(inner.Third.Value, _period, _weight) : default);
    }

    protected override double Read(in State state) => !state.Outer.IsReady(_period) ? double.NaN
        : _c6 * state.Outer.Third.Value + _c5 * state.Outer.Second.Value + _c4 * state.Outer.First.Value + _c3 * state.Inner.Third.Value;

    public readonly record struct State(TripleEma Inner, TripleEma Outer);
}
