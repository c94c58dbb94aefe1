using Tradewind.Core.Strategies;

namespace Tradewind.Live;

/// <summary>A fixed number of threads that work side by side with the one that asks: the asking one takes its share, and the call returns when all is done.</summary>
/// <remarks>Between two calls the threads spin for a moment and then sleep, so that a quiet market costs nothing. One caller at a time.</remarks>
public sealed class WorkerPool : IWorkers, IDisposable
{
    private const int Spins = 2_000;

    private readonly Thread[] _threads;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int> _work = _ => { };
    private int _count;
    private int _next;
    private int _round;
    private int _working;
    private int _asleep;
    private volatile bool _isEnding;

    /// <param name="threads">Threads beside the caller's, 1 to 64.</param>
    public WorkerPool(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threads, 64);
        _threads = [.. Enumerable.Range(0, threads).Select(i => new Thread(Loop) { Name = $"strategies {i + 1}", IsBackground = true })];
        foreach (Thread thread in _threads) thread.Start();
    }

    public void Run(int count, Action<int> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        (_work, _count) = (work, count);
        _next = 0;
        Volatile.Write(ref _working, _threads.Length);
        Interlocked.Increment(ref _round);
        int asleep = Volatile.Read(ref _asleep);
        if (asleep > 0) _wake.Release(asleep);
        Share();
        var wait = new SpinWait();
        while (Volatile.Read(ref _working) > 0) wait.SpinOnce(sleep1Threshold: -1);
    }

    public void Dispose()
    {
        _isEnding = true;
        Interlocked.Increment(ref _round);
        _wake.Release(_threads.Length);
        foreach (Thread thread in _threads) thread.Join();
        _wake.Dispose();
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
        for (int i = 0; Volatile.Read(ref _round) == seen; i++)
        {
            if (i < Spins)
            {
                wait.SpinOnce(sleep1Threshold: -1);
                continue;
            }
            Interlocked.Increment(ref _asleep);
            // Looked at again once it counts as asleep: a round that began in between has seen it and wakes it, or is seen here.
            if (Volatile.Read(ref _round) == seen) _wake.Wait();
            Interlocked.Decrement(ref _asleep);
            i = 0;
        }
        seen = Volatile.Read(ref _round);
    }
}
