/// <summary>How far the price is from its exponential average, in percent of that average. Ready with the first input.</summary>
/// <remarks>Say here where the formula comes from.</remarks>
[Indicator("MyIndicator", "where the formula comes from")]
public sealed class MyIndicator : Indicator<double, MyIndicator.State>
{
    private readonly double _weight;

    public MyIndicator([Range(1, 100_000)] int period = 20, Source? source = null) : base(source, period) => _weight = 2.0 / (period + 1);

    /// <summary>Inputs until the first value.</summary>
    protected override int OwnWarmUp => 1;

    /// <summary>The state after one more input. It depends on its arguments alone: update, preview, reset and snapshot come from it.</summary>
    protected override State Advance(in State state, in double input) =>
        state.Count == 0 ? new(1, input, input) : new(state.Count + 1, state.Average + _weight * (input - state.Average), input);

    /// <summary>The value of a state; NaN until ready.</summary>
    protected override double Read(in State state) => state.Count == 0 ? double.NaN : 100 * (state.Last - state.Average) / state.Average;

    public readonly record struct State(int Count, double Average, double Last);
}
