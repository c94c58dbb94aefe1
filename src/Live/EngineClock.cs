using Tradewind.Core.Model;

namespace Tradewind.Live;

/// <summary>Tells the engine's time at the edge. Only the runner's thread asks it; the engine learns the time from its inputs.</summary>
public abstract class EngineClock
{
    /// <summary>Never goes back.</summary>
    public abstract Timestamp Now { get; }

    /// <summary>Hears the venue's time of each market event.</summary>
    public virtual void Observe(Timestamp venueTime)
    {
    }
}

/// <summary>The machine's clock, for live venues.</summary>
/// <remarks>
/// A clock that is set back stops nothing: limits of time go on by the machine's steady time, at 99 % of its pace until the clock has caught up. One that is set forward, as
/// after a machine's sleep, is followed at once.
/// </remarks>
public sealed class WallClock(TimeProvider time) : EngineClock
{
    /// <summary>When the clock was last as far as time had come.</summary>
    private Timestamp _anchor;
    private long _anchoredAt;

    public override Timestamp Now
    {
        get
        {
            long readAt = time.GetTimestamp();
            Timestamp clock = Timestamp.From(time.GetUtcNow());
            Timestamp steady = _anchor + time.GetElapsedTime(_anchoredAt, readAt) * 0.99;
            if (clock < steady) return steady;
            _anchoredAt = readAt;
            return _anchor = clock;
        }
    }
}

/// <summary>Follows the times that the market data carries, for simulated and replayed markets whose day is not today.</summary>
/// <remarks>Between two events it runs on with the machine's clock, for at most one second, so that a silent market does not run ahead of itself.</remarks>
public sealed class MarketClock(TimeProvider time) : EngineClock
{
    private static readonly TimeSpan Reach = TimeSpan.FromSeconds(1);

    private Timestamp _anchor;
    private Timestamp _last;
    private long _anchoredAt;

    public override Timestamp Now
    {
        get
        {
            TimeSpan since = _anchor.Nanoseconds == 0 ? TimeSpan.Zero : time.GetElapsedTime(_anchoredAt);
            Timestamp now = _anchor + (since < Reach ? since : Reach);
            return _last = now > _last ? now : _last;
        }
    }

    public override void Observe(Timestamp venueTime)
    {
        if (venueTime < _anchor) return;
        _anchor = venueTime;
        _anchoredAt = time.GetTimestamp();
    }
}
