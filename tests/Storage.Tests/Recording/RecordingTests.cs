using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Tradewind.Core.Model;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Recording;

public sealed class RecordingTests : IDisposable
{
    private static readonly Instrument Es = Find("ES");

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static Instrument Find(string symbol) => Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new InvalidOperationException(symbol);

    [Fact]
    public void RecordsHaveTheLayoutThatTheFormatPromises()
    {
        Assert.Equal(56, Unsafe.SizeOf<Bar>());
        Assert.Equal(32, Unsafe.SizeOf<Trade>());
        Assert.Equal(40, Unsafe.SizeOf<Quote>());
        long[] bar = MemoryMarshal.Cast<byte, long>(MemoryMarshal.AsBytes<Bar>([new(new(1), new(2), 3, 4, 5, 6, 7)])).ToArray();
        Assert.Equal([1, 2, .. Array.ConvertAll<double, long>([3, 4, 5, 6, 7], BitConverter.DoubleToInt64Bits)], bar);
        ReadOnlySpan<byte> trade = MemoryMarshal.AsBytes<Trade>([new(new(1), 2, 3, Aggressor.Seller)]);
        Assert.Equal((byte)Aggressor.Seller, trade[24]);
        Assert.Equal(3, BitConverter.ToDouble(trade[16..]));
        double[] quote = MemoryMarshal.Cast<byte, double>(MemoryMarshal.AsBytes<Quote>([new(new(1), 2, 3, 4, 5)])).ToArray();
        Assert.Equal([2, 3, 4, 5], quote[1..]);
    }

    [Theory]
    [InlineData("123456789", 0xE3069283)] // the check value of CRC-32C
    [InlineData("", 0)]
    public void TheChecksumIsCrc32C(string text, uint expected) => Assert.Equal(expected, Crc32C.Compute(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void TheChecksumOf32ZeroBytesIsThatOfTheStandard()
    {
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32])); // RFC 3720, appendix B.4
        Assert.Equal(0x62A8AB43u, Crc32C.Compute(Enumerable.Repeat((byte)0xFF, 32).ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1170)]
    [InlineData(1171)]
    [InlineData(18_724)] // just below 16 blocks
    [InlineData(18_725)]
    [InlineData(100_000)]
    public void BarsComeBackBitForBit(int count)
    {
        Bar[] bars = MarketDataMaker.Bars(new Random(count), count);
        WriteBars("a.twr", bars, runLength: 777);
        using RecordingReader reader = RecordingReader.Open(_directory["a.twr"]);
        Assert.True(MemoryMarshal.AsBytes(reader.Records<Bar>().Span).SequenceEqual(MemoryMarshal.AsBytes<Bar>(bars)));
        Assert.Equal(count, reader.Header.Count);
        Assert.Equal(("ES", 0.25m, 50m, Timeframe.OneMinute), (reader.Header.Symbol, reader.Header.TickSize, reader.Header.PointValue, reader.Header.Timeframe!.Value));
        if (count > 0) Assert.Equal((bars[0].Start, bars[^1].End), (reader.Header.From, reader.Header.To));
    }

    [Fact]
    public void TradesAndQuotesComeBackBitForBit()
    {
        Trade[] trades = MarketDataMaker.Trades(new Random(1), 50_000);
        Quote[] quotes = MarketDataMaker.Quotes(new Random(2), 50_000);
        Write("t.twr", trades);
        Write("q.twr", quotes);
        using MarketDataFile tradeFile = MarketDataFile.Open(_directory["t.twr"]);
        using MarketDataFile quoteFile = MarketDataFile.Open(_directory["q.twr"], new() { Symbol = "es" });
        Assert.True(tradeFile.Trades.Span.SequenceEqual(trades));
        Assert.True(quoteFile.Quotes.Span.SequenceEqual(quotes));
        Assert.True(quoteFile.Bars.IsEmpty && quoteFile.Trades.IsEmpty);
    }

    [Fact]
    public void EqualDataGiveEqualFilesWhateverTheMemoryHeld()
    {
        Trade[] trades = MarketDataMaker.Trades(new Random(3), 100);
        Trade[] dirty = [.. trades];
        foreach (ref Trade trade in dirty.AsSpan()) MemoryMarshal.AsBytes(new Span<Trade>(ref trade))[25..].Fill(0xAB);
        Write("clean.twr", trades);
        Write("dirty.twr", dirty);
        Assert.Equal(File.ReadAllBytes(_directory["clean.twr"]), File.ReadAllBytes(_directory["dirty.twr"]));
    }

