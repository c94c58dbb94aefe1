using System.Diagnostics;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Recording;

/// <summary>Importing, exporting and importing again gives the same file, byte for byte.</summary>
public sealed class ConversionTests : IDisposable
{
    private static readonly Instrument Subject = new("TEST", AssetClass.Crypto, 0.01m, 1m, Core.Market.ContinuousCalendar.Instance);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    public static TheoryData<string> RealFiles => new(RealData.Names);

    [Theory]
    [MemberData(nameof(RealFiles))]
    public void RealFilesSurviveImportExportAndImport(string name)
    {
        RecordingImport.FromCsv(RealData.Find(name), _directory["a.twr"], Subject, cancel: TestContext.Current.CancellationToken);
        AssertSurvives("a.twr", "plain.csv");
        AssertSurvives("a.twr", "packed.csv.gz");
    }

    [Fact]
    public void RandomDataSurviveExportAndImport()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            int count = random.Next(1, 500);
            Write(MarketDataMaker.Bars(random, count), Timeframe.OneMinute);
            AssertSurvives("a.twr", "a.csv");
            Write(MarketDataMaker.UnevenBars(random, count), Timeframe.OneMinute);
            AssertSurvives("a.twr", "a.csv", Timeframe.OneMinute);
            Write(MarketDataMaker.Trades(random, count), null);
            AssertSurvives("a.twr", "a.csv");
            Write(MarketDataMaker.Quotes(random, count), null);
            AssertSurvives("a.twr", "a.csv");
        }
    }

    [Fact]
    public void AStreamOfManyTradesSurvives()
    {
        Write(MarketDataMaker.Trades(new Random(77), 200_000), null);
        AssertSurvives("a.twr", "a.csv.gz");
    }

    [Fact]
    public void AFaultInTheCsvLeavesNoRecording()
    {
        string path = _directory.Write("bad.csv", "timestamp,price,size\n2024-01-02T00:00:00Z,1,1\n2024-01-02T00:00:00Z,x,1\n");
        Assert.Throws<InputException>(() => RecordingImport.FromCsv(path, _directory["a.twr"], Subject, cancel: TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(_directory.Root));
    }

    [Fact]
    public async Task AFullDiskLeavesTheOldFilesAsTheyWere()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        using (var writer = new RecordingWriter<Bar>(_directory["big.twr"], Subject, Timeframe.OneMinute))
        {
            writer.Append(MarketDataMaker.Bars(new Random(1), 50_000));
            writer.Complete();
        }
        _directory.Write("old.csv", "old");
        _directory.Write("old.twr", "old");
        using Process child = ChildProcess.Start(nameof(Scenarios.ExportUntilFull), _directory.Root, "ulimit -f 2000"); // 1,000 KiB a file
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.All(lines, line => Assert.Contains("the disk (or the quota) is full, nothing was written and a file of that name is as it was; free some space", line, StringComparison.Ordinal));
        Assert.Equal(("old", "old"), (await File.ReadAllTextAsync(_directory["old.csv"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(_directory["old.twr"], TestContext.Current.CancellationToken)));
        Assert.Equal(3, Directory.GetFiles(_directory.Root).Length);
    }

    private void Write<T>(T[] records, Timeframe? timeframe) where T : unmanaged
    {
        using var writer = new RecordingWriter<T>(_directory["a.twr"], Subject, timeframe);
        writer.Append(records);
        writer.Complete();
    }

    private void AssertSurvives(string recording, string csv, Timeframe? timeframe = null)
    {
        using (MarketDataFile file = MarketDataFile.Open(_directory[recording])) CsvWriter.Write(file, _directory[csv]);
        RecordingImport.FromCsv(_directory[csv], _directory["again.twr"], Subject, new() { Timeframe = timeframe, AllowNegativePrices = true }, TestContext.Current.CancellationToken);
        Assert.Equal(File.ReadAllBytes(_directory[recording]), File.ReadAllBytes(_directory["again.twr"]));
    }
}
