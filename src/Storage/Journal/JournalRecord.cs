using System.Buffers.Binary;

namespace Tradewind.Storage.Journal;

/// <summary>What a record of a journal is; the numbers are in files and never change.</summary>
internal enum JournalRecordKind : byte
{
    None = 0,
    Input = 1,

    /// <summary>The session ended in order; its hash is the final one.</summary>
    Close = 2,

    /// <summary>Comes last of all. It says that the record before it is durable, as every record does for those before it.</summary>
    End = 3,
}

/// <summary>
/// The frame of a record: 32 bytes, then the payload, then zeroes up to a multiple of 8. All numbers are little-endian:
/// <c>crc u32, payload length i32, sequence i64, output hash u64, records not yet durable u32, record kind u8, input kind u8, zero u16</c>.
/// The checksum covers everything behind it, padding included.
/// </summary>
/// <param name="OutputHash">The engine's hash of all outputs before this input.</param>
/// <param name="NotDurable">How many of the records up to this one were not known to be on the disk when it was written; it tells damage from a loss of power.</param>
internal readonly record struct JournalRecord(JournalRecordKind Kind, byte InputKind, long Sequence, ulong OutputHash, uint NotDurable, int PayloadBytes)
{
    public const int FrameBytes = 32;

    /// <summary>A longer payload is damage.</summary>
    public const int MostPayloadBytes = 16 << 20;

    /// <summary>The last sequence that was on the disk when this record was written.</summary>
    public long DurableSequence => Sequence - NotDurable;

    public int TotalBytes => TotalFor(PayloadBytes);

    public static int TotalFor(int payloadBytes) => FrameBytes + ((payloadBytes + 7) & ~7);

    /// <summary>Completes a record whose payload is already in its place.</summary>
    /// <param name="bytes">The whole record, padding included.</param>
    public void WriteFrame(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], PayloadBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], OutputHash);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], NotDurable);
        bytes[28] = (byte)Kind;
        bytes[29] = InputKind;
        bytes[30..32].Clear();
        bytes[(FrameBytes + PayloadBytes)..].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32C.Compute(bytes[4..]));
    }

    /// <summary>Reads the frame at the start of the bytes without checking it; false when its length is impossible.</summary>
    public static bool TryReadFrame(ReadOnlySpan<byte> bytes, out JournalRecord record)
    {
        record = default;
        if (bytes.Length < FrameBytes) return false;
        int payload = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (payload is < 0 or > MostPayloadBytes) return false;
        record = new(
            (JournalRecordKind)bytes[28], bytes[29], BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]), payload);
        return true;
    }

    /// <summary>True when these bytes are a whole, undamaged record.</summary>
    /// <param name="bytes">As many as the frame says.</param>
    public static bool IsIntact(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Crc32C.Compute(bytes[4..]) && bytes[28] != 0;
}
