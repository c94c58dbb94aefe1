using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>SuperTrend: a band of <c>multiplier</c> average true ranges on the far side of the trend that only tightens, and the trend's direction, 1 up and −1 down. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>It starts as a down trend, as charts do, and is right from its first change on.</remarks>
[Indicator("superTrend", "Seban; the rules of TradingView's ta.supertrend on TA-Lib's ATR", Outputs = ["line", "direction"])]
public sealed class SuperTrend : Indicator<Bar, SuperTrend.State>
{
    private readonly int _period;
    private readonly double _weight;
    private readonly double _multiplier;

    public SuperTrend([Range(1, 100_000)] int period = 10, [Range(0.01, 100.0)] double multiplier = 3, BarSource? bars = null) : base(bars, period, multiplier) =>
        (_period, _weight, _multiplier) = (period, 1.0 / period, multiplier);

    public bool IsUp => this[1] > 0;

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        Atr.State atr = Atr.Advance(state.Atr, in bar, _period, _weight);
        if (atr.Count <= _period) return new(atr, 0, 0, false);
        double middle = 0.5 * (bar.High + bar.Low), reach = _multiplier * atr.Range;
        double upper = middle + reach, lower = middle - reach;
        if (state.Atr.Count <= _period) return new(atr, upper, lower, false);
        double lastClose = state.Atr.Close;
        upper = upper < state.Upper || lastClose > state.Upper ? upper : state.Upper;
        lower = lower > state.Lower || lastClose < state.Lower ? lower : state.Lower;
        return new(atr, upper, lower, state.IsUp ? bar.Close >= lower : bar.Close > upper);
    }

    protected override double Read(in State state) => state.Atr.Count <= _period ? double.NaN : state.IsUp ? state.Lower : state.Upper;

    protected override double Read(in State state, int output) => output == 0 ? Read(in state) : state.IsUp ? 1 : -1;

    public readonly record struct State(Atr.State Atr, double Upper, double Lower, bool IsUp);
}
