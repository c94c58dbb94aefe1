using System.Globalization;
using System.IO.Compression;
using System.Text;
using Tradewind.Core.Model;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Csv;

public sealed class CsvReaderTests : IDisposable
{
    private const string Header = "timestamp,open,high,low,close,volume\n";

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("timestamp,open,high,low,close,volume", "2024-01-02T00:00:00Z,10,12.5,9,11,5")]
    [InlineData("Volume,Close,LOW,High,Open,Timestamp", "5,11,9,12.5,10,2024-01-02T00:00:00Z")]
    [InlineData("timestamp, open ,\"high\",low,close,volume", "2024-01-02T00:00:00Z, 10 ,\"12.5\",9,+11,5e0")]
    [InlineData("symbol,timestamp,open,high,low,close,volume,note", "ES,2024-01-02T00:00:00Z,10,12.5,9,11,5,\"a note\"")]
    [InlineData("timestamp,open,high,low,close,volume", "1704153600000,10.0,12.50,9.000,11,5.")]
    public void ColumnsMayComeInAnyOrderCaseAndCompany(string header, string row)
    {
        foreach (string text in (string[])[$"{header}\n{row}\n", $"{header}\n{row}", $"{header}\r\n{row}\r\n", $"\uFEFF{header}\n{row}\n\n", $"{header}\r\n{row}\r\n\r\n \r\n"])
        {
            using MarketDataFile file = MarketDataFile.Open(_directory.Write("input.csv", text));
            Bar bar = Assert.Single(file.Bars.ToArray());
            Assert.Equal(new Bar(Timestamp.FromUtc(2024, 1, 2), Timestamp.FromUtc(2024, 1, 2, 0, 1), 10, 12.5, 9, 11, 5), bar);
        }
    }

    [Fact]
    public void IgnoredColumnsAreNoted()
    {
        using MarketDataFile file = MarketDataFile.Open(_directory.Write("input.csv", "timestamp,price,size,bid,ask\n2024-01-02T00:00:00Z,10,1,9,11\n"));
        Assert.Equal(MarketDataKind.Trades, file.Kind);
        Assert.Contains("Ignored columns: bid, ask.", file.Notes);
    }

    [Theory]
    [InlineData("input.csv")]
    [InlineData("input.csv.gz")]
    [InlineData("input")]
    public void GzipIsKnownByItsBytesNotItsName(string name)
    {
        const string text = Header + "2024-01-02T00:00:00Z,10,12,9,11,5\n";
        using MarketDataFile plain = MarketDataFile.Open(_directory.Write("plain-" + name, text));
        using MarketDataFile packed = MarketDataFile.Open(_directory.Write("packed-" + name, TempDirectory.Gzip(text)));
        Assert.Equal(plain.Bars.ToArray(), packed.Bars.ToArray());
    }

    [Fact]
    public void IdenticalConsecutiveTradesAreKept()
    {
        using MarketDataFile file = MarketDataFile.Open(_directory.Write("input.csv", "timestamp,price,size\n2024-01-02T00:00:00Z,10,1\n2024-01-02T00:00:00Z,10,1\n2024-01-02T00:00:00Z,10,1\n"));
        Assert.Equal(3, file.Count);
    }

    [Fact]
    public void NegativePricesPassWhereTheyAreAllowed()
    {
        // the settlement of the May 2020 crude oil contract on 2020-04-20 was -37.63
        string path = _directory.Write("input.csv", Header + "2020-04-20T00:00:00Z,17.73,17.85,-40.32,-37.63,247947\n");
        Assert.Throws<InputException>(() => MarketDataFile.Open(path));
        using MarketDataFile file = MarketDataFile.Open(path, new() { AllowNegativePrices = true });
        Assert.Equal(-37.63, file.Bars.Span[0].Close);
    }

    [Theory]
    [InlineData("2024-01-02T00:00:00Z,2024-01-02T00:01:00Z,2024-01-02T00:05:00Z", "1m", "2024-01-02T00:06:00Z")]
    [InlineData("2024-01-02T00:00:00Z,2024-01-02T00:10:00Z,2024-01-02T00:15:00Z", "5m", "2024-01-02T00:20:00Z")]
    [InlineData("2024-01-02T00:00:00Z,2024-01-02T01:00:00Z,2024-01-02T02:00:00Z", "1h", "2024-01-02T03:00:00Z")]
    [InlineData("2024-01-02,2024-01-03,2024-01-08", "1d", "2024-01-09T00:00:00Z")]
    [InlineData("2024-01-01,2024-01-08,2024-01-15", "7d", "2024-01-22T00:00:00Z")]
    [InlineData("2024-01-02T00:00:00Z", "1m", "2024-01-02T00:01:00Z")]
    public void TheTimeframeIsTheSmallestStep(string times, string timeframe, string lastEnd)
    {
        string path = _directory.Write("input.csv", Header + string.Concat(times.Split(',').Select(time => $"{time},1,1,1,1,1\n")));
        using MarketDataFile file = MarketDataFile.Open(path);
        Assert.Equal(timeframe, file.Timeframe.ToString());
        Assert.Equal(lastEnd, file.To.ToString());
    }

    [Fact]
    public void AGivenTimeframeSetsTheEnds()
    {
        string path = _directory.Write("input.csv", Header + "2024-01-02T00:00:00Z,1,1,1,1,1\n2024-01-02T01:00:00Z,1,1,1,1,1\n");
        using MarketDataFile file = MarketDataFile.Open(path, new() { Timeframe = Timeframe.Minutes(5) });
        Assert.Equal("2024-01-02T00:05:00Z", file.Bars.Span[0].End.ToString());
    }

    [Fact]
    public void DaysOfLocalMidnightAreDaysThoughOneHas23Hours()
    {
        // midnight in New York around the change to summer time on 2024-03-10
        string[] starts = ["2024-03-08T05:00:00Z", "2024-03-09T05:00:00Z", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z", "2024-03-12T04:00:00Z"];
        string path = _directory.Write("input.csv", Header + string.Concat(starts.Select(time => $"{time},1,1,1,1,1\n")));
        using MarketDataFile file = MarketDataFile.Open(path);
        Assert.Equal(Timeframe.OneDay, file.Timeframe);
        Assert.Equal("2024-03-11T04:00:00Z", file.Bars.Span[2].End.ToString());
        Assert.Equal("2024-03-13T04:00:00Z", file.To.ToString());
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void ALargeFileReadsAsAPlainLoopReadsIt(int seed, bool isPacked)
    {
        (string text, Bar[] expected) = MakeBars(new Random(seed), 120_000);
        string path = isPacked ? _directory.Write("input.gz", TempDirectory.Gzip(text)) : _directory.Write("input.csv", text);
        using MarketDataFile file = MarketDataFile.Open(path);
        Assert.Equal(expected.Length, file.Count);
        Assert.True(file.Bars.Span.SequenceEqual(expected));
    }

    [Fact]
    public void SeveralGzipMembersInOneFileAreOneText()
    {
        byte[] both = [.. TempDirectory.Gzip(Header + "2024-01-02T00:00:00Z,1,1,1,1,1\n"), .. TempDirectory.Gzip("2024-01-02T00:01:00Z,1,1,1,1,1\n")];
        using MarketDataFile file = MarketDataFile.Open(_directory.Write("input.csv.gz", both));
        Assert.Equal(2, file.Count);
    }

    [Fact]
    public void RealFilesReadAsAPlainLoopReadsThem()
    {
        foreach (string name in RealData.Names.Where(name => name.Contains("-1m", StringComparison.Ordinal) || name.Contains("-1d", StringComparison.Ordinal)))
        {
            string path = RealData.Find(name);
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
            using MarketDataFile file = MarketDataFile.Open(path);
            Assert.Equal(lines.Length, file.Count);
            for (int i = 0; i < lines.Length; i++)
            {
                string[] fields = lines[i].Split(',');
                Bar bar = file.Bars.Span[i];
                double[] values = Array.ConvertAll(fields[1..], field => double.Parse(field, CultureInfo.InvariantCulture));
                Assert.Equal(Timestamp.From(DateTimeOffset.Parse(fields[0], CultureInfo.InvariantCulture)), bar.Start);
                Assert.Equal(values, new[] { bar.Open, bar.High, bar.Low, bar.Close, bar.Volume });
            }
        }
    }

    /// <summary>Rows of uneven length with gaps, and the bars that a plain loop over them must give.</summary>
    private static (string Text, Bar[] Bars) MakeBars(Random random, int count)
    {
        var text = new StringBuilder(Header);
        var bars = new Bar[count];
        var time = new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < count; i++)
        {
            time = time.AddMinutes(random.Next(20) == 0 ? random.Next(1, 5000) : 1);
            decimal[] prices = [.. Enumerable.Range(0, 4).Select(_ => decimal.Round((decimal)random.NextDouble() * 10_000 + 1, random.Next(8))).Order()];
            decimal volume = decimal.Round((decimal)random.NextDouble() * 1000, random.Next(10));
            string[] fields = [.. new[] { prices[1], prices[3], prices[0], prices[2], volume }.Select(value => value.ToString(CultureInfo.InvariantCulture))];
            text.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ssZ},{string.Join(',', fields)}\n");
            double[] values = Array.ConvertAll(fields, field => double.Parse(field, CultureInfo.InvariantCulture));
            bars[i] = new(Timestamp.From(time), Timestamp.From(time.AddMinutes(1)), values[0], values[1], values[2], values[3], values[4]);
        }
        return (text.ToString(), bars);
    }
}
