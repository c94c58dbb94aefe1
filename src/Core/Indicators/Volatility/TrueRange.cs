using System.Runtime.CompilerServices;
using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>True range: the span of the bar and the close before it. Ready with the second bar, the first that has a close before it.</summary>
[Indicator("trueRange", "Wilder, New Concepts in Technical Trading Systems, 1978; TA-Lib TRANGE")]
public sealed class TrueRange : Indicator<Bar, TrueRange.State>
{
    public TrueRange(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 2;

    /// <summary>The larger of the bar's own range and its distance from the close before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(in Bar bar, double previousClose) => double.MaxNative(bar.High, previousClose) - double.MinNative(bar.Low, previousClose);

    protected override State Advance(in State state, in Bar bar) => new(bar.Close, state.Count == 0 ? double.NaN : Of(in bar, state.Close), 1);

    protected override double Read(in State state) => state.Count == 0 ? double.NaN : state.Range;

    public readonly record struct State(double Close, double Range, int Count);
}
