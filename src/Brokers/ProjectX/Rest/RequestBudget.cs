namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>
/// Keeps the calls of any window below a share of the gateway's limit. It remembers the calls of the last window instead of refilling a
/// bucket, since a full bucket plus its refill could touch the limit within one window of the gateway's.
/// </summary>
/// <param name="limit">Calls that the gateway allows in the window.</param>
/// <param name="share">Part of the limit to use, above 0 to 1; at least one call fits.</param>
internal sealed class RequestBudget(int limit, TimeSpan window, double share, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _sent = new();
    private readonly int _capacity = Math.Max(1, (int)(limit * share));
    private long _blockedUntil = long.MinValue;

    /// <summary>Returns when the call may be sent and counts it.</summary>
    public async ValueTask WaitAsync(CancellationToken cancel)
    {
        while (true)
        {
            TimeSpan wait = Take();
            if (wait <= TimeSpan.Zero) return;
            await Task.Delay(wait, time, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The gateway said that it was too much: nothing is sent for so long.</summary>
    public void Block(TimeSpan pause)
    {
        lock (_gate) _blockedUntil = Math.Max(_blockedUntil, time.GetTimestamp() + Ticks(pause));
    }

    private TimeSpan Take()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_blockedUntil > now) return time.GetElapsedTime(now, _blockedUntil);
            while (_sent.Count > 0 && time.GetElapsedTime(_sent.Peek(), now) >= window) _sent.Dequeue();
            if (_sent.Count >= _capacity) return window - time.GetElapsedTime(_sent.Peek(), now);
            _sent.Enqueue(now);
            return TimeSpan.Zero;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
