using Microsoft.Data.Sqlite;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>Stores the outputs of one run, on a thread of its own.</summary>
/// <remarks>
/// The engine's thread only copies into a queue: it never waits and nothing here can stop it. The rule when the queue is full: equity marks are
/// dropped beyond half of it, everything else beyond the whole; what is left out is counted in <see cref="Health"/> and in the run's row, and is
/// added by recording the run again from its journal. A locked database or a full disk is tried again until it works.
/// </remarks>
public sealed class RunRecorder : IDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);

    private readonly SqliteStore _store;
    private readonly SqliteConnection _connection;
    private readonly RunRows _rows;
    private readonly RecorderQueue _queue;
    private readonly Thread _thread;
    private volatile RunEnd? _end;
    private volatile bool _isAbandoned;
    private volatile string? _fault;
    private long _stored;

    internal RunRecorder(SqliteStore store, SqliteConnection connection, StoredRun run, RunNames names, StoreOptions options)
    {
        _store = store;
        _connection = connection;
        _rows = new(connection, run, names);
        _queue = new(options.QueueCapacity, options.Gather);
        _thread = new(Write) { IsBackground = true, Name = "store" };
        _thread.Start();
    }

    public RecorderHealth Health => new(_queue.Count, Interlocked.Read(ref _stored), _queue.LeftOut, _fault);

    /// <summary>Takes the outputs of an input that are worth storing. Called by one thread; returns at once and does not throw.</summary>
    /// <param name="sequence">The journal's sequence of the input.</param>
    public void Record(long sequence, ReadOnlySpan<Output> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Kind is not (OutputKind.BarClosed or OutputKind.CancelRequested or OutputKind.None)) _queue.Add(sequence, i, in outputs[i]);
        }
    }

    /// <summary>Takes an equity mark; dropped when the queue is more than half full. One for each moment: a second one of the same time is ignored.</summary>
    public void Record(in EquityMark mark) => _queue.Add(in mark);

    /// <summary>Stores what still waits and the run's end.</summary>
    /// <exception cref="StorageException">The database could not take it all in time; the sentence says how much is missing.</exception>
    public void Complete(Timestamp ended, long inputs, ulong finalHash, TimeSpan limit)
    {
        _end = new(ended, inputs, finalHash);
        _queue.Wake();
        bool isDone = _thread.Join(limit);
        if (isDone && _fault is null) return;
        _isAbandoned = true;
        string reason = _fault ?? $"{_store.Path}: the database is slow.";
        throw new StorageException($"{reason} {_queue.Count + _queue.LeftOut} outputs of the run and its end are not in the database; the journal has them.");
    }

    /// <summary>Without <see cref="Complete"/> before it, stores what can be stored within a second and leaves the run without an end.</summary>
    public void Dispose()
    {
        _queue.Wake();
        _thread.Join(TimeSpan.FromSeconds(1));
        _isAbandoned = true;
    }

    /// <summary>The thread's work; the connection is its own.</summary>
    private void Write()
    {
        using SqliteConnection connection = _connection;
        using RunRows rows = _rows;
        bool isLast;
        do
        {
            ReadOnlySpan<RecorderItem> batch = _queue.Take();
            isLast = batch.IsEmpty;
            if (!TryWrite(batch, isLast ? _end : null)) return;
            _queue.Release();
        }
        while (!isLast);
    }

    /// <summary>Tries until it works; false when it never will or nobody waits for it any more.</summary>
    private bool TryWrite(ReadOnlySpan<RecorderItem> batch, RunEnd? end)
    {
        while (true)
        {
            try
            {
                _rows.Store(batch, end, _queue.LeftOut);
                Interlocked.Add(ref _stored, batch.Length);
                _fault = null;
                return true;
            }
            catch (SqliteException fault)
            {
                _fault = DatabaseFault.Sentence(_store.Path, fault);
                if (_isAbandoned || !DatabaseFault.IsPassing(fault))
                {
                    _queue.Close();
                    return false;
                }
            }
            Thread.Sleep(RetryPause);
        }
    }
}

/// <summary>How a run ended.</summary>
internal sealed record RunEnd(Timestamp Ended, long Inputs, ulong FinalHash);
