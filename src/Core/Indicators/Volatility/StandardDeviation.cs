using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Population standard deviation of the last <c>period</c> inputs, times <c>multiplier</c>. Ready with the <c>period</c>-th.</summary>
[Indicator("stddev", "TA-Lib STDDEV")]
public sealed class StandardDeviation : Indicator<double, StandardDeviation.State>
{
    private readonly Window _window;
    private readonly double _multiplier;

    public StandardDeviation([Range(2, 100_000)] int period = 20, [Range(-100.0, 100.0)] double multiplier = 1, Source? source = null) : base(source, period, multiplier) =>
        (_window, _multiplier) = (Own(new Window(period)), multiplier);

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _window.Length), state.Moments.After(_window, input));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : _multiplier * state.Moments.Deviation(_window.Length);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, Moments Moments);
}
