using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Ulcer index: the root of the mean squared drawdown in percent from the highest of the last <c>period</c> inputs, over <c>period</c> inputs. Ready with input <c>2·period − 1</c>.</summary>
/// <remarks>A drawdown from a high that is not above 0 counts as 0.</remarks>
[Indicator("ulcer", "Martin and McCann, The Investor's Guide to Fidelity Funds, 1989")]
public sealed class UlcerIndex : Indicator<double, UlcerIndex.State>
{
    private readonly int _period;
    private readonly Extremes _highest;
    private readonly Window _drawdowns;

    public UlcerIndex([Range(1, 100_000)] int period = 14, Source? source = null) : base(source, period)
    {
        _period = period;
        _highest = Own(Extremes.Highest(period));
        _drawdowns = Own(new Window(period));
    }

    protected override int OwnWarmUp => 2 * _period - 1;

    protected override State Advance(in State state, in double input)
    {
        int count = Math.Min(state.Count + 1, OwnWarmUp);
        if (count < _period) return new(count, 0, default);
        double high = _highest.After(input), drawdown = high > 0 ? 100 * (high - input) / high : 0;
        return new(count, drawdown, state.Squares.PlusProduct(drawdown, drawdown).PlusProduct(-_drawdowns.Leaving, _drawdowns.Leaving));
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : Math.Sqrt(Math.Max(0, state.Squares.Over(_period)));

    protected override void Remember(in State next, in double input)
    {
        _highest.Push(input);
        if (next.Count >= _period) _drawdowns.Push(next.Drawdown);
    }

    public readonly record struct State(int Count, double Drawdown, CompensatedSum Squares);
}
