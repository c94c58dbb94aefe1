using Tradewind.Core.Signals;

namespace Tradewind.Strategies.Tests.Support;

/// <summary>Walks over bars with a rule of the test's own: what it wishes at a close is held from the next bar on, as orders fill at the next open.</summary>
internal static class PlainRule
{
    /// <param name="first">Index of the first bar on which the rule is asked.</param>
    /// <param name="rule">From the bar's index and the position (1, 0, −1) to a wish, or null for none.</param>
    public static IEnumerable<(int Bar, SignalAction Action)> Walk(int bars, int first, Func<int, int, SignalAction?> rule)
    {
        int position = 0;
        for (int i = first; i < bars; i++)
        {
            if (rule(i, position) is not { } action) continue;
            position = action == SignalAction.Buy ? 1 : action == SignalAction.Sell ? -1 : 0;
            yield return (i, action);
        }
    }

    public static void AssertSame(IEnumerable<(int Bar, SignalAction Action)> expected, StrategyRun run)
    {
        List<(int Bar, SignalAction Action)> wanted = [.. expected];
        Assert.True(wanted.Count >= 10, $"the market gives the rule only {wanted.Count} occasions");
        Assert.Equal(wanted, run.Wishes);
    }
}
