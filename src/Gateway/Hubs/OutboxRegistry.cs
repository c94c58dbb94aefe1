using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Tradewind.Gateway.Control;

namespace Tradewind.Gateway.Hubs;

/// <summary>The outboxes of all open connections of both hubs.</summary>
internal sealed class OutboxRegistry(GatewayOptions options, ILogger<OutboxRegistry> log)
{
    private readonly ConcurrentDictionary<string, Outbox> _open = new();
    private long _opened;
    private long _dropped;
    private long _abandoned;
    private long _unknown;

    public ConnectionCounters Read() => new(_open.Count, Interlocked.Read(ref _opened), Interlocked.Read(ref _dropped),
        _open.Values.Sum(outbox => (long)outbox.Waiting), Interlocked.Read(ref _abandoned), Interlocked.Read(ref _unknown));

    /// <summary>Whether some connection has more waiting than half of what it may.</summary>
    public bool IsCongested => _open.Any(entry => IsSlow(entry.Value));

    public void DropCongested()
    {
        foreach (Outbox outbox in _open.Values.Where(IsSlow)) outbox.Drop();
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

    private bool IsSlow(Outbox outbox) => outbox.Waiting > options.OutboxCapacity / 2;
}
