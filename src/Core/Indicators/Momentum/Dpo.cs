using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Detrended price oscillator: x of <c>period / 2 + 1</c> inputs ago − SMA(period) of now. Ready with input <c>max(period, period / 2 + 2)</c>.</summary>
/// <remarks>It looks back, so that it can show cycles without their trend; it says nothing of the newest half period.</remarks>
[Indicator("dpo", "Achelis, Technical Analysis from A to Z, 1995")]
public sealed class Dpo : Indicator<double, Dpo.State>
{
    private readonly int _period;
    private readonly int _ago;
    private readonly Window _window;

    public Dpo([Range(2, 100_000)] int period = 20, Source? source = null) : base(source, period)
    {
        (_period, _ago) = (period, period / 2 + 1);
        _window = Own(new Window(Math.Max(period, _ago)));
    }

    protected override int OwnWarmUp => Math.Max(_period, _ago + 1);

    protected override State Advance(in State state, in double input)
    {
        double leaving = state.Count < _period ? 0 : _window[_period - 1];
        double past = state.Count < _ago ? 0 : _window[_ago - 1];
        return new(Math.Min(state.Count + 1, OwnWarmUp), state.Sum.Slide(input, leaving), past);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Past - state.Sum.Over(_period);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, CompensatedSum Sum, double Past);
}
