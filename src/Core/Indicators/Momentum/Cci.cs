using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Commodity channel index: (x − mean) / (0.015·mean deviation) of the typical price over <c>period</c> bars. Ready with the <c>period</c>-th. Each update costs O(period).</summary>
/// <remarks>0 where the window is constant.</remarks>
[Indicator("cci", "Lambert, Commodities, October 1980; TA-Lib CCI", Reads = "typical")]
public sealed class Cci : Indicator<double, Cci.State>
{
    private readonly Window _window;

    public Cci([Range(2, 100_000)] int period = 20, Source? source = null) : base(source, period) => _window = Own(new Window(period));

    protected override int OwnWarmUp => _window.Length;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, _window.Length);
        CompensatedSum sum = state.Sum.Slide(input, _window.Leaving);
        if (count < _window.Length) return new(count, sum, 0);
        double mean = sum.Over(count), distance = _window.DistanceWith(input, mean);
        return new(count, sum, distance == 0 ? 0 : (input - mean) * count / (0.015 * distance));
    }

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Index;

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, CompensatedSum Sum, double Index);
}
