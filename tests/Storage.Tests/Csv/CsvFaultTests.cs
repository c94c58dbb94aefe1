using Tradewind.Core.Model;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Csv;

/// <summary>Every kind of wrong file is refused with one sentence that says where, what was found, what was expected and the cure.</summary>
public sealed class CsvFaultTests : IDisposable
{
    private const string Bars = "timestamp,open,high,low,close,volume\n";
    private const string Good = "2024-01-02T00:00:00Z,10,12,9,11,5\n";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string, string, string[]> Faults => new()
    {
        { "a missing column", "timestamp,open,high,close,volume\n2024-01-02T00:00:00Z,10,12,11,5\n", ["line 1", "column low is missing", "timestamp,open,high,low,close,volume", "add the column"] },
        { "two missing columns", "timestamp,open,high,low\n", ["line 1", "column close, volume is missing"] },
        { "no header", Good + Good, ["line 1", "\"2024-01-02T00:00:00Z,10,12,9,11,5\"", "expected a header", "add a first line"] },
        { "semicolons", "timestamp;open;high;low;close;volume\n1;2;3;4;5;6\n", ["line 1", "separate the columns by commas"] },
        { "a column twice", "timestamp,open,high,low,close,volume,Open\n", ["line 1", "column open twice", "remove or rename"] },
        { "a word for a number", Bars + Good + "2024-01-02T00:01:00Z,10,abc,9,11,5\n", ["line 3", "column high", "\"abc\"", "a finite number", "correct or remove"] },
        { "a decimal comma", Bars + "2024-01-02T00:01:00Z,\"10\",\"12\",\"9\",\"1 1\",5\n", ["line 2", "column close", "\"1 1\""] },
        { "an empty number", Bars + "2024-01-02T00:01:00Z,10,12,,11,5\n", ["line 2", "column low", "found nothing", "a finite number"] },
        { "not a number", Bars + "2024-01-02T00:01:00Z,10,12,9,NaN,5\n", ["line 2", "column close", "\"NaN\"", "a finite number"] },
        { "infinity", Bars + "2024-01-02T00:01:00Z,10,Infinity,9,11,5\n", ["line 2", "column high", "\"Infinity\""] },
        { "a number beyond all doubles", Bars + "2024-01-02T00:01:00Z,10,1e999,9,11,5\n", ["line 2", "column high", "\"1e999\""] },
        { "hexadecimal", Bars + "2024-01-02T00:01:00Z,10,0x1F,9,11,5\n", ["line 2", "column high", "\"0x1F\""] },
        { "a lone minus", Bars + "2024-01-02T00:01:00Z,10,-,9,11,5\n", ["line 2", "column high", "\"-\""] },
        { "rows out of order", Bars + "2024-01-02T00:01:00Z,10,12,9,11,5\n" + Good, ["line 3", "column timestamp", "2024-01-02T00:00:00Z after 2024-01-02T00:01:00Z", "in the order of time", "sort the file"] },
        { "a bar twice", Bars + Good + Good, ["line 3", "2024-01-02T00:00:00Z a second time", "each bar once", "remove one"] },
        { "high below low", Bars + "2024-01-02T00:00:00Z,10,9,12,10,5\n", ["line 2", "column high", "found 9", "not below the low of 12"] },
        { "open above high", Bars + "2024-01-02T00:00:00Z,13,12,9,11,5\n", ["line 2", "column open", "found 13", "between the low of 9 and the high of 12"] },
        { "close below low", Bars + "2024-01-02T00:00:00Z,10,12,9,8,5\n", ["line 2", "column close", "found 8", "between the low of 9 and the high of 12"] },
        { "a price of zero", Bars + "2024-01-02T00:00:00Z,10,12,0,11,5\n", ["line 2", "column low", "found 0", "a price above 0", "--allow-negative-prices"] },
        { "a negative price", Bars + "2024-01-02T00:00:00Z,-10,12,9,11,5\n", ["line 2", "column open", "found -10", "a price above 0"] },
        { "a negative volume", Bars + "2024-01-02T00:00:00Z,10,12,9,11,-5\n", ["line 2", "column volume", "found -5", "a size of 0 or more"] },
        { "too few fields", Bars + Good + "2024-01-02T00:01:00Z,10,12\n", ["line 3", "found 3 fields", "6 as the header names", "cut off"] },
        { "too many fields", Bars + "2024-01-02T00:01:00Z,10,12,9,11,5,6\n", ["line 2", "found 7 fields", "6 as the header names"] },
        { "an empty line between rows", Bars + Good + "\n2024-01-02T00:01:00Z,10,12,9,11,5\n", ["line 3", "an empty line", "remove the line"] },
        { "mixed offsets", Bars + "2024-01-02T00:00:00+01:00,10,12,9,11,5\n2024-01-02T00:01:00Z,10,12,9,11,5\n", ["line 3", "column timestamp", "\"2024-01-02T00:01:00Z\"", "another offset", "+01:00", "in UTC"] },
        { "mixed offsets after UTC", Bars + Good + "2024-01-02T00:01:00-05:00,10,12,9,11,5\n", ["line 3", "the offset Z in every row"] },
        { "a time without offset", Bars + "2024-01-02T00:00:00,10,12,9,11,5\n", ["line 2", "column timestamp", "without an offset", "append Z"] },
        { "a time without offset further down", Bars + Good + "2024-01-02T00:01:00,10,12,9,11,5\n", ["line 3", "without an offset"] },
        { "mixed forms", Bars + Good + "1704153660,10,12,9,11,5\n", ["line 3", "\"1704153660\"", "ISO 8601", "in one form"] },
        { "mixed units", Bars + "1704153600,10,12,9,11,5\n1704153660000,10,12,9,11,5\n", ["line 3", "\"1704153660000\"", "Unix seconds", "one form and unit"] },
        { "a month that does not exist", Bars + "2024-13-02T00:00:00Z,10,12,9,11,5\n", ["line 2", "\"2024-13-02T00:00:00Z\"", "a time as ISO 8601"] },
        { "a day that does not exist", Bars + Good + "2024-02-30T00:00:00Z,10,12,9,11,5\n", ["line 3", "\"2024-02-30T00:00:00Z\""] },
        { "an hour that does not exist", Bars + Good + "2024-01-02T25:00:00Z,10,12,9,11,5\n", ["line 3", "\"2024-01-02T25:00:00Z\""] },
        { "a time out of range", Bars + "1500-01-01T00:00:00Z,10,12,9,11,5\n", ["line 2", "between the years 1678 and 2261"] },
        { "an American date", Bars + "01/02/2024,10,12,9,11,5\n", ["line 2", "\"01/02/2024\"", "a time as ISO 8601"] },
        { "an empty time", Bars + ",10,12,9,11,5\n", ["line 2", "column timestamp", "found nothing"] },
        { "a header alone", Bars, ["only a header", "expected rows"] },
        { "a header without line end", Bars.TrimEnd(), ["only a header", "expected rows"] },
        { "a header and empty lines", Bars + "\n\r\n \n", ["only a header", "expected rows"] },
        { "nothing", "", ["an empty file", "export the file again"] },
        { "spaces alone", " \n\n", ["an empty file"] },
        { "negative trade size", "timestamp,price,size\n2024-01-02T00:00:00Z,10,-1\n", ["line 2", "column size", "found -1"] },
        { "trades out of order", "timestamp,price,size\n2024-01-02T00:00:01Z,10,1\n2024-01-02T00:00:00Z,10,1\n", ["line 3", "in the order of time"] },
        { "an unknown aggressor", "timestamp,price,size,aggressor\n2024-01-02T00:00:01Z,10,1,bob\n", ["line 2", "column aggressor", "\"bob\"", "buyer, seller or nothing"] },
        { "a plain date for a trade", "timestamp,price,size\n2024-01-02,10,1\n", ["line 2", "\"2024-01-02\"", "a time as ISO 8601"] },
        { "a bid of zero", "timestamp,bid,ask\n2024-01-02T00:00:01Z,0,1\n", ["line 2", "column bid", "found 0"] },
        { "a negative ask size", "timestamp,bid,ask,bidSize,askSize\n2024-01-02T00:00:01Z,1,1,1,-2\n", ["line 2", "column askSize", "found -2"] },
        { "an end before the start", "timestamp,open,high,low,close,volume,end\n2024-01-02T00:01:00Z,10,12,9,11,5,2024-01-02T00:00:00Z\n", ["line 2", "column end", "after the bar's start"] },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void AWrongFileIsRefusedWithASentenceThatNamesPlaceFindAndCure(string what, string text, string[] expected)
    {
        string path = _directory.Write("input.csv", text);
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        foreach (string part in expected) Assert.True(message.Contains(part, StringComparison.Ordinal), $"{what}: \"{part}\" is not in: {message}");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void TheSameSentenceComesFromAPackedFileWithWindowsLineEnds(string what, string text, string[] expected)
    {
        string path = _directory.Write("input.csv", TempDirectory.Gzip(text.Replace("\n", "\r\n", StringComparison.Ordinal)));
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
        foreach (string part in expected) Assert.True(message.Contains(part, StringComparison.Ordinal), $"{what}: \"{part}\" is not in: {message}");
    }

    [Fact]
    public void AMissingFileIsNamed() =>
        Assert.Contains("there is no such file", Assert.Throws<InputException>(() => MarketDataFile.Open(_directory["absent.csv"])).Message, StringComparison.Ordinal);

    [Fact]
    public void ADirectoryIsNoFile() =>
        Assert.Contains("found a directory", Assert.Throws<InputException>(() => MarketDataFile.Open(_directory.Root)).Message, StringComparison.Ordinal);

    [Fact]
    public void Utf16IsNamed()
    {
        string path = _directory.Write("input.csv", [0xFF, 0xFE, (byte)'t', 0]);
        Assert.Contains("UTF-16", Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileWithoutLinesIsNoCsv()
    {
        string path = _directory.Write("input.csv", new string('x', 3_000_000));
        Assert.Contains("no CSV file", Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedGzipIsRefusedWhereverItIsCut()
    {
        byte[] whole = TempDirectory.Gzip(Bars + string.Concat(Enumerable.Range(0, 60).Select(minute => $"2024-01-02T00:{minute:D2}:00Z,10,12,9,11,{minute * 7919 % 101}\n")));
        for (int length = 2; length < whole.Length; length++)
        {
            string path = _directory.Write("input.csv.gz", whole[..length]);
            string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
            Assert.Contains("gzip", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADamagedGzipIsRefused()
    {
        byte[] packed = TempDirectory.Gzip(Bars + Good);
        packed[^6] ^= 0x10; // in the checksum
        string path = _directory.Write("input.csv.gz", packed);
        Assert.Contains("gzip data are damaged", Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message, StringComparison.Ordinal);
    }

    /// <summary>Only the checksum at the end tells that a row far above it was changed: the archive is called damaged, not the row wrong.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void ARowOfADamagedGzipIsNotBlamed(string wrong)
    {
        const int rows = 120_000;
        var start = new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);
        byte[] packed = TempDirectory.Gzip(Bars + string.Concat(Enumerable.Range(0, rows).Select(i => $"{start.AddMinutes(i):yyyy-MM-ddTHH:mm:ssZ},10,12,9,{(i == 100 ? "1" + wrong : "11")},5\n")));
        packed[^6] ^= 0x10; // in the checksum
        string path = _directory.Write("input.csv.gz", packed);
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
        Assert.Contains("gzip data are damaged", message, StringComparison.Ordinal);
        Assert.Contains("lines before that may be wrong", message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 102", message, StringComparison.Ordinal);
    }

    [Fact]
    public void BarsLongerThanTheirStepOverlapAndAreRefused()
    {
        string path = _directory.Write("input.csv", Bars + Good + "2024-01-02T00:05:00Z,10,12,9,11,5\n2024-01-02T00:06:00Z,10,12,9,11,5\n");
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path, new() { Timeframe = Timeframe.Minutes(5) })).Message;
        Assert.Contains("line 4", message, StringComparison.Ordinal);
        Assert.Contains("2024-01-02T00:06:00Z before the end 2024-01-02T00:10:00Z", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AFaultFarDownIsNamedWithItsLine()
    {
        const int rows = 200_000;
        var start = new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);
        IEnumerable<string> lines = Enumerable.Range(0, rows).Select(i => $"{start.AddMinutes(i):yyyy-MM-ddTHH:mm:ssZ},10,12,9,{(i == 150_000 ? "x" : "11")},{(i == 170_000 ? "y" : "5")}\n");
        string path = _directory.Write("input.csv", Bars + string.Concat(lines));
        string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
        Assert.Contains("line 150002,", message, StringComparison.Ordinal);
    }

    [Fact]
    public void DisorderBetweenTwoChunksIsFound()
    {
        const int rows = 60_000;
        var start = new DateTimeOffset(2024, 1, 2, 0, 0, 0, TimeSpan.Zero);
        for (int wrong = 30_835; wrong < 30_845; wrong++)
        {
            // rows of 34 bytes: the first chunk of 1,048,576 bytes, header included, ends in row 30,839
            IEnumerable<string> lines = Enumerable.Range(0, rows).Select(i => $"{start.AddMinutes(i == wrong ? i - 1 : i):yyyy-MM-ddTHH:mm:ssZ},10,12,9,11,5\n");
            string path = _directory.Write("input.csv", Bars + string.Concat(lines));
            string message = Assert.Throws<InputException>(() => MarketDataFile.Open(path)).Message;
            Assert.Contains($"line {wrong + 2},", message, StringComparison.Ordinal);
        }
    }
}
