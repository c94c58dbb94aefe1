using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>Appends the inputs of a session to a file from which the session can be run again.</summary>
/// <remarks>
/// One thread appends; any thread may flush or wait. An append copies into a buffer and touches neither disk nor heap. Whoever waits for
/// durability writes and syncs for all that was appended until then, and others that wait meanwhile share the sync (group commit).
/// After a failed write or sync nothing more is accepted: what of it arrived is unknown, so a retry could not be trusted.
/// </remarks>
public sealed class JournalWriter : IDisposable
{
    private readonly string _path;
    private readonly JournalFile _file;
    private readonly Lock _bufferGate = new();
    private readonly Lock _writeGate = new();
    private readonly Lock _syncGate = new();
    private readonly JournalFlusher? _flusher;
    private readonly Action<JournalStep>? _step;
    private byte[] _filling;
    private byte[] _writing;
    private int _filled;
    private long _appended;
    private long _end;
    private long _written;
    private long _durable;
    private StorageException? _failure;
    private bool _isClosed;

    /// <exception cref="InputException">The file exists already or cannot be created.</exception>
    /// <exception cref="StorageException">The disk is full or failed.</exception>
    public JournalWriter(string path, JournalHeader header, JournalOptions? options = null)
    {
        options ??= JournalOptions.Default;
        options.Validate();
        _path = path;
        _step = options.Step;
        _filling = new byte[options.BufferBytes];
        _writing = new byte[options.BufferBytes];
        _file = new(path, header.ToBytes(), options.ReserveBytes);
        _end = _file.Length;
        if (options.FlushInterval is { } interval) _flusher = new(interval, Tend);
    }

    /// <summary>Sequence of the last input appended; 0 before the first.</summary>
    public long AppendedSequence => Volatile.Read(ref _appended);

    /// <summary>Where the record of the next input will begin. For the thread that appends.</summary>
    public long EndOffset => Volatile.Read(ref _end);

    /// <summary>Every input up to here survives a loss of power.</summary>
    public long DurableSequence => Volatile.Read(ref _durable);

    /// <summary>The disk is nearly full: take no new risk. Half of the reserve is left for cancels and exits.</summary>
    public bool IsSpaceLow => _file.IsSpaceLow;

    /// <summary>What made the journal stop; null while it works.</summary>
    public StorageException? Failure => Volatile.Read(ref _failure);

    /// <summary>Adds an input; returns its sequence, counted from 1. Call it before the engine processes the input.</summary>
    /// <param name="outputHash">The engine's hash of all outputs so far.</param>
    /// <exception cref="StorageException">The disk failed, now or before; see <see cref="DurableSequence"/> for what is safe.</exception>
    public long Append(in Input input, ulong outputHash)
    {
        int room = JournalRecord.TotalFor(InputCodec.MostBytes(input));
        while (true)
        {
            lock (_bufferGate)
            {
                ThrowIfUnusable();
                if (_filled == 0 && room > _filling.Length) _filling = new byte[room];
                if (room <= _filling.Length - _filled)
                {
                    Span<byte> record = _filling.AsSpan(_filled);
                    int payload = InputCodec.Write(input, record[JournalRecord.FrameBytes..]);
                    return Add(JournalRecordKind.Input, (byte)input.Kind, outputHash, payload);
                }
            }
            Flush(durable: false);
        }
    }

    /// <summary>Writes what was appended to the file and, if asked, waits until it is on the disk.</summary>
    /// <exception cref="StorageException">The disk failed, now or before.</exception>
    public void Flush(bool durable)
    {
        if (durable) WaitDurable(AppendedSequence);
        else WriteOut();
    }

    /// <summary>Returns once the input of that sequence survives a loss of power.</summary>
    /// <exception cref="StorageException">The disk failed, now or before: the input may be lost.</exception>
    public void WaitDurable(long sequence)
    {
        if (DurableSequence >= sequence) return;
        lock (_syncGate)
        {
            if (DurableSequence < sequence) Sync();
        }
    }

