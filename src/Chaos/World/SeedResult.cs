using Tradewind.Chaos.Faults;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.World;

/// <summary>A rule that did not hold.</summary>
/// <param name="Invariant">Its code: I1 to I17.</param>
public sealed record Violation(string Invariant, Timestamp Time, string Text);

/// <summary>What became of one world.</summary>
/// <param name="Hash">Over everything that happened: equal seeds give equal hashes.</param>
/// <param name="Events">Things that happened in it.</param>
public sealed record SeedResult(WorldOptions Options, IReadOnlyList<FaultKind> Faults, IReadOnlyList<Violation> Violations, Measures Measures, Strikes Strikes, ulong Hash, long Events)
{
    public bool IsGood => Violations.Count == 0;
}

/// <summary>The worst figures of a world, and how much went on in it.</summary>
public sealed record Measures
{
    /// <summary>Longest time that an order was in doubt.</summary>
    public TimeSpan InDoubt { get; set; }

    /// <summary>Longest time that the account was not synced after the first time it was.</summary>
    public TimeSpan Unsynced { get; set; }

    /// <summary>Longest time that a position with a stop of its own had no working stop of its size at the venue.</summary>
    public TimeSpan Unprotected { get; set; }

    /// <summary>Longest time from an execution at the venue to its booking.</summary>
    public TimeSpan FillUnknown { get; set; }

    public long Orders { get; set; }

    public long Fills { get; set; }

    public int Restarts { get; set; }

    /// <summary>The worse of both, and the sums.</summary>
    public void Take(Measures other)
    {
        InDoubt = Longer(InDoubt, other.InDoubt);
        Unsynced = Longer(Unsynced, other.Unsynced);
        Unprotected = Longer(Unprotected, other.Unprotected);
        FillUnknown = Longer(FillUnknown, other.FillUnknown);
        (Orders, Fills, Restarts) = (Orders + other.Orders, Fills + other.Fills, Restarts + other.Restarts);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
