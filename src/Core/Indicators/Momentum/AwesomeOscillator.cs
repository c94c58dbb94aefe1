using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Awesome oscillator: SMA(fast) − SMA(slow) of the median price. Ready with input <c>slow</c>.</summary>
[Indicator("awesome", "Williams, New Trading Dimensions, 1998", Reads = "median")]
public sealed class AwesomeOscillator : Indicator<double, AwesomeOscillator.State>
{
    private readonly int _fast;
    private readonly Window _window;

    public AwesomeOscillator([Range(1, 100_000)] int fast = 5, [Range(2, 100_000)] int slow = 34, Source? source = null) : base(source, fast, slow)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        _fast = fast;
        _window = Own(new Window(slow));
    }

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, _window.Length),
        state.Fast.Slide(input, state.Count < _fast ? 0 : _window[_fast - 1]), state.Slow.Slide(input, _window.Leaving));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Fast.Over(_fast) - state.Slow.Over(_window.Length);

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, CompensatedSum Fast, CompensatedSum Slow);
}
