using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>
/// The time by which the account is compared: the engine's, which is the venue's as far as is known, and between two of its instants, or
/// when it stands still because no market data comes, this computer's pace. It may go back when the market goes on.
/// </summary>
/// <param name="pace">Seconds of the venue's time in one of ours.</param>
internal sealed class SyncClock(TimeProvider time, double pace)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _known = new(Turns.Later);
    private Timestamp _anchor;
    private long _anchoredAt;

    /// <summary>Completes when the engine knows the time.</summary>
    public Task Known => _known.Task;

    public Timestamp Now
    {
        get
        {
            lock (_gate) return _anchor + time.GetElapsedTime(_anchoredAt) * pace;
        }
    }

    /// <summary>The engine has come to this instant.</summary>
    public void Observe(Timestamp now)
    {
        lock (_gate)
        {
            if (now <= _anchor) return;
            _anchor = now;
            _anchoredAt = time.GetTimestamp();
        }
        if (now.Nanoseconds > 0) _known.TrySetResult();
    }
}
