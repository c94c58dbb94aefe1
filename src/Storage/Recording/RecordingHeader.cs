using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Recording;

/// <summary>The first 256 bytes of a recording: what it holds. Byte by byte in <c>docs/formats.md</c>.</summary>
public sealed record RecordingHeader
{
    /// <summary>What the name of a recording ends with.</summary>
    public const string FileSuffix = ".twr";

    internal const int Bytes = 256;
    internal const int Version = 1;
    internal const int BlockBytes = 64 * 1024;

    private const int ChecksumAt = 252;
    private const byte NoTimeframe = 255;

    internal static ReadOnlySpan<byte> Magic => "TWR\r\n\u001A\n\0"u8;

    public required MarketDataKind Kind { get; init; }

    /// <summary>At most 64 bytes in UTF-8.</summary>
    public required string Symbol { get; init; }

    public required decimal TickSize { get; init; }

    public required decimal PointValue { get; init; }

    /// <summary>Name of the instrument's session calendar, at most 64 bytes in UTF-8.</summary>
    public required string Calendar { get; init; }

    /// <summary>Null for trades and quotes.</summary>
    public Timeframe? Timeframe { get; init; }

    public long Count { get; init; }

    /// <summary>Start of the first bar, or time of the first trade or quote.</summary>
    public Timestamp From { get; init; }

    /// <summary>End of the last bar, or time of the last trade or quote.</summary>
    public Timestamp To { get; init; }

    internal int RecordBytes => RecordLayout.BytesOf(Kind);

    internal void Write(Span<byte> bytes)
    {
        bytes[..Bytes].Clear();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[8..], Version);
        bytes[10] = (byte)Kind;
        bytes[11] = Timeframe is { } timeframe ? (byte)timeframe.Kind : NoTimeframe;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], RecordBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], From.Nanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[32..], To.Nanoseconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Timeframe?.Amount ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[48..], BlockBytes);
        WriteText(bytes[56..120], Symbol);
        WriteText(bytes[120..152], TickSize.ToString(CultureInfo.InvariantCulture));
        WriteText(bytes[152..184], PointValue.ToString(CultureInfo.InvariantCulture));
        WriteText(bytes[184..248], Calendar);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumAt..], Crc32C.Compute(bytes[..ChecksumAt]));
    }

    /// <exception cref="InputException">The bytes are no header of a version that can be read, or are damaged.</exception>
    internal static RecordingHeader Read(ReadOnlySpan<byte> bytes, string path)
    {
        ushort version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumAt..]);
        uint computed = Crc32C.Compute(bytes[..ChecksumAt]);
        if (version > Version && stored == computed) throw new InputException($"{path}: found version {version} of the recording format, expected {Version} or older; use the newer program that wrote it, or import the data again.");
        if (stored != computed) throw new InputException($"{path}, bytes 0 to {Bytes - 1}: found checksum {computed:x8}, expected {stored:x8}: the header is damaged; copy the file again or import the data again.");
        byte timeframeKind = bytes[11];
        var header = new RecordingHeader
        {
            Kind = (MarketDataKind)bytes[10],
            Timeframe = timeframeKind == NoTimeframe ? null : new((TimeframeKind)timeframeKind, BinaryPrimitives.ReadInt64LittleEndian(bytes[40..])),
            Count = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            From = new(BinaryPrimitives.ReadInt64LittleEndian(bytes[24..])),
            To = new(BinaryPrimitives.ReadInt64LittleEndian(bytes[32..])),
            Symbol = ReadText(bytes[56..120]),
            TickSize = ReadDecimal(bytes[120..152]),
            PointValue = ReadDecimal(bytes[152..184]),
            Calendar = ReadText(bytes[184..248]),
        };
        return header.IsConsistent(bytes) ? header : throw new InputException($"{path}: the header contradicts itself although its checksum is right: the file was not written by this program; import the data again.");
    }

    private bool IsConsistent(ReadOnlySpan<byte> bytes) =>
        Kind is >= MarketDataKind.Bars and <= MarketDataKind.Quotes && RecordBytes == BinaryPrimitives.ReadInt32LittleEndian(bytes[12..])
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[48..]) == BlockBytes && Count is >= 0 and < long.MaxValue / 64 && TickSize > 0 && PointValue > 0 && Timeframe is null == (Kind != MarketDataKind.Bars);

    private static void WriteText(Span<byte> field, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > field.Length) throw new InputException($"The name {text} is longer than the {field.Length} bytes that a recording has for it; use a shorter one.");
        Encoding.UTF8.GetBytes(text, field);
    }

    private static string ReadText(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.TrimEnd((byte)0));

    private static decimal ReadDecimal(ReadOnlySpan<byte> field) =>
        decimal.TryParse(field.TrimEnd((byte)0), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal value) ? value : 0;
}
