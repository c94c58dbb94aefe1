using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX;

/// <summary>How a broker trades one account in one session.</summary>
public sealed record ProjectXBrokerOptions
{
    /// <summary>Names the session in the tags of its orders, <c>tw-{session}-{order}</c>: unique for ever, and at most 40 characters, since brackets append to a tag.</summary>
    public required string Session { get; init; }

    /// <summary>What an engine that was restarted knows of the account; null for a first start.</summary>
    public AccountMemory? Memory { get; init; }

    /// <summary>Is asked at each call that changes something at the gateway; null where nobody else can act on the account.</summary>
    public IFence? Fence { get; init; }

    /// <summary>Who keeps the stop and the target of an entry until it fills.</summary>
    public BracketUse Brackets { get; init; } = BracketUse.Engine;

    /// <summary>Stops that the gateway can move as they are wished are its own trailing stops; the engine hands them out as such only where it is told so too.</summary>
    public bool TrailingStops { get; init; }

    /// <summary>Is asked right before the first byte of an order or a change leaves; null where all may pass.</summary>
    public RiskDoor? Door { get; init; }

    /// <summary>In the venue's time.</summary>
    public SyncOptions Sync { get; init; } = new();

    /// <summary>Seconds of the venue's time in one of ours, above 0: 1 everywhere but at a simulator that runs faster. What is waited for in the venue's time takes so much more of it.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>What the synchroniser waits, in the venue's time.</summary>
    internal SyncOptions PacedSync => Pace == 1 ? Sync : Sync with
    {
        CompareWorking = Sync.CompareWorking * Pace,
        CompareIdle = Sync.CompareIdle * Pace,
        Quiet = Sync.Quiet * Pace,
        QuietPatience = Sync.QuietPatience * Pace,
        Grace = Sync.Grace * Pace,
        ProofSpacing = Sync.ProofSpacing * Pace,
        Distrust = Sync.Distrust * Pace,
        RequestTimeout = Sync.RequestTimeout * Pace,
        RetryWait = Sync.RetryWait * Pace,
        MaxRetryWait = Sync.MaxRetryWait * Pace,
        MaxAge = Sync.MaxAge * Pace,
        RestrictedWait = Sync.RestrictedWait * Pace,
        MaxPause = Sync.MaxPause * Pace,
        Overlap = Sync.Overlap * Pace,
    };
}
