namespace Tradewind.App.Terminal;

/// <summary>Says once that work stands still: a strategy that does not return cannot be interrupted, only the whole program.</summary>
internal sealed class StallWatch : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Func<long> _progress;
    private readonly Action _say;
    private readonly ITimer _timer;
    private long _last = -1;

    /// <param name="progress">A count that grows while the work goes on. Asked from another thread.</param>
    /// <param name="at">Where it stands, in words. Asked from another thread.</param>
    public StallWatch(Func<long> progress, Func<string> at, Surroundings around)
    {
        _progress = progress;
        _say = () => around.SayNote($"For {Patience.TotalSeconds:F0} s nothing has gone on: a strategy has not returned from {at()}. Ctrl-C ends it.");
        _timer = around.Time.CreateTimer(_ => Look(), null, Patience, Patience);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long now = _progress();
        if (now == _last)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _say();
        }
        _last = now;
    }
}
