using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Mean and squared deviations of the last n numbers, O(1) per number.</summary>
/// <remarks>
/// Both move by differences, measured from an origin inside the window, so that no digits are lost to the height of the numbers. They are added up afresh
/// once a round of the window, and whenever the deviations fall far below their largest value since then, where the differences would have cancelled:
/// a spike that has left the window leaves no trace, and equal numbers have exactly no deviation. Until the window is full, it counts as filled up with zeros.
/// </remarks>
/// <param name="Origin">What the numbers are measured from: one of the window.</param>
/// <param name="Offset">Sum of the numbers measured from the origin.</param>
/// <param name="Squares">Sum of the squared deviations from the mean.</param>
/// <param name="Peak">Largest <paramref name="Squares"/> since they were last added up afresh.</param>
public readonly record struct Moments(double Origin, double Offset, double Squares, double Peak)
{
    /// <summary>Share of the peak below which too many digits are lost.</summary>
    private const double Collapse = 1e-3;

    /// <summary>The moments once <paramref name="item"/> is in the window. Pure; the caller pushes it afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moments After(Window window, double item)
    {
        double leaving = window.Leaving, change = item - leaving, offset = Offset + change;
        double squares = Math.FusedMultiplyAdd(change, item - Origin + (leaving - Origin) - (Offset + offset) / window.Length, Squares);
        if (!window.CompletesRound && squares >= Peak * Collapse) return new(Origin, offset, squares, double.MaxNative(Peak, squares));
        offset = window.OffsetsWith(item);
        squares = window.SquaresWith(item, offset / window.Length);
        return new(item, offset, squares, squares);
    }

    /// <summary>Mean of a full window of <paramref name="length"/>.</summary>
    public double Mean(int length) => Origin + Offset / length;

    /// <summary>Population variance of a full window of <paramref name="length"/>.</summary>
    public double Variance(int length) => Squares / length;

    /// <summary>Population standard deviation of a full window of <paramref name="length"/>.</summary>
    public double Deviation(int length) => Math.Sqrt(Squares / length);

    /// <summary>How far a number stands above the mean of a full window of <paramref name="length"/>.</summary>
    public double Above(double number, int length) => number - Origin - Offset / length;
}
