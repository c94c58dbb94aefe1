using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Crossing of a fixed level: 1 on the input that comes to stand above it, −1 below, otherwise 0. Ready with the first input, at 0.</summary>
/// <remarks>Touching is no crossing: being equal for a while and going back to the same side gives 0.</remarks>
[Indicator("crossLevel", "sign change of the difference")]
public sealed class CrossLevel : Indicator<double, CrossLevel.State>
{
    private readonly double _level;

    public CrossLevel([Range(-1e15, 1e15)] double level = 0, Source? source = null) : base(source, level) => _level = level;

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in double input) => new(state.Cross.After(input - _level));

    protected override double Read(in State state) => state.Cross.Crossing;

    public readonly record struct State(Cross.State Cross);
}
