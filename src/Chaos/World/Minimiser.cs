using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.World;

/// <summary>Finds a smaller world that breaks the same rule: fewer kinds of faults, less time, fewer strategies and instruments.</summary>
public static class Minimiser
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <param name="failed">A result with a violation.</param>
    public static SeedResult Minimise(SeedResult failed, CancellationToken cancel)
    {
        string rule = failed.Violations[0].Invariant;
        SeedResult best = failed;
        foreach (FaultKind kind in failed.Faults) Try(best.Options with { Without = best.Options.Without.Append(kind).ToHashSet() });
        if (best.Options.Instruments > 1) Try(best.Options with { Instruments = 1 });
        if (best.Options.Strategies > 1) Try(best.Options with { Strategies = 1 });
        while (best.Options.Chaos > Least && Try(best.Options with { Chaos = TimeSpan.FromSeconds(Math.Floor(best.Options.Chaos.TotalSeconds * 0.7)) }))
        {
        }
        return best;

        bool Try(WorldOptions smaller)
        {
            cancel.ThrowIfCancellationRequested();
            SeedResult result = SeededWorld.Run(smaller);
            bool isSame = result.Violations.Any(violation => violation.Invariant == rule);
            if (isSame) best = result;
            return isSame;
        }
    }
}
