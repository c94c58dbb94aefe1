using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>On-balance volume: the volume of rising bars minus that of falling ones, from the first bar's volume on. Ready with the first bar.</summary>
[Indicator("obv", "Granville, New Key to Stock Market Profits, 1963; TA-Lib OBV")]
public sealed class Obv : Indicator<Bar, Obv.State>
{
    public Obv(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar)
    {
        double sign = !state.HasBegun || bar.Close > state.Close ? 1 : bar.Close < state.Close ? -1 : 0;
        return new(true, bar.Close, state.Balance.Plus(sign * bar.Volume));
    }

    protected override double Read(in State state) => state.Balance.Total;

    public readonly record struct State(bool HasBegun, double Close, CompensatedSum Balance);
}
