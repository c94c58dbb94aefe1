using System.IO.MemoryMappedFiles;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Recording;

/// <summary>A recording mapped into memory: its records are read where they lie, without decoding or copying.</summary>
/// <remarks>The file must not be cut by another program while it is open; the operating system would end the process.</remarks>
public sealed unsafe class RecordingReader : IDisposable
{
    private const int BlocksAtOnce = 64;

    private readonly string _path;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _bytes;
    private readonly long _length;

    private RecordingReader(string path, FileStream file)
    {
        _path = path;
        _length = file.Length;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _bytes);
        Header = null!;
    }

    public RecordingHeader Header { get; private set; }

    /// <summary>True when the file begins like a recording.</summary>
    public static bool IsRecording(ReadOnlySpan<byte> firstBytes) => firstBytes.StartsWith(RecordingHeader.Magic);

    /// <param name="verify">Checks every block; otherwise only the header, the checksums and the length.</param>
    /// <exception cref="InputException">The file cannot be opened, is no recording, of a newer version, cut off or damaged; the sentence names the bytes.</exception>
    public static RecordingReader Open(string path, bool verify = true)
    {
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Recordings are read and written on little-endian machines only.");
        FileStream file = InputFile.Open(path);
        try
        {
            RefuseOthers(file, path);
            var reader = new RecordingReader(path, file);
            reader.ReadAndCheck(verify);
            return reader;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The records; empty when the recording holds another kind.</summary>
    /// <exception cref="InputException">There are more than a span can hold.</exception>
    public ReadOnlyMemory<T> Records<T>() where T : unmanaged
    {
        if (Header.Kind != RecordLayout.KindOf<T>()) return default;
        if (Header.Count > Array.MaxLength) throw new InputException($"{_path}: found {Header.Count:N0} records, expected at most {Array.MaxLength:N0} in one file; split the data by date.");
        return new MappedMemory<T>(_bytes + RecordingHeader.Bytes, (int)Header.Count).Memory;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    private static void RefuseOthers(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[RecordingHeader.Bytes];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < RecordingHeader.Magic.Length || (IsRecording(start[..read]) && read < start.Length)) throw new InputException($"{path}: found {read} bytes, expected a header of {start.Length}: the file is cut off; copy the file again or import the data again.");
        if (!IsRecording(start[..read])) throw new InputException($"{path}: found {CsvText.Quote(start[..Math.Min(read, 16)])} at the start, expected that of a recording: the recording is damaged, or this is another kind of file; copy it again, import the data again, or name a CSV file otherwise than {RecordingHeader.FileSuffix}.");
    }

    private void ReadAndCheck(bool verify)
    {
        try
        {
            Header = RecordingHeader.Read(new(_bytes, RecordingHeader.Bytes), _path);
            long dataBytes = Header.Count * Header.RecordBytes;
            CheckLength(RecordingHeader.Bytes + dataBytes + RecordingFooter.BytesFor(dataBytes));
            long footerAt = RecordingHeader.Bytes + dataBytes;
            ReadOnlySpan<uint> checksums = RecordingFooter.Read(new(_bytes + footerAt, checked((int)(_length - footerAt))), footerAt, _path);
            if (verify) CheckBlocks(checksums, dataBytes);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private void CheckLength(long expected)
    {
        if (_length == expected) return;
        string found = _length < expected ? $"the file is cut off ({expected - _length:N0} bytes are missing)" : $"{_length - expected:N0} bytes follow its end";
        throw new InputException($"{_path}: found {_length:N0} bytes, expected {expected:N0} for {Header.Count:N0} records: {found}; copy the file again or import the data again.");
    }

    /// <summary>One thread a core where there is enough to do: checking is faster than one core's way to memory. Plain threads, as the pool's start takes longer than the work.</summary>
    private void CheckBlocks(ReadOnlySpan<uint> stored, long dataBytes)
    {
        const int FewestBlocksForThread = 256;
        uint[] expected = stored.ToArray();
        int parts = Math.Clamp(expected.Length / FewestBlocksForThread, 1, Environment.ProcessorCount);
        long[] damaged = new long[parts];
        Thread[] others = [.. Enumerable.Range(1, parts - 1).Select(part => new Thread(() => damaged[part] = FirstDamaged(expected, part, parts, dataBytes)))];
        foreach (Thread other in others) other.Start();
        damaged[0] = FirstDamaged(expected, 0, parts, dataBytes);
        foreach (Thread other in others) other.Join();
        int found = Array.FindIndex(damaged, block => block >= 0);
        if (found >= 0) throw Damaged(damaged[found], dataBytes);
    }

    /// <summary>The first block of a part of the file whose checksum differs; -1 when all agree.</summary>
    private long FirstDamaged(uint[] expected, int part, int parts, long dataBytes)
    {
        Span<uint> computed = stackalloc uint[BlocksAtOnce];
        long end = (long)expected.Length * (part + 1) / parts;
        for (long first = (long)expected.Length * part / parts; first < end; first += BlocksAtOnce)
        {
            int count = (int)Math.Min(BlocksAtOnce, end - first);
            long start = first * RecordingHeader.BlockBytes;
            int length = (int)Math.Min(dataBytes - start, (long)count * RecordingHeader.BlockBytes);
            Crc32C.ComputeBlocks(new(_bytes + RecordingHeader.Bytes + start, length), RecordingHeader.BlockBytes, computed);
            int same = computed[..count].CommonPrefixLength(expected.AsSpan((int)first, count));
            if (same < count) return first + same;
        }
        return -1;
    }

    private InputException Damaged(long block, long dataBytes)
    {
        long start = block * RecordingHeader.BlockBytes;
        long end = Math.Min(start + RecordingHeader.BlockBytes, dataBytes);
        return new($"{_path}, bytes {RecordingHeader.Bytes + start} to {RecordingHeader.Bytes + end - 1}: the checksum does not match, records {start / Header.RecordBytes} to {(end - 1) / Header.RecordBytes} are damaged; copy the file again or import the data again.");
    }
}
