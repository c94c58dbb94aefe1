using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tradewind.Storage;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), with the processor's own instruction where it has one.</summary>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes) => ~Update(uint.MaxValue, bytes);

    /// <summary>Continues a checksum over more bytes. Starts from all ones; the final value is inverted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Update(uint crc, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) crc = BitOperations.Crc32C(crc, InFileOrder(word));
        foreach (byte last in bytes[(words.Length * sizeof(ulong))..]) crc = BitOperations.Crc32C(crc, last);
        return crc;
    }

    /// <summary>The checksum of each block of a run of bytes; the last block may be shorter.</summary>
    /// <remarks>Four blocks at a time: one checksum waits for its own last step, four hide each other's waiting.</remarks>
    /// <param name="blockBytes">A multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ComputeBlocks(ReadOnlySpan<byte> bytes, int blockBytes, Span<uint> checksums)
    {
        int block = 0;
        for (; (block + 4L) * blockBytes <= bytes.Length; block += 4)
        {
            ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(block * blockBytes, 4 * blockBytes));
            int length = words.Length / 4;
            ReadOnlySpan<ulong> a = words[..length], b = words.Slice(length, length), c = words.Slice(2 * length, length), d = words.Slice(3 * length, length);
            uint crcA = uint.MaxValue, crcB = uint.MaxValue, crcC = uint.MaxValue, crcD = uint.MaxValue;
            for (int i = 0; i < a.Length; i++)
            {
                crcA = BitOperations.Crc32C(crcA, InFileOrder(a[i]));
                crcB = BitOperations.Crc32C(crcB, InFileOrder(b[i]));
                crcC = BitOperations.Crc32C(crcC, InFileOrder(c[i]));
                crcD = BitOperations.Crc32C(crcD, InFileOrder(d[i]));
            }
            (checksums[block], checksums[block + 1], checksums[block + 2], checksums[block + 3]) = (~crcA, ~crcB, ~crcC, ~crcD);
        }
        for (; (long)block * blockBytes < bytes.Length; block++)
        {
            ReadOnlySpan<byte> rest = bytes[(block * blockBytes)..];
            checksums[block] = Compute(rest[..Math.Min(blockBytes, rest.Length)]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong InFileOrder(ulong word) => BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word);
}