    [Fact]
    public void EveryFlippedBitIsRefused()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 5), runLength: 5);
        byte[] whole = File.ReadAllBytes(_directory["a.twr"]);
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            whole[bit / 8] ^= (byte)(1 << bit % 8);
            string path = _directory.Write("flipped.twr", whole);
            Assert.ThrowsAny<InputException>(() => RecordingReader.Open(path).Dispose());
            whole[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void AFlippedBitIsNamedWithItsBytesAndRecords()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 50_000), runLength: 5000);
        byte[] whole = File.ReadAllBytes(_directory["a.twr"]);
        whole[256 + 7 * 65_536 + 99] ^= 1;
        whole[256 + 40 * 65_536] ^= 1;
        string path = _directory.Write("flipped.twr", whole);
        string message = Assert.Throws<InputException>(() => RecordingReader.Open(path)).Message;
        Assert.Contains("bytes 459008 to 524543", message, StringComparison.Ordinal);
        Assert.Contains("records 8192 to 9362", message, StringComparison.Ordinal);
        using RecordingReader unchecked_ = RecordingReader.Open(path, verify: false);
        Assert.Equal(50_000, unchecked_.Records<Bar>().Length);
    }

    [Fact]
    public void AFileCutAnywhereIsRefused()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 10), runLength: 10);
        byte[] whole = File.ReadAllBytes(_directory["a.twr"]);
        for (int length = 0; length < whole.Length; length++)
        {
            string path = _directory.Write("cut.twr", whole[..length]);
            InputException fault = Assert.Throws<InputException>(() => RecordingReader.Open(path).Dispose());
            if (length >= 256) Assert.Contains("is cut off", fault.Message, StringComparison.Ordinal);
        }
        Assert.Contains("follow its end", Assert.Throws<InputException>(() => RecordingReader.Open(_directory.Write("long.twr", [.. whole, 0]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANewerVersionIsRefusedAsNewer()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 10), runLength: 10);
        byte[] bytes = File.ReadAllBytes(_directory["a.twr"]);
        bytes[8] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(252), Crc32C.Compute(bytes.AsSpan(0, 252)));
        string message = Assert.Throws<InputException>(() => RecordingReader.Open(_directory.Write("new.twr", bytes))).Message;
        Assert.Contains("found version 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordingOfAnotherSymbolIsRefused()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 10), runLength: 10);
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(_directory["a.twr"], new() { Symbol = "NQ" })).Message;
        Assert.Contains("found a recording of ES, expected NQ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordsOutOfOrderAreNotWritten()
    {
        Bar[] bars = MarketDataMaker.Bars(new Random(5), 10);
        using var writer = new RecordingWriter<Bar>(_directory["a.twr"], Es, Timeframe.OneMinute);
        writer.Append(bars);
        Assert.Throws<ArgumentException>(() => writer.Append(bars.AsSpan(9)));
    }

    [Fact]
    public void AnUnfinishedRecordingLeavesTheOldOneInPlace()
    {
        WriteBars("a.twr", MarketDataMaker.Bars(new Random(5), 10), runLength: 10);
        byte[] before = File.ReadAllBytes(_directory["a.twr"]);
        using (var writer = new RecordingWriter<Bar>(_directory["a.twr"], Es, Timeframe.OneMinute)) writer.Append(MarketDataMaker.Bars(new Random(6), 50_000));
        Assert.Equal(before, File.ReadAllBytes(_directory["a.twr"]));
        Assert.Single(Directory.GetFiles(_directory.Root));
    }

    [Fact]
    public void ANameInAMissingDirectoryIsRefused() =>
        Assert.Contains("does not exist", Assert.Throws<InputException>(() => new RecordingWriter<Trade>(_directory["absent/a.twr"], Es)).Message, StringComparison.Ordinal);

    private void WriteBars(string name, Bar[] bars, int runLength)
    {
        using var writer = new RecordingWriter<Bar>(_directory[name], Es, Timeframe.OneMinute);
        foreach (Bar[] run in bars.Chunk(runLength)) writer.Append(run);
        writer.Complete();
    }

    private void Write<T>(string name, T[] records) where T : unmanaged
    {
        using var writer = new RecordingWriter<T>(_directory[name], Es);
        writer.Append(records);
        writer.Complete();
    }
}
