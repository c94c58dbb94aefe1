using Microsoft.Win32.SafeHandles;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>An input as it was recorded.</summary>
/// <param name="Offset">Where its record begins in the file, in bytes.</param>
/// <param name="OutputHash">The engine's hash of all outputs before this input was processed.</param>
public readonly record struct JournalEntry(long Sequence, long Offset, ulong OutputHash, Input Input);

/// <summary>How a journal ends.</summary>
/// <param name="FinalHash">The engine's hash at the end of the session; null when the session did not end in order, or still runs.</param>
/// <param name="Cut">A sentence about bytes at the end that hold no whole record and were left out; null when there are none.</param>
public sealed record JournalEnd(ulong? FinalHash, string? Cut);

/// <summary>Reads a journal from its start, record by record, and checks each.</summary>
/// <remarks>The file may still be written to: the reader sees what was there when it came to the end.</remarks>
public sealed class JournalReader : IDisposable
{
    private readonly string _path;
    private readonly JournalBytes _bytes;
    private long _offset;
    private long _sequence;
    private ulong? _finalHash;

    /// <exception cref="InputException">There is no such file, it is no journal, of a newer version or damaged.</exception>
    public JournalReader(string path)
    {
        _path = path;
        using (FileStream probe = InputFile.Open(path)) _bytes = new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        try
        {
            int length = JournalHeader.LengthOf(_bytes.At(0, JournalHeader.FixedBytes), path);
            Header = JournalHeader.Read(_bytes.At(0, length), length, path);
            _offset = length;
        }
        catch
        {
            _bytes.Dispose();
            throw;
        }
    }

    /// <summary>True when the file is what a process leaves that died before its journal had a header: nothing was ever recorded in it.</summary>
    public static bool NeverBegan(string path)
    {
        using FileStream probe = InputFile.Open(path);
        byte[] bytes = new byte[1 << 20];
        int first = probe.ReadAtLeast(bytes, JournalHeader.FixedBytes, throwOnEndOfStream: false);
        if (first < JournalHeader.FixedBytes) return bytes.AsSpan(0, first).IndexOfAnyExcept((byte)0) < 0 || JournalHeader.Magic.StartsWith(bytes.AsSpan(0, Math.Min(first, JournalHeader.Magic.Length)));
        for (int read = first; read > 0; read = probe.Read(bytes))
        {
            if (bytes.AsSpan(0, read).IndexOfAnyExcept((byte)0) >= 0) return false;
        }
        return true;
    }

    /// <summary>Gives back the disk space that a session held ready when it died. Nobody may write to the journal any more; what is left of an unfinished record stays.</summary>
    public static void GiveBackReserve(string path)
    {
        try
        {
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            byte[] bytes = new byte[1 << 20];
            for (long end = RandomAccess.GetLength(file); end > 0; end -= Math.Min(end, bytes.Length))
            {
                Span<byte> block = bytes.AsSpan(0, (int)Math.Min(end, bytes.Length));
                RandomAccess.Read(file, block, end - block.Length);
                int used = block.LastIndexOfAnyExcept((byte)0) + 1;
                if (used == 0) continue;
                // A record may end with some zeroes of its own.
                const int Margin = 4096;
                RandomAccess.SetLength(file, Math.Min(RandomAccess.GetLength(file), (end - block.Length + used + 7) / 8 * 8 + Margin));
                return;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Space that cannot be given back is no loss of data.
        }
    }

    public JournalHeader Header { get; }

    /// <summary>How the journal ends; null until <see cref="TryRead"/> has returned false.</summary>
    public JournalEnd? End { get; private set; }

    /// <summary>Goes on behind a record without reading what comes before, as a <see cref="Checkpoint"/> says; false where no whole record of the next sequence begins there.</summary>
    /// <exception cref="InvalidOperationException">Something was read already.</exception>
    public bool TrySkipTo(long sequence, long offset)
    {
        if (_sequence != 0) throw new InvalidOperationException("A journal is skipped into before it is read.");
        if (offset < _offset || offset > _bytes.FileLength) return false;
        long start = _offset;
        _offset = offset;
        if (TryReadRecord(out JournalRecord record, out _) && record.Sequence == sequence + 1)
        {
            _sequence = sequence;
            return true;
        }
        _offset = start;
        return false;
    }

    /// <summary>The next input; false at the end of the journal.</summary>
    /// <exception cref="InputException">A record is damaged, out of sequence or of an unknown kind; the sentence names its offset and sequence.</exception>
    public bool TryRead(out JournalEntry entry)
    {
        entry = default;
        if (End is not null) return false;
        while (TryReadRecord(out JournalRecord record, out ReadOnlySpan<byte> bytes))
        {
            long offset = _offset;
            if (record.Sequence != _sequence + 1) throw Refuse($"found sequence {record.Sequence}, expected {_sequence + 1}: records are missing or were put together from several journals");
            _sequence = record.Sequence;
            _offset += record.TotalBytes;
            if (TryTake(record, bytes, offset, out entry)) return true;
            if (record.Kind == JournalRecordKind.End) break;
        }
        End ??= JournalTail.Judge(_bytes, _path, _offset, _sequence, _finalHash);
        return false;
    }

    public void Dispose() => _bytes.Dispose();

    private bool TryReadRecord(out JournalRecord record, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (!JournalRecord.TryReadFrame(_bytes.At(_offset, JournalRecord.FrameBytes), out record)) return false;
        bytes = _bytes.At(_offset, record.TotalBytes);
        return bytes.Length == record.TotalBytes && JournalRecord.IsIntact(bytes);
    }

    /// <summary>True for an input; the marks at the end are taken in silently.</summary>
    private bool TryTake(in JournalRecord record, ReadOnlySpan<byte> bytes, long offset, out JournalEntry entry)
    {
        entry = default;
        switch (record.Kind)
        {
            case JournalRecordKind.Input when _finalHash is null && InputCodec.TryRead((InputKind)record.InputKind, bytes.Slice(JournalRecord.FrameBytes, record.PayloadBytes), out Input input):
                entry = new(record.Sequence, offset, record.OutputHash, input);
                return true;
            case JournalRecordKind.Close when _finalHash is null:
                _finalHash = record.OutputHash;
                return false;
            case JournalRecordKind.End when _finalHash is not null:
                return false;
            default:
                _offset = offset;
                throw Refuse($"found a record of kind {(byte)record.Kind}/{record.InputKind} that does not belong there although its checksum is right");
        }
    }

    private InputException Refuse(string found) =>
        new($"{_path}, byte {_offset}: {found}; restore the file from a backup, what comes before it is whole.");
}
