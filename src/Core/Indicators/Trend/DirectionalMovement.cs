using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Wilder's smoothed directional movement and true range, for the indicators that are made of them.</summary>
/// <remarks>As TA-Lib does, plain sums of the first <c>period − 1</c> movements are the seed, and the first value comes with bar <c>period + 1</c>.</remarks>
/// <param name="Count">Bars seen, up to period + 1.</param>
/// <param name="High">Of the latest bar.</param>
/// <param name="Low">Of the latest bar.</param>
/// <param name="Close">Of the latest bar.</param>
/// <param name="Plus">Smoothed sum of upward movement.</param>
/// <param name="Minus">Smoothed sum of downward movement.</param>
/// <param name="Range">Smoothed sum of true ranges.</param>
public readonly record struct DirectionalMovement(int Count, double High, double Low, double Close, double Plus, double Minus, double Range)
{
    /// <summary>Upward movement as a share of the range, 0 to 100; 0 where there was no range.</summary>
    public double PlusDi => Range == 0 ? 0 : 100 * Plus / Range;

    /// <summary>Downward movement as a share of the range, 0 to 100; 0 where there was no range.</summary>
    public double MinusDi => Range == 0 ? 0 : 100 * Minus / Range;

    /// <summary>The movement once <paramref name="bar"/> was seen; <paramref name="keep"/> is 1 − 1 / period.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DirectionalMovement After(in Bar bar, int period, double keep)
    {
        if (Count == 0) return new(1, bar.High, bar.Low, bar.Close, 0, 0, 0);
        double up = bar.High - High, down = Low - bar.Low;
        // Multiplied and not chosen: the processor cannot foresee which way the next bar moves.
        double plus = double.MaxNative(up, 0) * (up > down ? 1 : 0), minus = double.MaxNative(down, 0) * (down > up ? 1 : 0);
        double range = TrueRange.Of(in bar, Close);
        if (Count < period) return new(Count + 1, bar.High, bar.Low, bar.Close, Plus + plus, Minus + minus, Range + range);
        return new(period + 1, bar.High, bar.Low, bar.Close, Math.FusedMultiplyAdd(Plus, keep, plus), Math.FusedMultiplyAdd(Minus, keep, minus), Math.FusedMultiplyAdd(Range, keep, range));
    }

    /// <summary>The directional index, 0 to 100; <paramref name="last"/> where nothing moved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Index(double last) => Plus + Minus is var sum && sum == 0 ? last : 100 * Math.Abs(Plus - Minus) / sum;
}
