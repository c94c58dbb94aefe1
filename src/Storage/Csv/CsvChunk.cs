using System.Buffers;

namespace Tradewind.Storage.Csv;

/// <summary>A run of whole lines of a file; the last one ends with a newline, whatever the file has there.</summary>
internal sealed class CsvChunk(byte[] buffer, int length, long firstLine)
{
    public ReadOnlySpan<byte> Text => buffer.AsSpan(0, length);

    /// <summary>Number of the first line in the file, counted from 1.</summary>
    public long FirstLine => firstLine;

    public int Lines { get; } = buffer.AsSpan(0, length).Count((byte)'\n');

    /// <summary>Gives the buffer back; the chunk must not be used after it.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(buffer);
}
