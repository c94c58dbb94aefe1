using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>
/// The gateway's time now, from the newest times in its payloads: right although this computer's clock is wrong, and for a gateway that
/// replays the past. Until a payload has come it is this computer's time.
/// </summary>
/// <remarks>Takes the greatest difference of the last 10 to 20 s, the message with the least delay. At a replay faster than time it lags by what passes between two messages.</remarks>
internal sealed class VenueClock(TimeProvider time)
{
    private static readonly TimeSpan Bucket = TimeSpan.FromSeconds(10);

    /// <summary>Longer than any weekend with holidays: a replay may leave out closed hours.</summary>
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(10);
    private const int Believed = 3;

    private readonly Lock _gate = new();
    private readonly long _anchor = time.GetTimestamp();
    private readonly Timestamp _anchorTime = Timestamp.From(time.GetUtcNow());
    private TimeSpan? _ahead;
    private TimeSpan? _aheadBefore;
    private long _bucketStart;
    private int _strange;
    private TimeSpan _supposed;
    private bool _isSupposed;

    /// <summary>False while the time is this computer's or supposed.</summary>
    public bool HasHeard
    {
        get
        {
            lock (_gate) return _ahead is not null;
        }
    }

    public Timestamp Now
    {
        get
        {
            Timestamp local = Local(time.GetTimestamp());
            lock (_gate)
            {
                if (_ahead is not { } ahead) return local + _supposed;
                return local + (_aheadBefore is { } before && before > ahead ? before : ahead);
            }
        }
    }

    /// <summary>False for a time too far from the others to be believed; three such in a row, and they are the right ones.</summary>
    /// <param name="sent">The time in a payload that was sent when it happened: not the first one of a subscription, which may tell of long ago.</param>
    /// <param name="receivedAt">Monotonic ticks.</param>
    public bool Heard(Timestamp sent, long receivedAt)
    {
        TimeSpan ahead = sent - Local(receivedAt);
        lock (_gate)
        {
            bool isStrange = _ahead is { } known && (ahead - known > Farthest || known - ahead > Farthest);
            _strange = isStrange ? _strange + 1 : 0;
            if (isStrange && _strange < Believed) return false;
            if (isStrange) (_ahead, _aheadBefore) = (null, null);
            Take(ahead, receivedAt);
            return true;
        }
    }

    /// <summary>A time that may be of long ago: better than nothing.</summary>
    public void Suppose(Timestamp sent, long receivedAt)
    {
        TimeSpan ahead = sent - Local(receivedAt);
        lock (_gate)
        {
            if (!_isSupposed || ahead > _supposed) _supposed = ahead;
            _isSupposed = true;
        }
    }

    private void Take(TimeSpan ahead, long receivedAt)
    {
        if (_ahead is null || time.GetElapsedTime(_bucketStart, receivedAt) >= Bucket)
        {
            _aheadBefore = _ahead;
            _ahead = ahead;
            _bucketStart = receivedAt;
        }
        else if (ahead > _ahead) _ahead = ahead;
    }

    private Timestamp Local(long at) => _anchorTime + time.GetElapsedTime(_anchor, at);
}
