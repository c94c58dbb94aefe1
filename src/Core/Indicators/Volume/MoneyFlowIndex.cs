using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Money flow index, 0 to 100: typical price × volume of the rising bars as a share of that of all that moved, over <c>period</c> bars. Ready with bar <c>period + 1</c>.</summary>
/// <remarks>50 where no money moved. TA-Lib says 0 there, and also wherever less than 1 in price × volume moved.</remarks>
[Indicator("mfi", "Quong and Soudack, Technical Analysis of Stocks & Commodities, March 1989; TA-Lib MFI but for tiny flows")]
public sealed class MoneyFlowIndex : Indicator<Bar, MoneyFlowIndex.State>
{
    private readonly Window _flows;

    public MoneyFlowIndex([Range(1, 100_000)] int period = 14, BarSource? bars = null) : base(bars, period) => _flows = Own(new Window(period));

    protected override int OwnWarmUp => _flows.Length + 1;

    protected override State Advance(in State state, in Bar bar)
    {
        double typical = (bar.High + bar.Low + bar.Close) / 3;
        if (state.Count == 0) return new(1, typical, 0, default);
        double flow = typical > state.Typical ? Math.Abs(typical) * bar.Volume : typical < state.Typical ? -Math.Abs(typical) * bar.Volume : 0;
        double leaving = _flows.Leaving;
        return new(Math.Min(state.Count + 1, OwnWarmUp), typical, flow, state.Flows.Slide(Math.Max(flow, 0), Math.Abs(flow), Math.Max(leaving, 0), Math.Abs(leaving)));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : 100 * state.Flows.Or(0.5);

    protected override void Remember(in State next, in Bar bar)
    {
        if (next.Count > 1) _flows.Push(next.Flow);
    }

    public readonly record struct State(int Count, double Typical, double Flow, RatioOfSums Flows);
}
