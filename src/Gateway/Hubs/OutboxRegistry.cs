using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tradewind.Gateway.Control;

namespace Tradewind.Gateway.Hubs;

/// <summary>The outboxes of all open connections of both hubs.</summary>
internal sealed class OutboxRegistry(GatewayOptions options, TimeProvider time, ILogger<OutboxRegistry> log)
{
    public const string UserHubName = "user";
    public const string MarketHubName = "market";

    private readonly ConcurrentDictionary<string, Outbox> _open = new();
    private long _opened;
    private long _dropped;
    private long _abandoned;
    private long _unknown;
    private long _userFrozenUntil = long.MinValue;
    private long _marketFrozenUntil = long.MinValue;
    private long _userStalledUntil = long.MinValue;
    private long _marketStalledUntil = long.MinValue;

    public ConnectionCounters Read() => new(_open.Count, Interlocked.Read(ref _opened), Interlocked.Read(ref _dropped),
        _open.Values.Sum(outbox => (long)outbox.Waiting), Interlocked.Read(ref _abandoned), Interlocked.Read(ref _unknown));

    /// <summary>Whether some connection has more waiting than half of what it may.</summary>
    public bool IsCongested => _open.Any(entry => IsSlow(entry.Value));

    public void DropCongested()
    {
        foreach (Outbox outbox in _open.Values.Where(IsSlow)) outbox.Drop();
    }

    /// <summary>Whether events of a hub are lost now. Costs nothing unless it was frozen once.</summary>
    public bool IsFrozen(string hub)
    {
        long until = Interlocked.Read(ref hub == UserHubName ? ref _userFrozenUntil : ref _marketFrozenUntil);
        return until != long.MinValue && time.GetTimestamp() < until;
    }

    /// <summary>Has all events of a hub, or of both, lost for a while.</summary>
    public void Freeze(string? hub, TimeSpan length)
    {
        if (hub is null or UserHubName) Interlocked.Exchange(ref _userFrozenUntil, After(length));
        if (hub is null or MarketHubName) Interlocked.Exchange(ref _marketFrozenUntil, After(length));
    }

    /// <summary>Has the events of a hub, or of both, wait for a while and then come all at once.</summary>
    public void Stall(string? hub, TimeSpan length)
    {
        if (hub is null or UserHubName) Interlocked.Exchange(ref _userStalledUntil, After(length));
        if (hub is null or MarketHubName) Interlocked.Exchange(ref _marketStalledUntil, After(length));
    }

    /// <summary>Ends when the events of a hub may be sent.</summary>
    public async ValueTask Unstalled(string hub, CancellationToken cancel)
    {
        while (Interlocked.Read(ref hub == UserHubName ? ref _userStalledUntil : ref _marketStalledUntil) is var until && until != long.MinValue && time.GetElapsedTime(time.GetTimestamp(), until) is { Ticks: > 0 } left)
            await Task.Delay(left, time, cancel);
    }

    public void Each(string? hub, Action<Outbox> action)
    {
        foreach (Outbox outbox in _open.Values.Where(outbox => hub is null || outbox.Hub == hub)) action(outbox);
    }

    public void Add(Outbox outbox)
    {
        Interlocked.Increment(ref _opened);
        _open[outbox.ConnectionId] = outbox;
    }

    public void Remove(Outbox outbox) => _open.TryRemove(outbox.ConnectionId, out _);

    public void Dropped(Outbox outbox)
    {
        Interlocked.Increment(ref _dropped);
        log.LogWarning("Connection {Connection} is closed: {Count} events wait for it because it reads too slowly.", outbox.ConnectionId, outbox.Waiting);
    }

    public void Abandon(int events) => Interlocked.Add(ref _abandoned, events);

    public void SubscribedToUnknown(string contractId)
    {
        Interlocked.Increment(ref _unknown);
        log.LogWarning("A client subscribed to {Contract}, which does not exist; it will never get an event.", contractId);
    }

    private long After(TimeSpan length) => time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);

    private bool IsSlow(Outbox outbox) => outbox.Waiting > options.OutboxCapacity / 2;
}
