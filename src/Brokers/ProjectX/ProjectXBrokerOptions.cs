using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX;

/// <summary>How a broker trades one account in one session.</summary>
public sealed record ProjectXBrokerOptions
{
    /// <summary>Names the session in the tags of its orders, <c>tw-{session}-{order}</c>: unique for ever, and at most 40 characters, since brackets append to a tag.</summary>
    public required string Session { get; init; }

    /// <summary>What an engine that was restarted knows of the account; null for a first start.</summary>
    public AccountMemory? Memory { get; init; }

    public SyncOptions Sync { get; init; } = new();
}
