using System.Buffers;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>The lines of a CSV file in runs of about a megabyte; unpacks gzip, which it knows by its first bytes and not by the name.</summary>
internal sealed class CsvSource : IDisposable
{
    private const int ChunkBytes = 1 << 20;

    private readonly string _path;
    private readonly Stream _bytes;
    private byte[] _carry = [];
    private long _nextLine = 1;
    private bool _isAtEnd;
    private bool _isDamaged;

    private CsvSource(string path, Stream bytes, bool isCompressed)
    {
        _path = path;
        _bytes = bytes;
        IsCompressed = isCompressed;
    }

    public bool IsCompressed { get; }

    /// <summary>True when the chunk read last is the file's last.</summary>
    public bool IsAtEnd => _isAtEnd && _carry.Length == 0;

    /// <summary>The first line without a byte order mark and line end.</summary>
    public byte[] Header { get; private set; } = [];

    /// <summary>Opens the file, reads its header and hands it over to be read on.</summary>
    /// <exception cref="InputException">There is no such file, it cannot be read, is empty or no text; or <paramref name="read"/> refuses a row. Of a damaged archive the message says so and not what is wrong with its rows.</exception>
    public static T Read<T>(string path, Func<CsvSource, T> read)
    {
        using CsvSource source = Open(path);
        try
        {
            source.ReadHeader();
            return read(source);
        }
        catch (InputException) when (source.IsCompressed && !source._isDamaged)
        {
            source.ReadToEnd();
            throw;
        }
    }

    private static CsvSource Open(string path)
    {
        FileStream file = InputFile.Open(path);
        Span<byte> magic = stackalloc byte[2];
        int read = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        bool isCompressed = read == 2 && magic is [0x1F, 0x8B];
        return new(path, isCompressed ? SealedGzip.Open(file) : file, isCompressed);
    }

    public void Dispose() => _bytes.Dispose();

    /// <summary>An estimate of the rows in the whole file, from the length of the rows in its first chunk.</summary>
    public long EstimateRows(CsvChunk first)
    {
        const int TypicalCompression = 5;
        if (_isAtEnd) return first.Lines;
        long bytes = new FileInfo(_path).Length * (IsCompressed ? TypicalCompression : 1);
        return bytes * first.Lines / first.Text.Length + first.Lines;
    }

    /// <summary>The next run of whole lines; null at the end of the file. Empty lines at the end of the file are no lines.</summary>
    public CsvChunk? Next()
    {
        if (_isAtEnd && _carry.Length == 0) return null;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(ChunkBytes, _carry.Length) + 1);
        int length = Fill(buffer);
        int end = _isAtEnd ? EndLastLine(buffer, length) : EndOfWholeLines(buffer.AsSpan(0, length));
        _carry = _isAtEnd ? [] : buffer.AsSpan(end, length - end).ToArray();
        if (end == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            return _isAtEnd ? null : throw TooLong();
        }
        var chunk = new CsvChunk(buffer, end, _nextLine);
        _nextLine += chunk.Lines;
        return chunk;
    }

    private void ReadHeader()
    {
        byte[] buffer = new byte[ChunkBytes];
        int length = Fill(buffer);
        ReadOnlySpan<byte> text = buffer.AsSpan(0, length);
        if (text.StartsWith<byte>([0xEF, 0xBB, 0xBF])) text = text[3..];
        if (text.StartsWith<byte>([0xFF, 0xFE]) || text.StartsWith<byte>([0xFE, 0xFF])) throw new InputException($"{_path}: found text in UTF-16, expected UTF-8; save the file as UTF-8.");
        if (text.Trim(" \t\r\n"u8).IsEmpty) throw new InputException($"{_path}: found an empty file, expected a header line and rows of market data; export the file again.");
        int end = text.IndexOf((byte)'\n');
        if (end < 0 && !_isAtEnd) throw TooLong();
        Header = (end < 0 ? text : text[..end]).TrimEnd((byte)'\r').ToArray();
        _carry = end < 0 ? [] : text[(end + 1)..].ToArray();
        _nextLine = 2;
    }

    /// <summary>Puts what was left over and what follows in the file into the buffer, all but its last byte.</summary>
    private int Fill(byte[] buffer)
    {
        _carry.CopyTo(buffer, 0);
        int length = _carry.Length;
        try
        {
            while (!_isAtEnd && length < ChunkBytes)
            {
                int read = _bytes.Read(buffer, length, ChunkBytes - length);
                _isAtEnd = read == 0;
                length += read;
                if (_isAtEnd && IsCompressed) length = WithoutSeal(buffer.AsSpan(0, length));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            // Only the checksum behind the last byte tells of most damage, so that wrong lines have come out before.
            _isDamaged = true;
            throw new InputException($"{_path}: the gzip data are damaged or cut off, expected a whole archive; unpacking failed near line {_nextLine + buffer.AsSpan(0, length).Count((byte)'\n')}, and lines before that may be wrong; copy or download the file again.", fault);
        }
        catch (IOException fault)
        {
            throw new InputException($"{_path}: the file cannot be read on ({fault.Message.TrimEnd('.')}); check the disk, or copy the file to another place.", fault);
        }
        return length;
    }

    private void ReadToEnd()
    {
        byte[] buffer = new byte[ChunkBytes + SealedGzip.Seal.Length];
        while (!_isAtEnd)
        {
            int length = Fill(buffer), kept = Math.Min(length, SealedGzip.Seal.Length);
            _nextLine += buffer.AsSpan(0, length - kept).Count((byte)'\n');
            _carry = buffer.AsSpan(length - kept, kept).ToArray();
        }
    }

    private static int WithoutSeal(ReadOnlySpan<byte> text) =>
        text.EndsWith(SealedGzip.Seal) ? text.Length - SealedGzip.Seal.Length : throw new InvalidDataException("The archive has no end.");

    /// <summary>The end of the last line that is whole and not empty: empty lines wait for what follows, as only the file's last ones are allowed.</summary>
    private static int EndOfWholeLines(ReadOnlySpan<byte> text)
    {
        int end = text.LastIndexOf((byte)'\n') + 1;
        int body = text[..end].TrimEnd("\r\n"u8).Length;
        return body == 0 ? end : body + text[body..].IndexOf((byte)'\n') + 1;
    }

    private static int EndLastLine(byte[] buffer, int length)
    {
        int end = buffer.AsSpan(0, length).TrimEnd(" \t\r\n"u8).Length;
        if (end == 0) return 0;
        buffer[end] = (byte)'\n';
        return end + 1;
    }

    private InputException TooLong() => new($"{_path}: found a line of more than {ChunkBytes:N0} bytes, expected rows of market data; this is no CSV file.");
}
