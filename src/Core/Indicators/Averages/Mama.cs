using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>MESA adaptive moving average and its slower follower FAMA: their weight follows the phase of the dominant cycle, found with Hilbert transforms. Ready with input 33.</summary>
/// <remarks>
/// Everything before the first input counts as equal to it. TA-Lib counts it as 0, so that its averages climb up from 0 first;
/// both agree once that has faded, after some hundred inputs.
/// </remarks>
[Indicator("mama", "Ehlers, MESA Adaptive Moving Averages, 2001; TA-Lib MAMA but for the start", Outputs = ["mama", "fama"])]
public sealed class Mama : Indicator<double, Mama.State>
{
    private readonly double _fastLimit;
    private readonly double _slowLimit;
    private readonly Window _prices = new(3);
    private readonly Window _smooth = new(6);
    private readonly Window _detrended = new(6);
    private readonly Window _inPhase = new(6);
    private readonly Window _quadrature = new(6);

    /// <param name="fastLimit">Largest weight of the newest input.</param>
    /// <param name="slowLimit">Smallest weight of the newest input.</param>
    /// <param name="source">Null reads the close; Ehlers reads the median price.</param>
    public Mama([Range(0.01, 0.99)] double fastLimit = 0.5, [Range(0.01, 0.99)] double slowLimit = 0.05, Source? source = null) : base(source, fastLimit, slowLimit)
    {
        Description.DemandBelow(nameof(slowLimit), slowLimit, nameof(fastLimit), fastLimit);
        (_fastLimit, _slowLimit) = (fastLimit, slowLimit);
        foreach (Window window in new[] { _prices, _smooth, _detrended, _inPhase, _quadrature }) Own(window);
    }

    /// <summary>The follower: an average of <see cref="Indicator.Value"/> with half its weight.</summary>
    public double Fama => this[1];

    protected override int OwnWarmUp => 33;

    protected override State Advance(in State state, in double input)
    {
        if (state.Count == 0) return new(1, input, 0, 0, 0, 0, 0, 0, 0, 0, 0, input, input);
        double adjust = 0.075 * state.Period + 0.54;
        double smooth = (4 * input + 3 * _prices[0] + 2 * _prices[1] + _prices[2]) / 10;
        double detrended = Hilbert(smooth, _smooth, adjust);
        double quadrature = Hilbert(detrended, _detrended, adjust);
        double inPhase = _detrended[2];
        double i2 = 0.2 * (inPhase - Hilbert(quadrature, _quadrature, adjust)) + 0.8 * state.I2;
        double q2 = 0.2 * (quadrature + Hilbert(inPhase, _inPhase, adjust)) + 0.8 * state.Q2;
        double re = 0.2 * (i2 * state.I2 + q2 * state.Q2) + 0.8 * state.Re;
        double im = 0.2 * (i2 * state.Q2 - q2 * state.I2) + 0.8 * state.Im;
        double phase = inPhase == 0 ? 0 : Math.Atan(quadrature / inPhase) * (180 / Math.PI);
        double weight = Math.Max(_fastLimit / Math.Max(1, state.Phase - phase), _slowLimit);
        double mama = state.Mama + weight * (input - state.Mama);
        double fama = state.Fama + 0.5 * weight * (mama - state.Fama);
        return new(Math.Min(state.Count + 1, OwnWarmUp), smooth, detrended, inPhase, quadrature, i2, q2, re, im, PeriodAfter(state.Period, re, im), phase, mama, fama);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : state.Mama;

    protected override double Read(in State state, int output) => output == 0 ? state.Mama : state.Fama;

    protected override void Remember(in State next, in double input)
    {
        int times = next.Count == 1 ? _smooth.Length : 1;
        for (int i = 0; i < times; i++)
        {
            _prices.Push(input);
            _smooth.Push(next.Smooth);
            _detrended.Push(next.Detrended);
            _inPhase.Push(next.InPhase);
            _quadrature.Push(next.Quadrature);
        }
    }

    private static double Hilbert(double newest, Window past, double adjust) =>
        (0.0962 * newest + 0.5769 * past[1] - 0.5769 * past[3] - 0.0962 * past[5]) * adjust;

    /// <summary>The dominant cycle in inputs, between 6 and 50, changing by at most half and smoothed.</summary>
    private static double PeriodAfter(double last, double re, double im)
    {
        double period = re == 0 || im == 0 ? last : 2 * Math.PI / Math.Atan(im / re);
        period = Math.Max(Math.Min(period, 1.5 * last), 0.67 * last);
        return 0.2 * Math.Clamp(period, 6, 50) + 0.8 * last;
    }

    public readonly record struct State(int Count, double Smooth, double Detrended, double InPhase, double Quadrature,
        double I2, double Q2, double Re, double Im, double Period, double Phase, double Mama, double Fama);
}
