using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Volume-weighted moving average of the last <c>period</c> inputs. Ready with the <c>period</c>-th.</summary>
/// <remarks>Where nothing was traded in the whole window, it is the plain mean. The second source is the weight, the volume by default; it must not be below 0.</remarks>
[Indicator("vwma", "sum of price × volume / sum of volume; no TA-Lib function")]
public sealed class Vwma : Indicator<Pair, Vwma.State>
{
    private readonly Window _prices;
    private readonly Window _weights;

    public Vwma([Range(1, 100_000)] int period, Source? source = null, Source? weight = null) : base(source, weight, period)
    {
        _prices = Own(new Window(period));
        _weights = Own(new Window(period));
    }

    protected override int OwnWarmUp => _prices.Length;

    protected override State Advance(in State state, in Pair input) => new(Math.Min(state.Count + 1, _prices.Length),
        state.Prices.Slide(input.First, _prices.Leaving),
        state.Weighted.SlideWeighted(input.First, input.Second, _prices.Leaving, _weights.Leaving));

    protected override double Read(in State state) => state.Count < _prices.Length ? double.NaN : state.Weighted.Or(state.Prices.Over(_prices.Length));

    protected override void Remember(in State next, in Pair input)
    {
        _prices.Push(input.First);
        _weights.Push(input.Second);
    }

    public readonly record struct State(int Count, CompensatedSum Prices, RatioOfSums Weighted);
}
