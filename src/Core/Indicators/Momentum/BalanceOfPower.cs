using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Balance of power, −1 to 1: (close − open) / (high − low) of the bar. Ready with the first bar.</summary>
/// <remarks>0 where high and low are equal.</remarks>
[Indicator("bop", "Livshin, Technical Analysis of Stocks & Commodities, August 2001, unsmoothed; TA-Lib BOP")]
public sealed class BalanceOfPower : Indicator<Bar, BalanceOfPower.State>
{
    public BalanceOfPower(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar) => new(bar.High > bar.Low ? (bar.Close - bar.Open) / (bar.High - bar.Low) : 0);

    protected override double Read(in State state) => state.Balance;

    public readonly record struct State(double Balance);
}
