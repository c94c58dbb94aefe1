using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Recording;

/// <summary>Writes a recording of bars, trades or quotes. The file appears under its name only when <see cref="Complete"/> has returned, then durable.</summary>
public sealed class RecordingWriter<T> : IDisposable where T : unmanaged
{
    private const int BufferBlocks = 16;
    private const int BufferBytes = BufferBlocks * RecordingHeader.BlockBytes;

    private readonly string _path;
    private readonly AtomicFile _file;
    private readonly List<uint> _checksums = [];
    private readonly byte[] _buffer = new byte[BufferBytes];
    private RecordingHeader _header;
    private Timestamp _lastFrom;
    private int _buffered;
    private long _writtenTo = RecordingHeader.Bytes;

    /// <param name="timeframe">Length of the bars; null for trades and quotes.</param>
    /// <exception cref="InputException">The file cannot be created there.</exception>
    public RecordingWriter(string path, Instrument instrument, Timeframe? timeframe = null)
        : this(path, new RecordingHeader
        {
            Kind = RecordLayout.KindOf<T>(),
            Symbol = instrument.Symbol,
            TickSize = instrument.TickSize,
            PointValue = instrument.PointValue,
            Calendar = instrument.Calendar.Name,
            Timeframe = timeframe,
        })
    {
    }

    internal RecordingWriter(string path, RecordingHeader header)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Recordings are read and written on little-endian machines only.");
        if (header.Kind != RecordLayout.KindOf<T>() || header.Timeframe is null == (header.Kind == MarketDataKind.Bars)) throw new ArgumentException("Bars, and only bars, have a timeframe.", nameof(header));
        header.Write(stackalloc byte[RecordingHeader.Bytes]);
        _path = path;
        _header = header with { Count = 0 };
        _file = new(path);
    }

    public long Count => _header.Count;

    /// <summary>Adds records, which follow those already added in the order of time.</summary>
    /// <exception cref="ArgumentException">A record is earlier than the one before it, or a bar not later.</exception>
    /// <exception cref="StorageException">The disk is full or failed; the target is as it was.</exception>
    public void Append(ReadOnlySpan<T> records)
    {
        if (records.IsEmpty) return;
        CheckOrder(records);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(records);
        while (!bytes.IsEmpty)
        {
            int whole = (BufferBytes - _buffered) / Unsafe.SizeOf<T>() * Unsafe.SizeOf<T>();
            int length = Math.Min(whole, bytes.Length);
            bytes[..length].CopyTo(_buffer.AsSpan(_buffered));
            RecordLayout.ClearPadding<T>(_buffer.AsSpan(_buffered, length));
            _buffered += length;
            bytes = bytes[length..];
            if (BufferBytes - _buffered < Unsafe.SizeOf<T>()) WriteBlocks(_buffered / RecordingHeader.BlockBytes * RecordingHeader.BlockBytes);
        }
        Timestamp from = _header.Count == 0 ? RecordLayout.FromOf(records[0]) : _header.From;
        _header = _header with { Count = _header.Count + records.Length, From = from, To = RecordLayout.ToOf(records[^1]) };
    }

    /// <summary>Writes what is left, the checksums and the header, and gives the file its name.</summary>
    /// <exception cref="StorageException">The disk is full or failed; the target is as it was.</exception>
    public RecordingHeader Complete()
    {
        WriteBlocks(_buffered);
        byte[] footer = RecordingFooter.Make(CollectionsMarshal.AsSpan(_checksums));
        byte[] header = new byte[RecordingHeader.Bytes];
        _header.Write(header);
        _file.Write(handle =>
        {
            Durable.Write(handle, footer, _writtenTo);
            Durable.Write(handle, header, 0);
        });
        _file.Commit();
        return _header;
    }

    /// <summary>Without <see cref="Complete"/> before it, leaves nothing behind.</summary>
    public void Dispose() => _file.Dispose();

    private void WriteBlocks(int length)
    {
        Span<uint> checksums = stackalloc uint[BufferBlocks];
        Crc32C.ComputeBlocks(_buffer.AsSpan(0, length), RecordingHeader.BlockBytes, checksums);
        _checksums.AddRange(checksums[..((length + RecordingHeader.BlockBytes - 1) / RecordingHeader.BlockBytes)]);
        _file.Write(handle => Durable.Write(handle, _buffer.AsSpan(0, length), _writtenTo));
        _buffer.AsSpan(length, _buffered - length).CopyTo(_buffer);
        _buffered -= length;
        _writtenTo += length;
    }

    private void CheckOrder(ReadOnlySpan<T> records)
    {
        Timestamp previous = _header.Count == 0 ? Timestamp.MinValue : _lastFrom;
        bool mayRepeat = _header.Kind != MarketDataKind.Bars;
        foreach (ref readonly T record in records)
        {
            Timestamp time = RecordLayout.FromOf(record);
            if (time < previous || (time == previous && !mayRepeat)) throw new ArgumentException($"{_path}: a record of {time} cannot follow one of {previous}: records are written in the order of time.", nameof(records));
            previous = time;
        }
        _lastFrom = previous;
    }
}
