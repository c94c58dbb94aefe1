using System.Runtime.CompilerServices;

namespace Tradewind.Core.Indicators;

/// <summary>Mean and squared deviations of the last n numbers, O(1) per number.</summary>
/// <remarks>
/// The squared deviations move by differences (Welford's update for a sliding window). They are added up afresh from the window once a round,
/// and whenever they fall far below their largest value since then, where the differences would have cancelled: a spike that has left the window
/// leaves no trace, and equal numbers have exactly no deviation. Until the window is full, it counts as filled up with zeros.
/// </remarks>
/// <param name="Sum">Sum of the window.</param>
/// <param name="Mean">Mean of the window.</param>
/// <param name="Squares">Sum of the squared deviations from the mean.</param>
/// <param name="Peak">Largest <paramref name="Squares"/> since they were last added up afresh.</param>
public readonly record struct Moments(CompensatedSum Sum, double Mean, double Squares, double Peak)
{
    /// <summary>Share of the peak below which too many digits are lost.</summary>
    private const double Collapse = 1e-3;

    /// <summary>The moments once <paramref name="item"/> is in the window. Pure; the caller pushes it afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Moments After(Window window, double item)
    {
        double leaving = window.Leaving;
        CompensatedSum sum = Sum.Slide(item, leaving);
        double mean = sum.Over(window.Length);
        double squares = Math.FusedMultiplyAdd(item - leaving, item - mean + (leaving - Mean), Squares);
        if (window.CompletesRound || squares < Peak * Collapse) return Afresh(window, item, sum, mean);
        return new(sum, mean, squares, Math.Max(Peak, squares));
    }

    /// <summary>Population variance of a full window of <paramref name="length"/>.</summary>
    public double Variance(int length) => Squares / length;

    /// <summary>Population standard deviation of a full window of <paramref name="length"/>.</summary>
    public double Deviation(int length) => Math.Sqrt(Squares / length);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Moments Afresh(Window window, double item, CompensatedSum sum, double mean)
    {
        double squares = window.SquaresWith(item, mean);
        return new(sum, mean, squares, squares);
    }
}
