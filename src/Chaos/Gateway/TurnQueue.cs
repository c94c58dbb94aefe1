namespace Tradewind.Chaos.Gateway;

/// <summary>The one thread of a program in virtual time: what its tasks have yet to do waits here for its turn, in the order in which it came.</summary>
/// <remarks>
/// Each turn has a context of its own, so that no task goes on inside the call that completes what it waits for. What completes one from outside
/// (an answer, a timer) does so without any context, for the class library sends continuations to the pool where it meets a strange one.
/// </remarks>
internal sealed class TurnQueue
{
    private readonly Queue<(SendOrPostCallback Call, object? State)> _waiting = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _hasStrayed;

    /// <summary>Does something in a turn of its own: what it awaits goes on here.</summary>
    public void Run(Action what)
    {
        SynchronizationContext? before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Turn(this));
        try
        {
            what();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>The next turn; false when nothing waits for one.</summary>
    /// <exception cref="InvalidOperationException">Something ran on another thread: the world cannot be repeated.</exception>
    public bool TryRun()
    {
        if (_hasStrayed) throw new InvalidOperationException("A task of the adapter went on outside the world's one thread.");
        if (!_waiting.TryDequeue(out (SendOrPostCallback Call, object? State) next)) return false;
        Run(() => next.Call(next.State));
        return true;
    }

    private void Post(SendOrPostCallback call, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) _hasStrayed = true;
        else _waiting.Enqueue((call, state));
    }

    private sealed class Turn(TurnQueue queue) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => queue.Post(d, state);

        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nobody waits in a world.");

        public override SynchronizationContext CreateCopy() => this;
    }
}
