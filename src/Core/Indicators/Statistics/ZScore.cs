using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>z-score: how many population standard deviations the input stands above the mean of the last <c>period</c> inputs, itself included. Ready with the <c>period</c>-th.</summary>
/// <remarks>0 where the window is constant.</remarks>
[Indicator("zscore", "(x − SMA) / TA-Lib STDDEV")]
public sealed class ZScore : Indicator<double, ZScore.State>
{
    private readonly Window _window;

    public ZScore([Range(2, 100_000)] int period = 20, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _window.Length), input, state.Moments.After(_window, input));

    protected override double Read(in State state)
    {
        if (state.Count < _window.Length) return double.NaN;
        double deviation = state.Moments.Deviation(_window.Length);
        return deviation == 0 ? 0 : state.Moments.Above(state.Last, _window.Length) / deviation;
    }

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Last, Moments Moments);
}
