using System.Text;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests;

/// <summary>Reads files as docs/formats.md describes them, with nothing of the program's own: files of today must be readable for ever.</summary>
public sealed class FormatTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ARecordingIsAsDocumented()
    {
        var instrument = new Instrument("6E", AssetClass.Future, 0.00005m, 125000m, Calendars.CmeFx);
        Trade[] trades = [new(new(1_381_096_800_123_456_789), 1.35675, 3, Aggressor.Seller), new(new(1_381_096_800_123_456_790), -0.5, 0.25)];
        using (var writer = new RecordingWriter<Trade>(_directory["a.twr"], instrument))
        {
            writer.Append(trades);
            writer.Complete();
        }
        byte[] bytes = File.ReadAllBytes(_directory["a.twr"]);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Equal([0x54, 0x57, 0x52, 0x0D, 0x0A, 0x1A, 0x0A, 0x00], reader.ReadBytes(8));
        Assert.Equal((1, 2, 255, 32, 2L), (reader.ReadUInt16(), reader.ReadByte(), reader.ReadByte(), reader.ReadInt32(), reader.ReadInt64()));
        Assert.Equal((1_381_096_800_123_456_789, 1_381_096_800_123_456_790, 0L, 65_536, 0), (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32()));
        Assert.Equal(("6E", "0.00005", "125000", "cme-fx"), (Text(reader, 64), Text(reader, 32), Text(reader, 32), Text(reader, 64)));
        Assert.Equal((0, PlainCrc(bytes[..252])), (reader.ReadInt32(), reader.ReadUInt32()));
        Assert.Equal((1_381_096_800_123_456_789, 1.35675, 3.0, 2), (reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadByte()));
        Assert.Equal(new byte[7], reader.ReadBytes(7));
        Assert.Equal((1_381_096_800_123_456_790, -0.5, 0.25, 0L), (reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt64()));
        uint block = reader.ReadUInt32();
        Assert.Equal(PlainCrc(bytes[256..320]), block);
        Assert.Equal((PlainCrc(BitConverter.GetBytes(block)), 1u), (reader.ReadUInt32(), reader.ReadUInt32()));
        Assert.Equal("TWR END\n", Encoding.ASCII.GetString(reader.ReadBytes(8)));
        Assert.Equal(bytes.Length, reader.BaseStream.Position);
    }

    [Fact]
    public void AJournalIsAsDocumented()
    {
        using (var writer = new JournalWriter(_directory["a.twj"], new("s-1", new(77), "0.1", "{\"é\":1}"), new() { FlushInterval = null }))
        {
            writer.Append(new Input(2, new Quote(new(5), 1.5, 1.75, 10, 20), new(6)), 0xABCD);
            writer.Append(new Input(new Timestamp(7), new BrokerEvent(BrokerEventKind.Filled, new OrderId(9), 11, 1.50m, -37.63m, 0m), "ok"), 0xEF01);
            writer.Complete(0x1234);
        }
        byte[] bytes = File.ReadAllBytes(_directory["a.twj"]);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        Assert.Equal([0x54, 0x57, 0x4A, 0x0D, 0x0A, 0x1A, 0x0A, 0x00], reader.ReadBytes(8));
        Assert.Equal((1, 0, 64, 77L, 3, 3, 8), (reader.ReadUInt16(), reader.ReadUInt16(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32()));
        Assert.Equal((PlainCrc([.. bytes[..36], .. bytes[40..64]]), 0L), (reader.ReadUInt32(), reader.ReadInt64()));
        Assert.Equal("s-10.1{\"é\":1}\0\0", Encoding.UTF8.GetString(reader.ReadBytes(16)));

        AssertFrame(reader, bytes, payload: 52, sequence: 1, hash: 0xABCD, notDurable: 1, kind: 1, inputKind: 3);
        Assert.Equal((6L, 2, 5L), (reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64()));
        Assert.Equal((1.5, 1.75, 10.0, 20.0, 0), (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32()));

        AssertFrame(reader, bytes, payload: 83, sequence: 2, hash: 0xEF01, notDurable: 2, kind: 1, inputKind: 7);
        Assert.Equal((7L, -1, 3, 9L, 11L), (reader.ReadInt64(), reader.ReadInt32(), reader.ReadByte(), reader.ReadInt64(), reader.ReadInt64()));
        Assert.Equal((150u, 0u, 0u, 2u << 16), (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32()));
        Assert.Equal((3763u, 0u, 0u, 2u << 16 | 1u << 31), (reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32(), reader.ReadUInt32()));
        Assert.Equal(new byte[16], reader.ReadBytes(16));
        Assert.Equal((2, "ok\0\0\0\0\0"), (reader.ReadInt32(), Encoding.ASCII.GetString(reader.ReadBytes(7))));

        AssertFrame(reader, bytes, payload: 0, sequence: 3, hash: 0x1234, notDurable: 1, kind: 2, inputKind: 0);
        AssertFrame(reader, bytes, payload: 0, sequence: 4, hash: 0x1234, notDurable: 1, kind: 3, inputKind: 0);
        Assert.Equal(bytes.Length, reader.BaseStream.Position);
    }

    private static void AssertFrame(BinaryReader reader, byte[] bytes, int payload, long sequence, ulong hash, uint notDurable, byte kind, byte inputKind)
    {
        int start = (int)reader.BaseStream.Position;
        int length = 32 + (payload + 7) / 8 * 8;
        Assert.Equal((PlainCrc(bytes[(start + 4)..(start + length)]), payload, sequence), (reader.ReadUInt32(), reader.ReadInt32(), reader.ReadInt64()));
        Assert.Equal((hash, notDurable, kind, inputKind, 0), (reader.ReadUInt64(), reader.ReadUInt32(), reader.ReadByte(), reader.ReadByte(), reader.ReadUInt16()));
    }

    private static string Text(BinaryReader reader, int length) => Encoding.UTF8.GetString(reader.ReadBytes(length)).TrimEnd('\0');

    /// <summary>CRC-32C bit by bit, as its definition has it.</summary>
    private static uint PlainCrc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        return ~crc;
    }
}
