using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Population variance of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
[Indicator("variance", "TA-Lib VAR")]
public sealed class Variance : Indicator<double, Variance.State>
{
    private readonly Window _window;

    public Variance([Range(2, 100_000)] int period = 20, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _window.Length), state.Moments.After(_window, input));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Moments.Variance(_window.Length);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, Moments Moments);
}
