using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>
/// Keeps the calls of any window below a share of the gateway's limit, and lets the more urgent ones go first. It remembers the calls of
/// the last window instead of refilling a bucket, since a full bucket plus its refill could touch the limit within one window of the gateway's.
/// </summary>
internal sealed class RequestBudget : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstUrgentPause = TimeSpan.FromSeconds(1);
    private const int MostDoublings = 3;

    private readonly Lock _gate = new();
    private readonly List<long> _sent = [];
    private readonly PriorityQueue<Waiter, (RestLane Lane, long Order)> _waiting = new();
    private readonly BudgetLimit _limit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly int[] _capacities;
    private long _order;
    private long _pausedUntil = long.MinValue;
    private long _urgentPausedUntil = long.MinValue;
    private int _strikes;
    private long _notSent;
    private long _limited;

    /// <param name="shares">Of each lane, by its number: the part of the limit at which it waits, above 0 to 1. At least one call fits.</param>
    public RequestBudget(BudgetLimit limit, IReadOnlyList<double> shares, TimeProvider time)
    {
        _limit = limit;
        _time = time;
        _capacities = [.. shares.Select(share => Math.Max(1, (int)Math.Round(limit.Calls * share)))];
        _timer = time.CreateTimer(_ => Admit(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>As it stands now.</summary>
    public RequestUse Use
    {
        get
        {
            lock (_gate)
            {
                Trim();
                return new(_limit.Name, _sent.Count, _limit.Calls, _waiting.Count, _notSent, _limited);
            }
        }
    }

    /// <summary>Completes with true when the call may be sent, and counts it; with false, at once where that is known, when that would take longer than the patience.</summary>
    /// <param name="patience"><see cref="Timeout.InfiniteTimeSpan"/> waits as long as it takes.</param>
    public ValueTask<bool> TakeAsync(RestLane lane, TimeSpan patience, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        Waiter waiter;
        lock (_gate)
        {
            TimeSpan wait = Wait(lane);
            if (wait <= TimeSpan.Zero && !IsSomebodyBefore(lane))
            {
                _sent.Add(_time.GetTimestamp());
                return new(true);
            }
            if (patience != Timeout.InfiniteTimeSpan && wait > patience)
            {
                _notSent++;
                return new(false);
            }
            waiter = new(lane);
            _waiting.Enqueue(waiter, (lane, _order++));
            Schedule();
        }
        return new(WaitAsync(waiter, patience, cancel));
    }

    /// <summary>The gateway said that it was too much: nothing is sent for so long; without a word from it for a while that doubles with each time, shorter for what is urgent.</summary>
    public void Refused(TimeSpan? pause)
    {
        lock (_gate)
        {
            int doublings = Math.Min(_strikes++, MostDoublings);
            _limited++;
            long now = _time.GetTimestamp();
            _pausedUntil = Math.Max(_pausedUntil, now + Ticks(pause ?? FirstPause * (1 << doublings)));
            _urgentPausedUntil = Math.Max(_urgentPausedUntil, now + Ticks(pause ?? FirstUrgentPause * (1 << doublings)));
            Schedule();
        }
    }

    /// <summary>The gateway took a call.</summary>
    public void Passed()
    {
        if (Volatile.Read(ref _strikes) == 0) return;
        lock (_gate) _strikes = 0;
    }

    public void Dispose() => _timer.Dispose();

    private async Task<bool> WaitAsync(Waiter waiter, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await waiter.Task.WaitAsync(patience, _time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            // It may have been let through at the same moment.
            if (!waiter.TrySetCanceled(CancellationToken.None)) return true;
            lock (_gate) _notSent++;
            return false;
        }
        finally
        {
            waiter.TrySetCanceled(CancellationToken.None);
        }
    }

    private void Admit()
    {
        lock (_gate)
        {
            while (First() is { } waiter)
            {
                if (Wait(waiter.Lane) > TimeSpan.Zero) break;
                _waiting.Dequeue();
                if (waiter.TrySetResult()) _sent.Add(_time.GetTimestamp());
            }
            Schedule();
        }
    }

    private void Schedule()
    {
        if (First() is not { } waiter) return;
        TimeSpan wait = Wait(waiter.Lane);
        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    private bool IsSomebodyBefore(RestLane lane) => First() is { } waiter && waiter.Lane <= lane;

    /// <summary>The most urgent one that still waits.</summary>
    private Waiter? First()
    {
        while (_waiting.TryPeek(out Waiter? waiter, out _))
        {
            if (!waiter.Task.IsCompleted) return waiter;
            _waiting.Dequeue();
        }
        return null;
    }

    private TimeSpan Wait(RestLane lane)
    {
        long now = _time.GetTimestamp();
        long paused = lane == RestLane.Protection ? _urgentPausedUntil : _pausedUntil;
        if (paused > now) return _time.GetElapsedTime(now, paused);
        Trim();
        int capacity = _capacities[(int)lane];
        return _sent.Count < capacity ? TimeSpan.Zero : _limit.Window - _time.GetElapsedTime(_sent[_sent.Count - capacity], now);
    }

    private void Trim()
    {
        long now = _time.GetTimestamp();
        int old = 0;
        while (old < _sent.Count && _time.GetElapsedTime(_sent[old], now) >= _limit.Window) old++;
        if (old > 0) _sent.RemoveRange(0, old);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private sealed class Waiter(RestLane lane) : TaskCompletionSource(Turns.Later)
    {
        public RestLane Lane => lane;
    }
}

/// <param name="Calls">Calls that the gateway allows in the window.</param>
internal readonly record struct BudgetLimit(string Name, int Calls, TimeSpan Window)
{
    public static readonly BudgetLimit History = new("history", 50, TimeSpan.FromSeconds(30));

    /// <summary>All other calls, the login among them.</summary>
    public static readonly BudgetLimit Other = new("other", 200, TimeSpan.FromSeconds(60));
}
