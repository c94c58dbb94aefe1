using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Market time: it starts where it is told and runs at its speed against real time. Infinite speed knows no waiting.</summary>
internal sealed class MarketClock
{
    private readonly TimeProvider _time;
    private readonly double _speed;
    private long _realAnchor;
    private Timestamp _marketAnchor;

    public MarketClock(TimeProvider time, Timestamp start, double speed)
    {
        _time = time;
        _speed = speed;
        _realAnchor = time.GetTimestamp();
        _marketAnchor = start;
    }

    public bool IsPaced => double.IsFinite(_speed);

    public Timestamp Now => IsPaced ? _marketAnchor + _time.GetElapsedTime(_realAnchor) * _speed : Timestamp.MaxValue;

    /// <summary>Real time until a market time is reached, at most a day; zero when it has been.</summary>
    public TimeSpan Until(Timestamp time)
    {
        if (!IsPaced) return TimeSpan.Zero;
        double milliseconds = (time - Now).TotalMilliseconds / _speed;
        // Rounded up, because timers cut off what is below a millisecond and a wait that ends too early would be repeated as a busy loop.
        return milliseconds <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(milliseconds, 86_400_000)));
    }

    /// <summary>Leaves out the time up to a later instant.</summary>
    public void SkipTo(Timestamp time)
    {
        _realAnchor = _time.GetTimestamp();
        _marketAnchor = time;
    }
}
