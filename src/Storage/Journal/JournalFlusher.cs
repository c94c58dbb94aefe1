namespace Tradewind.Storage.Journal;

/// <summary>A thread that flushes at a steady pace. A thread of its own, so that a starved pool cannot leave inputs undurable.</summary>
internal sealed class JournalFlusher : IDisposable
{
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;

    public JournalFlusher(TimeSpan interval, Action flush)
    {
        _thread = new(() =>
        {
            while (!_stop.Wait(interval)) flush();
        })
        {
            IsBackground = true,
            Name = "journal flush",
        };
        _thread.Start();
    }

    /// <summary>Returns when no flush runs any more.</summary>
    public void Dispose()
    {
        _stop.Set();
        if (_thread.IsAlive) _thread.Join();
    }
}
