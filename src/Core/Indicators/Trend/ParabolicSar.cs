using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Parabolic stop and reverse: a stop that follows the trend ever faster and changes sides when the price touches it. Ready with the second bar.</summary>
/// <remarks>The first trend is down when the second bar's downward movement is the larger one, otherwise up, as in TA-Lib; Wilder leaves the choice to the trader.</remarks>
[Indicator("psar", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib SAR")]
public sealed class ParabolicSar : Indicator<Bar, ParabolicSar.State>
{
    private readonly double _step;
    private readonly double _max;

    /// <param name="step">Acceleration at the start of a trend, and what each new extreme adds.</param>
    /// <param name="max">Largest acceleration.</param>
    /// <param name="bars">Null reads the market's bars.</param>
    public ParabolicSar([Range(0.0001, 1.0)] double step = 0.02, [Range(0.0001, 1.0)] double max = 0.2, BarSource? bars = null) : base(bars, step, max)
    {
        Description.DemandAtMost(nameof(step), step, nameof(max), max);
        (_step, _max) = (step, max);
    }

    /// <summary>True while the stop is below the price.</summary>
    public bool IsUp => IsReady && Current.IsUp;

    protected override int OwnWarmUp => 2;

    protected override State Advance(in State state, in Bar bar) => state.Count switch
    {
        0 => new(1, false, bar.High, bar.Low, 0, 0, 0, 0),
        1 => Step(First(in state, in bar), in bar),
        _ => Step(in state, in bar),
    };

    protected override double Read(in State state) => state.Count < 2 ? double.NaN : state.Sar;

    private State First(in State state, in Bar bar)
    {
        double up = bar.High - state.High, down = state.Low - bar.Low;
        bool isUp = !(down > 0 && down > up);
        return isUp ? new(2, true, bar.High, bar.Low, 0, state.Low, bar.High, _step) : new(2, false, bar.High, bar.Low, 0, state.High, bar.Low, _step);
    }

    private State Step(in State state, in Bar bar)
    {
        double highest = Math.Max(state.High, bar.High), lowest = Math.Min(state.Low, bar.Low);
        if (state.IsUp)
        {
            if (bar.Low <= state.Next)
            {
                double top = Math.Max(state.Extreme, highest);
                return new(2, false, bar.High, bar.Low, top, Math.Max(top + _step * (bar.Low - top), highest), bar.Low, _step);
            }
            bool isNew = bar.High > state.Extreme;
            double extreme = isNew ? bar.High : state.Extreme, speed = isNew ? Math.Min(state.Speed + _step, _max) : state.Speed;
            return new(2, true, bar.High, bar.Low, state.Next, Math.Min(state.Next + speed * (extreme - state.Next), lowest), extreme, speed);
        }
        if (bar.High >= state.Next)
        {
            double bottom = Math.Min(state.Extreme, lowest);
            return new(2, true, bar.High, bar.Low, bottom, Math.Min(bottom + _step * (bar.High - bottom), lowest), bar.High, _step);
        }
        bool isLower = bar.Low < state.Extreme;
        double low = isLower ? bar.Low : state.Extreme, pace = isLower ? Math.Min(state.Speed + _step, _max) : state.Speed;
        return new(2, false, bar.High, bar.Low, state.Next, Math.Max(state.Next + pace * (low - state.Next), highest), low, pace);
    }

    /// <param name="Count">Bars seen, up to 2.</param>
    /// <param name="IsUp">The trend.</param>
    /// <param name="High">Of the latest bar.</param>
    /// <param name="Low">Of the latest bar.</param>
    /// <param name="Sar">The stop that held on the latest bar.</param>
    /// <param name="Next">The stop for the bar to come.</param>
    /// <param name="Extreme">Highest high of an up trend, lowest low of a down trend.</param>
    /// <param name="Speed">The acceleration.</param>
    public readonly record struct State(int Count, bool IsUp, double High, double Low, double Sar, double Next, double Extreme, double Speed);
}
