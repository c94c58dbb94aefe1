namespace Tradewind.Brokers.ProjectX;

/// <summary>Work that runs beside the feed's loops and ends with it. A fault in it is the feed's fault.</summary>
internal sealed class Background
{
    private readonly TaskCompletionSource _faulted = new(Turns.Later);
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Fails with the first fault; never completes otherwise.</summary>
    public Task Faulted => _faulted.Task;

    /// <param name="scope">Ends the work when canceled; that is no fault.</param>
    public void Run(Func<CancellationToken, Task> work, CancellationToken scope)
    {
        Task task = Turns.Run(() => GuardAsync(work, scope));
        lock (_gate) _running.Add(task);
        task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Returns when all has ended; call it after canceling.</summary>
    public Task EndAsync()
    {
        lock (_gate) return Task.WhenAll(_running);
    }

    private void Forget(Task task)
    {
        lock (_gate) _running.Remove(task);
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken scope)
    {
        try
        {
            await work(scope);
        }
        catch (OperationCanceledException) when (scope.IsCancellationRequested)
        {
        }
        catch (Exception fault)
        {
            _faulted.TrySetException(fault);
        }
    }
}
