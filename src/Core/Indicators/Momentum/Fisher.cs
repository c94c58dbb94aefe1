using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Fisher transform of where the median price stands in its range of <c>period</c> bars, and its value of the bar before, the trigger. Ready with input <c>period + 1</c>.</summary>
/// <remarks>A range of 0 counts as standing in the middle.</remarks>
[Indicator("fisher", "Ehlers, Using the Fisher Transform, Technical Analysis of Stocks & Commodities, November 2002", Outputs = ["fisher", "trigger"], Reads = "median")]
public sealed class Fisher : Indicator<double, Fisher.State>
{
    private readonly int _period;
    private readonly Extremes _highest;
    private readonly Extremes _lowest;

    public Fisher([Range(1, 100_000)] int period = 10, Source? source = null) : base(source, period)
    {
        _period = period;
        _highest = Own(Extremes.Highest(period));
        _lowest = Own(Extremes.Lowest(period));
    }

    public double Trigger => this[1];

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < _period) return new(count, 0, 0, 0);
        double place = Stochastic.Place(input, _lowest.After(input), _highest.After(input)) / 100;
        double value = Math.Clamp(0.66 * (place - 0.5) + 0.67 * state.Smooth, -0.999, 0.999);
        return new(count, value, Math.Atanh(value) + 0.5 * state.Transformed, state.Transformed);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Transformed;

    protected override double Read(in State state, int output) => output == 0 ? state.Transformed : state.Trigger;

    protected override void Remember(in State next, in double input)
    {
        _highest.Push(input);
        _lowest.Push(input);
    }

    public readonly record struct State(int Count, double Smooth, double Transformed, double Trigger);
}
