using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Variable index dynamic average: an EMA whose weight is cut to the strength of the momentum, |Chande's momentum oscillator| / 100. Ready with input <c>momentum + 1</c>.</summary>
/// <remarks>Starts from the input before its first value. The oscillator is Chande's own, of plain sums, not TA-Lib's smoothed one. Where nothing moved, the average stands still.</remarks>
[Indicator("vidya", "Chande and Kroll, The New Technical Trader, 1994")]
public sealed class Vidya : Indicator<double, Vidya.State>
{
    private readonly double _weight;
    private readonly Window _changes;

    /// <param name="period">Length of the EMA that it is at full momentum.</param>
    /// <param name="momentum">Changes over which the momentum is measured.</param>
    /// <param name="source">Null reads the close.</param>
    public Vidya([Range(1, 100_000)] int period = 14, [Range(1, 100_000)] int momentum = 9, Source? source = null) : base(source, period, momentum)
    {
        _weight = Ema.WeightOf(period);
        _changes = Own(new Window(momentum));
    }

    protected override int OwnWarmUp => _changes.Length + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, default, default, default, input);
        double change = input - state.Last, leaving = _changes.Leaving;
        CompensatedSum net = state.Net.Slide(change, leaving), path = state.Path.Slide(Math.Abs(change), Math.Abs(leaving));
        Tally moved = state.Moved.Slide(change, leaving);
        if (state.Count < _changes.Length) return new(state.Count + 1, input, change, moved, net, path, input);
        double strength = moved.Any ? Math.Min(1, Math.Abs(net.Total) / path.Total) : 0;
        return new(_changes.Length + 1, input, change, moved, net, path, Math.FusedMultiplyAdd(_weight * strength, input - state.Value, state.Value));
    }

    protected override double Read(in State state) => state.Count <= _changes.Length ? double.NaN : state.Value;

    protected override void Remember(in State next, in double input)
    {
        if (next.Count > 1) _changes.Push(next.Change);
    }

    /// <param name="Count">Inputs seen, up to one more than the window of changes.</param>
    /// <param name="Last">The latest input.</param>
    /// <param name="Change">Its difference to the one before.</param>
    /// <param name="Moved">Changes of the window that are not 0.</param>
    /// <param name="Net">Sum of the changes.</param>
    /// <param name="Path">Sum of their sizes.</param>
    /// <param name="Value">The average.</param>
    public readonly record struct State(int Count, double Last, double Change, Tally Moved, CompensatedSum Net, CompensatedSum Path, double Value);
}
