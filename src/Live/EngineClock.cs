using System.Globalization;
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
/// <param name="warn">Hears, once each time, that the clock was set back by more than two seconds; null for nobody.</param>
public sealed class WallClock(TimeProvider time, Action<string>? warn = null) : EngineClock
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>When the clock was last as far as time had come.</summary>
    private Timestamp _anchor;
    private long _anchoredAt;
    private bool _isTold;

    public override Timestamp Now
    {
        get
        {
            long readAt = time.GetTimestamp();
            Timestamp clock = Timestamp.From(time.GetUtcNow());
            Timestamp steady = _anchor + time.GetElapsedTime(_anchoredAt, readAt) * 0.99;
            if (clock < steady)
            {
                Tell(steady - clock);
                return steady;
            }
            _isTold = false;
            _anchoredAt = readAt;
            return _anchor = clock;
        }
    }

    private void Tell(TimeSpan behind)
    {
        if (_isTold || behind <= Tolerance) return;
        _isTold = true;
        warn?.Invoke(string.Create(CultureInfo.InvariantCulture, $"This machine's clock was set back by {behind.TotalSeconds:0.#} s. Limits of time go on as before, but bars and sessions end that much early by it: start a new session if the clock is right now."));
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
