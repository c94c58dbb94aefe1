using Tradewind.Core.Model;

namespace Tradewind.Live.Sync;

/// <summary>Where the synchroniser stands: in time, in the sequence of what it heard, and whether the stream flows.</summary>
internal sealed class SyncMoment(Timestamp start)
{
    /// <summary>Runs with the caller's clock and never back: durations are measured with it.</summary>
    public Timestamp Now { get; private set; } = start;

    /// <summary>What the caller's clock shows.</summary>
    public Timestamp Clock { get; private set; } = start;

    /// <summary>Counts what the stream and our own sendings told: a reply is as old as the count at which its request was made.</summary>
    public long Sequence { get; private set; }

    public bool IsStreamUp { get; set; }

    /// <summary>A clock that was set back stands still for one call and then goes on from there.</summary>
    public void Advance(Timestamp clock)
    {
        if (clock > Clock) Now = new(Now.Nanoseconds + (clock.Nanoseconds - Clock.Nanoseconds));
        Clock = clock;
    }

    public long Next() => ++Sequence;

    /// <summary>What the caller's clock will show at an instant of <see cref="Now"/>.</summary>
    public Timestamp ClockAt(Timestamp instant) => instant == Timestamp.MaxValue ? instant : new(Clock.Nanoseconds + (instant.Nanoseconds - Now.Nanoseconds));
}
