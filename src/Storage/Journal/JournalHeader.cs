using System.Buffers.Binary;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Journal;

/// <summary>What a journal is the record of: enough to build the same engine again. Byte by byte in <c>docs/formats.md</c>.</summary>
/// <param name="Session">Name of the session, unique among the journals of a directory.</param>
/// <param name="Started">Time of the clock when the journal was made; no input depends on it.</param>
/// <param name="Build">Version of the program that writes it.</param>
/// <param name="Configuration">Whatever the program needs to make the engine anew, as JSON; the journal does not read it.</param>
public sealed record JournalHeader(string Session, Timestamp Started, string Build, string Configuration)
{
    internal const int Version = 1;
    internal const int FixedBytes = 48;

    /// <summary>More than any header needs; a length above it is damage.</summary>
    private const int MostTextBytes = 64 << 20;

    internal static ReadOnlySpan<byte> Magic => "TWJ\r\n\u001A\n\0"u8;

    /// <summary>The header as bytes: fixed part, the three texts, zeroes up to a multiple of 8, checksum of all that in the fixed part.</summary>
    internal byte[] ToBytes()
    {
        byte[][] texts = [Encoding.UTF8.GetBytes(Session), Encoding.UTF8.GetBytes(Build), Encoding.UTF8.GetBytes(Configuration)];
        byte[] bytes = new byte[Padded(FixedBytes + texts.Sum(text => text.Length))];
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(12), bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Started.Nanoseconds);
        int at = FixedBytes;
        for (int i = 0; i < texts.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24 + 4 * i), texts[i].Length);
            texts[i].CopyTo(bytes, at);
            at += texts[i].Length;
        }
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(36), Checksum(bytes));
        return bytes;
    }

    /// <summary>Length of the whole header, as its first bytes tell it.</summary>
    /// <exception cref="InputException">The bytes are not the start of a journal, of a newer one, or cut off.</exception>
    internal static int LengthOf(ReadOnlySpan<byte> start, string path)
    {
        if (!start.StartsWith(Magic[..Math.Min(Magic.Length, start.Length)]) || start.IsEmpty) throw new InputException($"{path}: found {Csv.CsvText.Quote(start[..Math.Min(16, start.Length)])} at the start, expected a session journal; name a journal, a session's id or last.");
        if (start.Length < FixedBytes) throw CutOff(path, start.Length);
        int version = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        int length = BinaryPrimitives.ReadInt32LittleEndian(start[12..]);
        if (version > Version) throw new InputException($"{path}: found version {version} of the journal format, expected {Version} or older; use the newer program that wrote it.");
        if (length is < FixedBytes or > MostTextBytes || length % 8 != 0) throw Damaged(path, FixedBytes);
        return length;
    }

    /// <exception cref="InputException">The bytes are damaged or cut off.</exception>
    internal static JournalHeader Read(ReadOnlySpan<byte> bytes, int length, string path)
    {
        if (bytes.Length < length) throw CutOff(path, bytes.Length);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[36..]) != Checksum(bytes) || BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]) != Version) throw Damaged(path, length);
        string[] texts = new string[3];
        int at = FixedBytes;
        for (int i = 0; i < texts.Length; i++)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(bytes[(24 + 4 * i)..]);
            if (size < 0 || size > length - at) throw Damaged(path, length);
            texts[i] = Encoding.UTF8.GetString(bytes.Slice(at, size));
            at += size;
        }
        return new(texts[0], new(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..])), texts[1], texts[2]);
    }

    /// <summary>Of everything but the checksum itself.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes) => ~Crc32C.Update(Crc32C.Update(uint.MaxValue, bytes[..36]), bytes[40..]);

    private static int Padded(int length) => (length + 7) & ~7;

    private static InputException CutOff(string path, int length) =>
        new($"{path}: found {length} bytes, expected a journal's header: the file was cut off while the session started; nothing was recorded in it, delete it.");

    private static InputException Damaged(string path, int length) =>
        new($"{path}, bytes 0 to {length - 1}: the checksum does not match, the journal's header is damaged; restore the file from a backup.");
}