    /// <summary>Ends the journal in order: everything durable, then the final hash, then a mark that the hash is durable.</summary>
    /// <exception cref="StorageException">The disk failed, now or before; what was durable stays so.</exception>
    public void Complete(ulong finalHash)
    {
        _flusher?.Dispose();
        Flush(durable: true);
        _step?.Invoke(JournalStep.Closing);
        AddMark(JournalRecordKind.Close, finalHash);
        Flush(durable: true);
        _step?.Invoke(JournalStep.Marked);
        AddMark(JournalRecordKind.End, finalHash);
        Flush(durable: true);
        _step?.Invoke(JournalStep.Ended);
        _isClosed = true;
        TrimQuietly();
        _file.Dispose();
    }

    /// <summary>Without <see cref="Complete"/> before it, writes what it can and leaves the journal as after a crash: whole, but without its end.</summary>
    public void Dispose()
    {
        _flusher?.Dispose();
        if (!_isClosed && Failure is null)
        {
            FlushQuietly();
            TrimQuietly();
        }
        _isClosed = true;
        _file.Dispose();
    }

    private void AddMark(JournalRecordKind kind, ulong hash)
    {
        lock (_bufferGate)
        {
            ThrowIfUnusable();
            Add(kind, 0, hash, 0);
        }
    }

    private long Add(JournalRecordKind kind, byte inputKind, ulong hash, int payload)
    {
        long sequence = _appended + 1;
        uint notDurable = (uint)Math.Min(uint.MaxValue, sequence - DurableSequence);
        var record = new JournalRecord(kind, inputKind, sequence, hash, notDurable, payload);
        record.WriteFrame(_filling.AsSpan(_filled, record.TotalBytes));
        _filled += record.TotalBytes;
        _end += record.TotalBytes;
        Volatile.Write(ref _appended, sequence);
        return sequence;
    }

    /// <summary>Puts everything on the disk that was appended until now. Inside the gate.</summary>
    private void Sync()
    {
        WriteOut();
        long upTo = Volatile.Read(ref _written);
        try
        {
            _file.Sync();
        }
        catch (IOException fault)
        {
            throw Fail(fault);
        }
        _step?.Invoke(JournalStep.Synced);
        Volatile.Write(ref _durable, upTo);
    }

    /// <summary>Hands the filled buffer to the file; appending goes on in the other one.</summary>
    private void WriteOut()
    {
        lock (_writeGate)
        {
            int length;
            long upTo;
            lock (_bufferGate)
            {
                ThrowIfUnusable();
                (_filling, _writing) = (_writing, _filling);
                length = _filled;
                upTo = _appended;
                _filled = 0;
            }
            try
            {
                if (length > 0) Append(_writing.AsSpan(0, length));
            }
            catch (IOException fault)
            {
                throw Fail(fault);
            }
            Volatile.Write(ref _written, upTo);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        _step?.Invoke(JournalStep.Writing);
        _file.Append(bytes);
        _step?.Invoke(JournalStep.Written);
    }

    /// <summary>Now and then: what was appended goes to the disk, and space beyond it is made ready for what comes, so that no order waits for that.</summary>
    private void Tend()
    {
        try
        {
            if (!WriteAhead())
            {
                Flush(durable: true);
                return;
            }
            lock (_syncGate) Sync();
        }
        catch (StorageException)
        {
            // kept in Failure
        }
    }

    private bool WriteAhead()
    {
        lock (_writeGate)
        {
            try
            {
                return _file.WriteAhead();
            }
            catch (IOException fault)
            {
                throw Fail(fault);
            }
        }
    }

    /// <summary>For callers that nobody listens to: the failure stays, and the next append throws it.</summary>
    private void FlushQuietly()
    {
        try
        {
            Flush(durable: true);
        }
        catch (StorageException)
        {
            // kept in Failure
        }
    }

    /// <summary>Space that cannot be given back is no loss of data.</summary>
    private void TrimQuietly()
    {
        try
        {
            _file.Trim();
        }
        catch (IOException)
        {
            // the file stays as long as it was; its end reads as zero
        }
    }

    private StorageException Fail(IOException fault)
    {
        StorageException failure = DiskFault.Describe(_path, fault, $"the journal ends: inputs up to sequence {DurableSequence} are safe, later ones may be lost");
        Interlocked.CompareExchange(ref _failure, failure, null);
        return Failure!;
    }

    private void ThrowIfUnusable()
    {
        if (Failure is { } failure) throw new StorageException(failure.Message, failure);
        ObjectDisposedException.ThrowIf(_isClosed, this);
    }
}
