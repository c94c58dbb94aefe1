using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>The least-squares line through the last <c>period</c> inputs: its value at the newest one, slope per input, angle in degrees, value at the oldest one, and R². Ready with the <c>period</c>-th.</summary>
/// <remarks>R² is the share of the variance that the line explains, 0 to 1; 0 where the inputs are all equal and there is none to explain.</remarks>
[Indicator("lsma", "TA-Lib LINEARREG, LINEARREG_SLOPE, LINEARREG_ANGLE, LINEARREG_INTERCEPT", Outputs = ["value", "slope", "angle", "intercept", "rSquared"])]
public sealed class Lsma : Indicator<double, Lsma.State>
{
    private readonly Window _window;
    private readonly int _period;
    private readonly double _spread;

    public Lsma([Range(2, 100_000)] int period, Source? source = null) : base(source, period)
    {
        _window = Own(new Window(period));
        _period = period;
        _spread = period * ((double)period * period - 1) / 12;
    }

    public double Slope => this[1];

    /// <summary>arctan(slope) in degrees; it depends on the unit of the price.</summary>
    public double Angle => this[2];

    /// <summary>The line's value at the oldest input.</summary>
    public double Intercept => this[3];

    public double RSquared => this[4];

    protected override int OwnWarmUp => _period;

    protected override State Advance(in State state, in double input) =>
        new(Math.Min(state.Count + 1, _period), state.Sums.After(input, _window.Leaving, _period), state.Moments.After(_window, input));

    protected override double Read(in State state) => state.Count < _period ? double.NaN : state.Sums.Plain.Over(_period) + SlopeOf(in state) * 0.5 * (_period - 1);

    protected override double Read(in State state, int output)
    {
        double slope = SlopeOf(in state);
        return output switch
        {
            1 => slope,
            2 => Math.Atan(slope) * (180 / Math.PI),
            3 => state.Sums.Plain.Over(_period) - slope * 0.5 * (_period - 1),
            4 => state.Moments.Squares <= 0 ? 0 : Math.Min(1, slope * slope * _spread / state.Moments.Squares),
            _ => Read(in state),
        };
    }

    protected override void Remember(in State next, in double input) => _window.Push(input);

    /// <summary>Σ (rank − mean rank)·x / Σ (rank − mean rank)², the ranks running from 1 to the period.</summary>
    private double SlopeOf(in State state)
    {
        CompensatedSum plain = state.Sums.Plain;
        double middle = 0.5 * (_period + 1);
        return state.Sums.Weighted.PlusProduct(-middle, plain.Value).PlusProduct(-middle, plain.Error).Total / _spread;
    }

    /// <param name="Count">Inputs seen, up to the period.</param>
    /// <param name="Sums">Plain and weighted sum of the window.</param>
    /// <param name="Moments">Squared deviations of the window.</param>
    public readonly record struct State(int Count, WeightedSum Sums, Moments Moments);
}
