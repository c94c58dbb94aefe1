using Tradewind.Core.Engine;
using Tradewind.Live;
using Tradewind.Storage;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running;

/// <summary>The session's journal file behind the port that the runner knows.</summary>
/// <remarks>A thread of its own waits for the disk, once for all who wait at the same time: waiting on the pool's threads would take them from the feed.</remarks>
internal sealed class SessionJournal : IJournal
{
    private readonly JournalWriter _writer;
    private readonly Thread _thread;
    private readonly object _gate = new();
    private List<Waiter> _waiting = [];
    private bool _isEnding;

    public SessionJournal(JournalWriter writer)
    {
        _writer = writer;
        _thread = new(Commit) { IsBackground = true, Name = "journal commit" };
        _thread.Start();
    }

    public long AppendedSequence => _writer.AppendedSequence;

    public long DurableSequence => _writer.DurableSequence;

    /// <summary>Where the next record will begin; for the thread that appends.</summary>
    public long EndOffset => _writer.EndOffset;

    public bool IsSpaceLow => _writer.IsSpaceLow;

    public string? Fault => _writer.Failure?.Message;

    public long Append(in Input input, ulong hashBefore) => _writer.Append(in input, hashBefore);

    public ValueTask WaitDurableAsync(long sequence, CancellationToken cancel)
    {
        if (_writer.DurableSequence >= sequence) return ValueTask.CompletedTask;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isEnding, this);
            _waiting.Add(new(sequence, done));
            Monitor.Pulse(_gate);
        }
        return new(done.Task.WaitAsync(cancel));
    }

    /// <summary>Waits on the caller's thread.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public void WaitDurable(long sequence) => _writer.WaitDurable(sequence);

    public void Complete(ulong finalHash) => _writer.Complete(finalHash);

    /// <summary>Those who still wait are answered first.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isEnding = true;
            Monitor.Pulse(_gate);
        }
        _thread.Join();
        _writer.Dispose();
    }

    private void Commit()
    {
        List<Waiter> group = [];
        while (TakeGroup(ref group))
        {
            try
            {
                _writer.WaitDurable(group.Max(waiter => waiter.Sequence));
                foreach (Waiter waiter in group) waiter.Done.SetResult();
            }
            catch (Exception fault) when (fault is StorageException or ObjectDisposedException)
            {
                foreach (Waiter waiter in group) waiter.Done.SetException(fault);
            }
            group.Clear();
        }
    }

    /// <summary>False when nobody waits and nobody will.</summary>
    private bool TakeGroup(ref List<Waiter> group)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isEnding) Monitor.Wait(_gate);
            (_waiting, group) = (group, _waiting);
            return group.Count > 0;
        }
    }

    private readonly record struct Waiter(long Sequence, TaskCompletionSource Done);
}
