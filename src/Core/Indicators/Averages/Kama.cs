using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Kaufman's adaptive moving average: fast where the price goes straight, slow where it goes to and fro. Ready with input <c>period + 1</c>.</summary>
/// <remarks>Starts from the input before its first value, as TA-Lib does. Where nothing moved in the window, the efficiency is 1.</remarks>
[Indicator("kama", "Kaufman, Smarter Trading, 1995; TA-Lib KAMA, whose fast and slow are fixed at 2 and 30")]
public sealed class Kama : Indicator<double, Kama.State>
{
    private readonly int _period;
    private readonly double _fastest;
    private readonly double _slowest;
    private readonly Window _inputs;
    private readonly Window _moves;

    /// <param name="period">Inputs over which the efficiency is measured.</param>
    /// <param name="fast">Length of the EMA that it is at full efficiency.</param>
    /// <param name="slow">Length of the EMA that it is at none.</param>
    /// <param name="source">Null reads the close.</param>
    public Kama([Range(1, 100_000)] int period = 10, [Range(1, 10_000)] int fast = 2, [Range(1, 10_000)] int slow = 30, Source? source = null)
        : base(source, period, fast, slow)
    {
        Description.DemandBelow(nameof(fast), fast, nameof(slow), slow);
        (_period, _fastest, _slowest) = (period, Ema.WeightOf(fast), Ema.WeightOf(slow));
        _inputs = Own(new Window(period));
        _moves = Own(new Window(period));
    }

    protected override int OwnWarmUp => _period + 1;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, default, input);
        double move = Math.Abs(input - state.Last);
        CompensatedSum path = state.Path.Slide(move, _moves.Leaving);
        if (state.Count < _period) return new(state.Count + 1, input, move, path, input);
        double way = Math.Abs(input - _inputs.Leaving), length = path.Total;
        double efficiency = length <= way ? 1 : way / length;
        double weight = efficiency * (_fastest - _slowest) + _slowest;
        return new(_period + 1, input, move, path, Math.FusedMultiplyAdd(weight * weight, input - state.Value, state.Value));
    }

    protected override double Read(in State state) => state.Count <= _period ? double.NaN : state.Value;

    protected override void Remember(in State next, in double input)
    {
        _inputs.Push(input);
        if (next.Count > 1) _moves.Push(next.Move);
    }

    public readonly record struct State(int Count, double Last, double Move, CompensatedSum Path, double Value);
}
