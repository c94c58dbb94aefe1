using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Slope: the mean rise per input over the last <c>period</c> steps, (x − x of <c>period</c> inputs ago) / period. Ready with input <c>period + 1</c>. For the least-squares slope see <c>lsma</c>.</summary>
[Indicator("slope", "difference quotient; TA-Lib MOM / period")]
public sealed class Slope : Indicator<double, Slope.State>
{
    private readonly Window _window;

    public Slope([Range(1, 100_000)] int period = 1, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length + 1;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, OwnWarmUp), (input - _window.Leaving) / _window.Length);

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Rise;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Rise);
}
