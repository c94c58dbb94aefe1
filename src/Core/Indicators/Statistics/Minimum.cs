using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>The smallest of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("min", "TA-Lib MIN")]
public sealed class Minimum : Indicator<double, Minimum.State>
{
    private readonly int _period;
    private readonly Extremes _extremes;

    public Minimum([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _extremes) = (period, Own(Extremes.Lowest(period)));

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _period), _extremes.After(input));

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Extreme;

    protected override void Remember(in State next, in double input) => _extremes.Push(input);

    public readonly record struct State(int Count, double Extreme);
}
