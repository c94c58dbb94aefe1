using Tradewind.Chaos.World;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.Host;

/// <summary>The clocks of the machine that the program runs on: a steady one, and one of the day that people and time servers set.</summary>
internal sealed class HostTime(Agenda agenda) : TimeProvider
{
    private TimeSpan _offset;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => agenda.Now.Nanoseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(agenda.Now.Nanoseconds / 100) + _offset;

    /// <summary>Sets the clock of the day beside the true time; zero sets it right.</summary>
    public void Set(TimeSpan offset) => _offset = offset;

    /// <summary>Sets it to the true time, or as far ahead as an earlier life of the program took it for: what that has written down is of no later time.</summary>
    public void SetAfter(Timestamp told) => _offset = told > agenda.Now ? told - agenda.Now : TimeSpan.Zero;
}
