using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Alligator: three smoothed averages of the median price, each shown some bars later than it was computed. Ready once the slowest of them is.</summary>
[Indicator("alligator", "Williams, New Trading Dimensions, 1998", Outputs = ["jaw", "teeth", "lips"], Reads = "median")]
public sealed class Alligator : Indicator<double, Alligator.State>
{
    private readonly (int Length, double Weight, Window Past) _jaw;
    private readonly (int Length, double Weight, Window Past) _teeth;
    private readonly (int Length, double Weight, Window Past) _lips;

    public Alligator([Range(1, 10_000)] int jaw = 13, [Range(1, 1_000)] int jawShift = 8, [Range(1, 10_000)] int teeth = 8, [Range(1, 1_000)] int teethShift = 5,
        [Range(1, 10_000)] int lips = 5, [Range(1, 1_000)] int lipsShift = 3, Source? source = null) : base(source, jaw, jawShift, teeth, teethShift, lips, lipsShift)
    {
        _jaw = (jaw, Smma.WeightOf(jaw), Own(new Window(jawShift)));
        _teeth = (teeth, Smma.WeightOf(teeth), Own(new Window(teethShift)));
        _lips = (lips, Smma.WeightOf(lips), Own(new Window(lipsShift)));
    }

    public double Jaw => Value;

    public double Teeth => this[1];

    public double Lips => this[2];

    protected override int OwnWarmUp => Math.Max(_jaw.Length + _jaw.Past.Length, Math.Max(_teeth.Length + _teeth.Past.Length, _lips.Length + _lips.Past.Length));

    protected override State Advance(in State state, in double input) => new(Math.Min(state.Count + 1, OwnWarmUp),
        Ema.Advance(state.JawAverage, input, _jaw.Length, _jaw.Weight), Ema.Advance(state.TeethAverage, input, _teeth.Length, _teeth.Weight),
        Ema.Advance(state.LipsAverage, input, _lips.Length, _lips.Weight), _jaw.Past.Leaving, _teeth.Past.Leaving, _lips.Past.Leaving);

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Jaw;

    protected override double Read(in State state, int output) => output switch
    {
        0 => state.Jaw,
        1 => state.Teeth,
        _ => state.Lips,
    };

    protected override void Remember(in State next, in double input)
    {
        _jaw.Past.Push(next.JawAverage.Value);
        _teeth.Past.Push(next.TeethAverage.Value);
        _lips.Past.Push(next.LipsAverage.Value);
    }

    public readonly record struct State(int Count, Ema.State JawAverage, Ema.State TeethAverage, Ema.State LipsAverage, double Jaw, double Teeth, double Lips);
}
