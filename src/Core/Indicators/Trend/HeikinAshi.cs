using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Heikin-Ashi bars: the close is the mean of the bar's four prices, the open the middle of the body before. Ready with the first bar.</summary>
/// <remarks>Its prices were never traded: signals may read them, orders must not. <see cref="Made"/> feeds them to any indicator of bars.</remarks>
[Indicator("heikinAshi", "Valcu, Technical Analysis of Stocks & Commodities, February 2004", Outputs = ["open", "high", "low", "close"], Main = "close")]
public sealed class HeikinAshi : Indicator<Bar, HeikinAshi.State>, IMakesBars
{
    public HeikinAshi(BarSource? bars = null) : base(bars) => Made = new MadeBars(this);

    public BarSource Made { get; }

    public double Open => this[0];

    public double High => this[1];

    public double Low => this[2];

    public double Close => Value;

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar)
    {
        double close = 0.25 * (bar.Open + bar.High + bar.Low + bar.Close);
        double open = state.HasBegun ? 0.5 * (state.Open + state.Close) : 0.5 * (bar.Open + bar.Close);
        return new(true, open, Math.Max(bar.High, Math.Max(open, close)), Math.Min(bar.Low, Math.Min(open, close)), close);
    }

    protected override double Read(in State state) => state.Close;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Open,
        1 => state.High,
        2 => state.Low,
        _ => state.Close,
    };

    public readonly record struct State(bool HasBegun, double Open, double High, double Low, double Close);

    private sealed class MadeBars(HeikinAshi maker) : BarSource(maker)
    {
        public override bool Read(in Bar bar, out Bar made)
        {
            made = bar with { Open = maker.Open, High = maker.High, Low = maker.Low, Close = maker.Close };
            return maker.IsReady;
        }

        public override bool Preview(in Bar bar, out Bar made)
        {
            made = bar with { Open = maker.Preview(in bar, 0), High = maker.Preview(in bar, 1), Low = maker.Preview(in bar, 2), Close = maker.Preview(in bar, 3) };
            return !double.IsNaN(made.Close);
        }
    }
}
