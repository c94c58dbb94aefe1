using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
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
    public bool IsUp => IsReady && Current.Side > 0;

    /// <summary>The stop that holds on the bar to come; NaN until ready.</summary>
    public double Next => IsReady ? Current.Side * Current.Next : double.NaN;

    protected override int OwnWarmUp => 2;

    /// <remarks>A down trend is computed as an up trend of the negative prices, so that both share one path.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected override State Advance(in State state, in Bar bar)
    {
        if (state.Count == 0) return new(1, 0, bar.High, bar.Low, 0, 0, 0, 0);
        (double side, double next, double extreme, double speed) = (state.Side, state.Next, state.Extreme, state.Speed);
        (double lastHigh, double lastLow) = (state.High, state.Low);
        if (state.Count == 1)
        {
            side = lastLow - bar.Low > double.MaxNative(bar.High - lastHigh, 0) ? -1 : 1;
            (next, extreme, speed) = (side > 0 ? lastLow : -lastHigh, side > 0 ? bar.High : -bar.Low, _step);
            (lastHigh, lastLow) = (bar.High, bar.Low);
        }
        double high = side > 0 ? bar.High : -bar.Low, low = side > 0 ? bar.Low : -bar.High;
        double highest = double.MaxNative(high, side > 0 ? lastHigh : -lastLow), lowest = double.MinNative(low, side > 0 ? lastLow : -lastHigh);
        if (low > next)
        {
            // Multiplied and not chosen: the processor cannot foresee which bar brings a new extreme.
            speed = double.MinNative(speed + _step * (high > extreme ? 1 : 0), _max);
            extreme = double.MaxNative(extreme, high);
            return new(2, side, bar.High, bar.Low, side * next, double.MinNative(next + speed * (extreme - next), lowest), extreme, speed);
        }
        double top = double.MaxNative(extreme, highest);
        return new(2, -side, bar.High, bar.Low, side * top, -double.MaxNative(top + _step * (low - top), highest), -low, _step);
    }

    protected override double Read(in State state) => state.Count < 2 ? double.NaN : state.Sar;

    /// <param name="Count">Bars seen, up to 2.</param>
    /// <param name="Side">1 in an up trend, −1 in a down trend.</param>
    /// <param name="High">Of the latest bar.</param>
    /// <param name="Low">Of the latest bar.</param>
    /// <param name="Sar">The stop that held on the latest bar.</param>
    /// <param name="Next">The stop for the bar to come, times the side.</param>
    /// <param name="Extreme">Highest high of an up trend, lowest low of a down trend, times the side.</param>
    /// <param name="Speed">The acceleration.</param>
    public readonly record struct State(int Count, double Side, double High, double Low, double Sar, double Next, double Extreme, double Speed);
}
