using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;
using Tradewind.Live.Sync;
using Tradewind.Storage;
using Tradewind.Storage.Journal;

namespace Tradewind.App.Running.Recovering;

/// <summary>Writes now and then where the session stands, so that a restart need not run all of its journal again. The engine's thread takes the state; the disk is waited for elsewhere.</summary>
/// <param name="warn">Hears once that the disk refuses.</param>
/// <param name="written">Is told that the bytes of one are on the disk and its name is not.</param>
internal sealed class Checkpoints(Engine engine, SessionJournal journal, string session, string path, TimeProvider time, Action<string> warn, Action? written) : IOutputSink
{
    /// <summary>At 20,000 inputs a second that is 0.2 million to run again, some 0.1 s.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly AccountBooks _books = new();
    private long _taken = time.GetTimestamp();
    private long _sequence;
    private long _offset;
    private long _lastSequence;
    private Task _writing = Task.CompletedTask;
    private bool _isOff;

    public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
    {
        _books.On(engine, in input, outputs);
        (_sequence, _offset) = (sequence, journal.EndOffset);
        if (input.Kind != InputKind.Timer || _isOff || !_writing.IsCompleted || time.GetElapsedTime(_taken) < Interval) return;
        _taken = time.GetTimestamp();
        if (Take() is { } taken) _writing = Task.Run(() => Write(taken));
    }

    /// <summary>Where the session ended; the runner must have ended before.</summary>
    public async Task EndAsync()
    {
        await _writing.ConfigureAwait(false);
        if (!_isOff && Take() is { } taken) Write(taken);
    }

    private Checkpoint? Take()
    {
        if (_sequence == _lastSequence) return null;
        _lastSequence = _sequence;
        try
        {
            return new(session, BuildVersion.Text, _sequence, _offset, engine.OutputHash, SessionState.Take(engine, _books));
        }
        catch (InvalidOperationException)
        {
            // A version of a strategy was swapped in: only the journal tells how to build an equal engine.
            _isOff = true;
            File.Delete(path);
            return null;
        }
    }

    private void Write(Checkpoint taken)
    {
        try
        {
            journal.WaitDurable(taken.Sequence, CancellationToken.None);
            taken.Write(path, written);
        }
        catch (Exception fault) when (fault is StorageException or InputException)
        {
            _isOff = true;
            warn($"{fault.Message.TrimEnd('.')}: no more checkpoints, so that a restart after a crash takes as long as the journal is.");
        }
    }
}
