using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Keltner channel: the EMA of the close and <c>multiplier</c> average true ranges around it. Ready with bar <c>max(period, atr + 1)</c>. <see cref="Indicator.Value"/> is the middle.</summary>
/// <remarks>Keltner himself took a simple average of the typical price and of the range.</remarks>
[Indicator("keltner", "Keltner, How to Make Money in Commodities, 1960, in Raschke's form with EMA and ATR", Outputs = ["upper", "middle", "lower"], Main = "middle")]
public sealed class Keltner : Indicator<Bar, Keltner.State>
{
    private readonly (int Length, double Weight) _ema;
    private readonly (int Length, double Weight) _atr;
    private readonly double _multiplier;

    /// <param name="period">Length of the EMA.</param>
    /// <param name="multiplier">Average true ranges between the middle and each band.</param>
    /// <param name="atr">Length of the average true range.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public Keltner([Range(1, 100_000)] int period = 20, [Range(0.0, 100.0)] double multiplier = 2, [Range(1, 100_000)] int atr = 10, BarSource? bars = null)
        : base(bars, period, multiplier, atr) => (_ema, _multiplier, _atr) = ((period, Ema.WeightOf(period)), multiplier, (atr, 1.0 / atr));

    public double Upper => this[0];

    public double Middle => Value;

    public double Lower => this[2];

    protected override int OwnWarmUp => Math.Max(_ema.Length, _atr.Length + 1);

    protected override State Advance(in State state, in Bar bar) =>
        new(Ema.Advance(state.Ema, bar.Close, _ema.Length, _ema.Weight), Atr.Advance(state.Atr, in bar, _atr.Length, _atr.Weight));

    protected override double Read(in State state) => state.Ema.Count < _ema.Length || state.Atr.Count <= _atr.Length ? double.NaN : state.Ema.Value;

    protected override double Read(in State state, int output) => state.Ema.Value + (1 - output) * _multiplier * state.Atr.Range;

    public readonly record struct State(Ema.State Ema, Atr.State Atr);
}
