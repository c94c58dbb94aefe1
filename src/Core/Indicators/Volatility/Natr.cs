using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Normalised average true range: the ATR in percent of the close. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>0 where the close is 0.</remarks>
[Indicator("natr", "Forman, Technical Analysis of Stocks & Commodities, May 2006; TA-Lib NATR")]
public sealed class Natr : Indicator<Bar, Natr.State>
{
    private readonly int _period;
    private readonly double _weight;

    public Natr([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period) => (_period, _weight) = (period, 1.0 / period);

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in Bar bar) => new(Atr.Advance(state.Atr, in bar, _period, _weight));

    protected override double Read(in State state) => state.Atr.Count <= _period ? double.NaN : state.Atr.Close == 0 ? 0 : 100 * state.Atr.Range / state.Atr.Close;

    public readonly record struct State(Atr.State Atr);
}
