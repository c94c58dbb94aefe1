using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Bollinger bands: the mean of the last <c>period</c> inputs and <c>deviations</c> population standard deviations around it. Ready with the <c>period</c>-th.</summary>
/// <remarks>
/// <c>percentB</c> is 0 at the lower and 1 at the upper band, and 0.5 where the bands meet (constant input, or 0 deviations);
/// <c>width</c> is (upper − lower) / middle, and 0 where the middle is 0. <see cref="Indicator.Value"/> is the middle band.
/// </remarks>
[Indicator("bollinger", "Bollinger on Bollinger Bands, 2001; TA-Lib BBANDS with SMA", Outputs = ["upper", "middle", "lower", "percentB", "width"], Main = "middle")]
public sealed class Bollinger : Indicator<double, Bollinger.State>
{
    private readonly Window _window;
    private readonly double _deviations;

    public Bollinger([Range(2, 100_000)] int period = 20, [Range(0.0, 100.0)] double deviations = 2, Source? source = null) : base(source, period, deviations)
    {
        _window = Own(new Window(period));
        _deviations = deviations;
    }

    public double Upper => this[0];

    public double Middle => Value;

    public double Lower => this[2];

    /// <summary>Where the latest input stands between the bands: 0 lower, 1 upper.</summary>
    public double PercentB => this[3];

    /// <summary>Distance of the bands as a share of the middle.</summary>
    public double Width => this[4];

    protected override int OwnWarmUp => _window.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected override State Advance(in State state, in double input) =>
        new(Math.Min(state.Count + 1, _window.Length), input, state.Moments.After(_window, input));

    protected override double Read(in State state) => state.Count < _window.Length ? double.NaN : state.Moments.Mean(_window.Length);

    protected override double Read(in State state, int output)
    {
        double middle = state.Moments.Mean(_window.Length);
        double reach = _deviations * state.Moments.Deviation(_window.Length);
        return output switch
        {
            0 => middle + reach,
            1 => middle,
            2 => middle - reach,
            3 => reach == 0 ? 0.5 : 0.5 + state.Moments.Above(state.Last, _window.Length) / (2 * reach),
            _ => middle == 0 ? 0 : 2 * reach / middle,
        };
    }

    protected override void Remember(in State next, in double input) => _window.Push(input);

    public readonly record struct State(int Count, double Last, Moments Moments);
}
