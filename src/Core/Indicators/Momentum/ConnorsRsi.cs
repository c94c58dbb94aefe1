using System.ComponentModel.DataAnnotations;

namespace Tradewind.Core.Indicators;

/// <summary>Connors RSI, 0 to 100: the mean of the RSI of the price, the RSI of the streak of rises or falls, and the percent rank of the latest return. Ready with input <c>max(rsi, streak, rank + 1) + 1</c>.</summary>
/// <remarks>The rank counts how many of the <c>rank</c> returns before are smaller. Each update costs O(rank).</remarks>
[Indicator("connorsRsi", "Connors and Alvarez, An Introduction to ConnorsRSI, 2012")]
public sealed class ConnorsRsi : Indicator<double, ConnorsRsi.State>
{
    private readonly int _rsi;
    private readonly int _streak;
    private readonly Window _returns;

    public ConnorsRsi([Range(2, 10_000)] int rsi = 3, [Range(2, 10_000)] int streak = 2, [Range(1, 10_000)] int rank = 100, Source? source = null)
        : base(source, rsi, streak, rank)
    {
        (_rsi, _streak) = (rsi, streak);
        _returns = Own(new Window(rank));
    }

    protected override int OwnWarmUp => Math.Max(Math.Max(_rsi, _streak), _returns.Length + 1) + 1;

    protected override State Advance(in State state, in double input)
    {
        double last = state.Prices.Last;
        int streak = state.Count == 0 ? 0 : Streak.After(state.Streak, last, input);
        double change = state.Count == 0 ? 0 : Roc.Percent(last, input);
        return new(Math.Min(state.Count + 1, OwnWarmUp), Rsi.Advance(state.Prices, input, _rsi, 1.0 / _rsi), streak,
            Rsi.Advance(state.Streaks, streak, _streak, 1.0 / _streak), change, _returns.IsFull ? 100.0 * _returns.CountBelow(change) / _returns.Length : 0);
    }

    protected override double Read(in State state) => state.Count < OwnWarmUp ? double.NaN : (state.Prices.Strength + state.Streaks.Strength + state.Rank) / 3;

    protected override void Remember(in State next, in double input)
    {
        if (next.Count > 1) _returns.Push(next.Return);
    }

    public readonly record struct State(int Count, Rsi.State Prices, int Streak, Rsi.State Streaks, double Return, double Rank);
}
