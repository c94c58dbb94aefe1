namespace Tradewind.Core.Indicators;

/// <summary>How many inputs in a row have risen (above 0) or fallen (below 0); 0 after an unchanged one. Ready with the first input, at 0.</summary>
[Indicator("streak", "Connors and Alvarez, An Introduction to ConnorsRSI, 2012")]
public sealed class Streak : Indicator<double, Streak.State>
{
    public Streak(Source? source = null) : base(source)
    {
    }

    protected override int OwnWarmUp => 1;

    /// <summary>The streak once <paramref name="input"/> has followed <paramref name="last"/>.</summary>
    public static int After(int streak, double last, double input) =>
        input > last ? Math.Max(streak, 0) + 1 : input < last ? Math.Min(streak, 0) - 1 : 0;

    protected override State Advance(in State state, in double input) => new(true, input, state.HasLast ? After(state.Length, state.Last, input) : 0);

    protected override double Read(in State state) => state.Length;

    public readonly record struct State(bool HasLast, double Last, int Length);
}
