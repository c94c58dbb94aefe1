using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Accumulation/distribution line: the running sum of volume × where the close stands in the bar, from −1 at the low to 1 at the high. Ready with the first bar.</summary>
/// <remarks>A bar without a range adds nothing.</remarks>
[Indicator("ad", "Chaikin; TA-Lib AD")]
public sealed class AccumulationDistribution : Indicator<Bar, AccumulationDistribution.State>
{
    public AccumulationDistribution(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    /// <summary>Volume × where the close stands in the bar, from −1 at the low to 1 at the high.</summary>
    public static double FlowOf(in Bar bar) => bar.High > bar.Low ? (bar.Close - bar.Low - (bar.High - bar.Close)) / (bar.High - bar.Low) * bar.Volume : 0;

    protected override State Advance(in State state, in Bar bar) => new(state.Line.Plus(FlowOf(in bar)));

    protected override double Read(in State state) => state.Line.Total;

    public readonly record struct State(CompensatedSum Line);
}
