using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>How many inputs ago the largest of the last <c>period</c> was: 0 for the latest. Ready with the <c>period</c>-th.</summary>
/// <remarks>Of equal inputs the latest counts; TA-Lib takes sometimes the latest and sometimes the earliest, and gives its place in the series.</remarks>
[Indicator("argmax", "TA-Lib MAXINDEX as an age")]
public sealed class ArgMax : Indicator<double, ArgMax.State>
{
    private readonly int _period;
    private readonly AgedExtremes _extremes;

    public ArgMax([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _extremes) = (period, Own(AgedExtremes.Highest(period)));

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _period), _extremes.After(input));

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Extreme.Age;

    protected override void Remember(in State next, in double input) => _extremes.Push(input);

    public readonly record struct State(int Count, Extreme Extreme);
}
