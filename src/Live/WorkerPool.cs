using Tradewind.Core.Strategies;

namespace Tradewind.Live;

/// <summary>A fixed number of threads that work side by side with the one that asks: the asking one takes its share, and the call returns when all is done.</summary>
/// <remarks>Between two calls the threads spin for a moment and then sleep, so that a quiet market costs nothing. One caller at a time.</remarks>
public sealed class WorkerPool : IWorkers, IDisposable
{
    private readonly Thread[] _threads;
    private readonly object _wake = new();
    private readonly int _spins;
    private Action<int> _work = _ => { };
    private int _count;
    private int _next;
    private int _round;
    private int _working;
    private int _asleep;
    private volatile bool _isEnding;

    /// <param name="threads">Threads beside the caller's, 1 to 64.</param>
    /// <param name="spins">How often a thread looks for the next call before it sleeps; 0 to sleep at once.</param>
    public WorkerPool(int threads, int spins = 2_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 64);
        ArgumentOutOfRangeException.ThrowIfNegative(spins);
        _spins = spins;
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Loop) { Name = $"strategies {i + 1}", IsBackground = true })];
        foreach (Thread thread in _threads) thread.Start();
    }

    public void Run(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        (_work, _count) = (work, count);
        _next = 0;
        Volatile.Write(ref _working, _threads.Length);
        Begin();
        Share();
        var wait = new SpinWait();
        while (Volatile.Read(ref _working) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    public void Dispose()
    {
        _isEnding = true;
        Begin();
        foreach (Thread thread in _threads) thread.Join();
    }

    /// <summary>Counts the round first and looks for sleepers then; <see cref="Sleep"/> does it the other way round, so that one of the two sees the other.</summary>
    private void Begin()
    {
        Interlocked.Increment(ref _round);
        if (Volatile.Read(ref _asleep) == 0) return;
        lock (_wake) Monitor.PulseAll(_wake);
    }

    private void Sleep(int seen)
    {
        lock (_wake)
        {
            Interlocked.Increment(ref _asleep);
            while (Volatile.Read(ref _round) == seen) Monitor.Wait(_wake);
            Interlocked.Decrement(ref _asleep);
        }
    }

    private void Share()
    {
        int count = _count;
        Action<int> work = _work;
        for (int i = Interlocked.Increment(ref _next) - 1; i < count; i = Interlocked.Increment(ref _next) - 1) work(i);
    }

    private void Loop()
    {
        int seen = 0;
        while (true)
        {
            AwaitRound(ref seen);
            if (_isEnding) return;
            Share();
            Interlocked.Decrement(ref _working);
        }
    }

    private void AwaitRound(ref int seen)
    {
        var wait = new SpinWait();
        for (int i = 0; i < _spins && Volatile.Read(ref _round) == seen; i++) wait.SpinOnce(sleep1Threshold: -1);
        if (Volatile.Read(ref _round) == seen) Sleep(seen);
        seen = Volatile.Read(ref _round);
    }
}
