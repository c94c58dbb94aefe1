namespace Tradewind.Brokers.ProjectX;

/// <summary>
/// Work that goes on later. It follows the synchronization context that it is begun in: a host that has one (the seeded worlds, which run all of this in one thread under
/// virtual time) gets every continuation as a turn of its own; without one, as in the program, it runs on the pool. For the same reason awaits do not leave their context here.
/// </summary>
internal static class Turns
{
    /// <summary>For completions that others wait for: whoever completes one does not run them. A context gives them a turn of their own; the pool has to be told to.</summary>
    public static TaskCreationOptions Later => SynchronizationContext.Current is null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

    /// <summary>Begins in another turn.</summary>
    public static Task Run(Func<Task> work) => SynchronizationContext.Current is { } context ? Post(context, work).Unwrap() : Task.Run(work);

    /// <inheritdoc cref="Run(Func{Task})"/>
    public static Task<T> Run<T>(Func<Task<T>> work) => SynchronizationContext.Current is { } context ? Post(context, work).Unwrap() : Task.Run(work);

    private static Task<T> Post<T>(SynchronizationContext context, Func<T> work)
    {
        var begun = new TaskCompletionSource<T>();
        context.Post(_ => begun.SetResult(work()), null);
        return begun.Task;
    }
}
