using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>The largest of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("max", "TA-Lib MAX")]
public sealed class Maximum : Indicator<double, Maximum.State>
{
    private readonly int _period;
    private readonly Extremes _extremes;

    public Maximum([Range(1, 100_000)] int period, Source? source = null) : base(source, period) => (_period, _extremes) = (period, Own(Extremes.Highest(period)));

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _period), _extremes.After(input));

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Extreme;

    protected override void Remember(in State next, in double input) => _extremes.Push(input);

    public readonly record struct State(int Count, double Extreme);
}
