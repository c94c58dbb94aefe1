using Tradewind.Chaos.World;

namespace Tradewind.Chaos.Gateway;

/// <summary>The machine's clocks for one life of a program, with timers that its one thread hears.</summary>
/// <param name="host">The machine's clocks.</param>
/// <param name="inside">Does something in the program's thread, unless that has died since.</param>
internal sealed class LifeTime(TimeProvider host, Agenda agenda, Action<Action> inside) : TimeProvider
{
    public override long TimestampFrequency => host.TimestampFrequency;

    public override long GetTimestamp() => host.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => host.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(() => inside(() => callback(state)), agenda);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(Action ring, Agenda agenda) : ITimer
    {
        private TimeSpan _period;

        /// <summary>Of what was set last; earlier settings do not ring.</summary>
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _setting++;
            if (dueTime != Timeout.InfiniteTimeSpan) After(dueTime, _setting);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void After(TimeSpan wait, int setting) => agenda.After(wait, () =>
        {
            if (setting != _setting) return;
            if (_period > TimeSpan.Zero) After(_period, setting);
            ring();
        });
    }
}
