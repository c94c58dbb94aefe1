using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>McGinley Dynamic: previous + (x − previous) / (period·(x / previous)⁴), quick where the price falls and calm where it rises. Ready with input <c>period</c>, seeded with the mean of the inputs so far.</summary>
/// <remarks>The divisor is at least 1, so that a crash never throws the average past the price; from an average of 0 it goes to the input at once. Made for prices above 0.</remarks>
[Indicator("mcginley", "McGinley, Journal of Technical Analysis, 1997; without the factor 0.6 of some charts")]
public sealed class McGinley : Indicator<double, McGinley.State>
{
    private readonly int _period;

    public McGinley([Range(1, 100_000)] int period = 14, Source? source = null) : base(source, period) => _period = period;

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count < _period) return new(state.Count + 1, state.Value + (input - state.Value) / (state.Count + 1));
        if (state.Value == 0) return new(_period, input);
        double ratio = input / state.Value, square = ratio * ratio;
        return new(_period, state.Value + (input - state.Value) / Math.Max(1, _period * square * square));
    }

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Value;

    public readonly record struct State(int Count, double Value);
}
