using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Recording;

/// <summary>The end of a recording: one checksum for each block of the data, and a checksum of those.</summary>
internal static class RecordingFooter
{
    private const int FixedBytes = 16;

    private static ReadOnlySpan<byte> Magic => "TWR END\n"u8;

    public static long BlocksOf(long dataBytes) => (dataBytes + RecordingHeader.BlockBytes - 1) / RecordingHeader.BlockBytes;

    public static long BytesFor(long dataBytes) => BlocksOf(dataBytes) * sizeof(uint) + FixedBytes;

    public static byte[] Make(ReadOnlySpan<uint> checksums)
    {
        byte[] bytes = new byte[checksums.Length * sizeof(uint) + FixedBytes];
        MemoryMarshal.AsBytes(checksums).CopyTo(bytes);
        Span<byte> tail = bytes.AsSpan(checksums.Length * sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(tail, Crc32C.Compute(bytes.AsSpan(0, checksums.Length * sizeof(uint))));
        BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], (uint)checksums.Length);
        Magic.CopyTo(tail[8..]);
        return bytes;
    }

    /// <summary>The checksums of the blocks.</summary>
    /// <param name="bytes">As long as <see cref="BytesFor"/> says.</param>
    /// <exception cref="InputException">The footer is damaged.</exception>
    public static ReadOnlySpan<uint> Read(ReadOnlySpan<byte> bytes, long offset, string path)
    {
        int length = bytes.Length - FixedBytes;
        ReadOnlySpan<byte> tail = bytes[length..];
        bool isWhole = tail[8..].SequenceEqual(Magic)
            && BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]) == length / sizeof(uint)
            && BinaryPrimitives.ReadUInt32LittleEndian(tail) == Crc32C.Compute(bytes[..length]);
        if (!isWhole) throw new InputException($"{path}, bytes {offset} to {offset + bytes.Length - 1}: the checksums at the end of the recording are damaged; copy the file again or import the data again.");
        return MemoryMarshal.Cast<byte, uint>(bytes[..length]);
    }
}
