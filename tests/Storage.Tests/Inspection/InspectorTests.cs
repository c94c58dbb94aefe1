using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;
using Tradewind.Storage.Inspection;
using Tradewind.Storage.Recording;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Inspection;

public sealed class InspectorTests : IDisposable
{
    private const string Header = "timestamp,open,high,low,close,volume\n";

    private static readonly Instrument Es = Subject("ES", Calendars.CmeEquity);

    private readonly TempDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    private static Instrument Subject(string symbol, SessionCalendar calendar) => new(symbol, AssetClass.Future, 0.25m, 50m, calendar);

    [Fact]
    public void ASoundFileIsDescribed()
    {
        string path = _directory.Write("a.csv", Header + Bars("2024-01-02T15:00:00Z", "2024-01-02T15:01:00Z", "2024-01-02T15:02:00Z"));
        MarketDataReport report = MarketDataInspector.Inspect(path, Es);
        Assert.True(report.IsSound);
        Assert.Equal((MarketDataKind.Bars, "ES", Timeframe.OneMinute, 3L, "cme-equity"), (report.Kind, report.Symbol, report.Timeframe!.Value, report.Count, report.Calendar));
        Assert.Equal(("2024-01-02T15:00:00Z", "2024-01-02T15:03:00Z"), (report.From.ToString(), report.To.ToString()));
        Assert.Equal((0L, 0L, 0L, 0L), (report.GapCount, report.Duplicates, report.Disorder, report.OutsideSessions));
    }

    [Fact]
    public void EveryFaultIsCountedAndTheFirstOfEachKindQuoted()
    {
        string text = Header
            + Bars("2024-01-02T15:00:00Z", "2024-01-02T15:01:00Z")
            + "2024-01-02T15:02:00Z,10,x,9,11,5\n"
            + "2024-01-02T15:03:00Z,10,9,12,10,5\n"
            + "2024-01-02T15:04:00Z,10,8,12,10,5\n"
            + Bars("2024-01-02T15:00:00Z", "2024-01-02T15:00:00Z")
            + "\n"
            + Bars("2024-01-02T15:05:00Z");
        MarketDataReport report = MarketDataInspector.Inspect(_directory.Write("a.csv", text), Es);
        Assert.False(report.IsSound);
        Assert.Equal((5L, 1L, 1L), (report.Count, report.Duplicates, report.Disorder));
        (DataFault, long)[] expected = [(DataFault.FieldCount, 1), (DataFault.NotANumber, 1), (DataFault.Disorder, 1), (DataFault.Duplicate, 1), (DataFault.BarOutOfRange, 2)];
        Assert.Equal(expected, report.Faults.Select(fault => (fault.Kind, fault.Count)));
        Assert.Contains("line 5, column high: found 9", report.Faults[^1].First, StringComparison.Ordinal);
    }

    [Fact]
    public void TheDailyHaltTheWeekendAndAHolidayAreNoGaps()
    {
        // E-mini S&P 500: halt 16:00 to 17:00 Chicago; closed from Friday 16:00 to Sunday 17:00; 2024-01-01 closed until 17:00
        string text = Header + Bars(
            "2024-01-03T21:59:00Z", "2024-01-03T23:00:00Z", // the halt
            "2024-01-03T23:01:00Z");
        Assert.Equal(0, MarketDataInspector.Inspect(_directory.Write("halt.csv", text), Es).GapCount);
        string weekend = Header + Bars("2024-01-05T21:58:00Z", "2024-01-05T21:59:00Z", "2024-01-07T23:00:00Z");
        Assert.Equal(0, MarketDataInspector.Inspect(_directory.Write("weekend.csv", weekend), Es).GapCount);
        string newYear = Header + Bars("2023-12-29T21:58:00Z", "2023-12-29T21:59:00Z", "2024-01-01T23:00:00Z");
        Assert.Equal(0, MarketDataInspector.Inspect(_directory.Write("newyear.csv", newYear), Es).GapCount);
    }

    [Fact]
    public void MissingBarsOfOpenHoursAreCounted()
    {
        string text = Header + Bars("2024-01-03T15:00:00Z", "2024-01-03T15:01:00Z", "2024-01-03T15:05:00Z", "2024-01-03T21:58:00Z", "2024-01-03T23:02:00Z");
        MarketDataReport report = MarketDataInspector.Inspect(_directory.Write("a.csv", text), Es);
        // 3 bars after 15:01; 412 from 15:06 to 21:57; one at 21:59 and two from 23:00 on around the halt
        Assert.Equal((3L, 418L), (report.GapCount, report.MissingBars));
        Assert.Equal([412L, 3L, 3L], report.LongestGaps.Select(gap => gap.MissingBars));
        Assert.Equal("2024-01-03T15:06:00Z", report.LongestGaps[0].From.ToString());
    }

    [Fact]
    public void MissingTradingDaysOfDailyBarsAreCounted()
    {
        // 2024-01-15 was Martin Luther King Day; 2024-01-17 is really missing here
        string text = Header + Bars("2024-01-11", "2024-01-12", "2024-01-16", "2024-01-18", "2024-01-19", "2024-01-22");
        MarketDataReport report = MarketDataInspector.Inspect(_directory.Write("a.csv", text), Subject("SPY", Calendars.UsEquity));
        Assert.Equal((1L, 1L), (report.GapCount, report.MissingBars));
    }

    [Fact]
    public void BarsOutsideTheSessionAreCounted()
    {
        string text = Header + Bars("2024-01-03T14:29:00Z", "2024-01-03T14:30:00Z", "2024-01-03T20:59:00Z", "2024-01-03T21:00:00Z");
        Assert.Equal(2, MarketDataInspector.Inspect(_directory.Write("a.csv", text), Subject("SPY", Calendars.UsEquity)).OutsideSessions);
    }

    [Fact]
    public void SilenceOfTradesIsAGapOnlyWhileTheVenueIsOpen()
    {
        string text = "timestamp,price,size\n2024-01-03T21:58:00Z,10,1\n2024-01-03T21:58:00Z,10,1\n2024-01-03T23:01:00Z,10,1\n2024-01-03T23:07:00Z,10,1\n";
        MarketDataReport report = MarketDataInspector.Inspect(_directory.Write("a.csv", text), Es);
        Assert.True(report.IsSound);
        Assert.Equal((1L, 1L), (report.GapCount, report.Duplicates));
        Assert.Equal(TimeSpan.FromMinutes(6), report.LongestGaps[0].Open);
    }

    [Fact]
    public void CrossedQuotesAreCounted() =>
        Assert.Equal(1, MarketDataInspector.Inspect(_directory.Write("a.csv", "timestamp,bid,ask\n2024-01-03T21:58:00Z,10,11\n2024-01-03T21:58:01Z,12,11\n2024-01-03T21:58:02Z,11,11\n")).CrossedQuotes);

    [Fact]
    public void ATruncatedArchiveIsReportedWithWhatCouldBeRead()
    {
        byte[] packed = TempDirectory.Gzip(Header + string.Concat(MarketDataMaker.Bars(new Random(1), 40_000).Select(bar => $"{bar.Start},10,12,9,11,{bar.Volume:0}\n")));
        MarketDataReport report = MarketDataInspector.Inspect(_directory.Write("a.csv.gz", packed[..(packed.Length - 100)]), Es);
        Assert.Contains("gzip", report.Damage!, StringComparison.Ordinal);
        Assert.False(report.IsSound);
        Assert.InRange(report.Count, 20_000, 39_999);
    }

    [Fact]
    public void ADamagedRecordingIsReportedWithItsDamage()
    {
        Bar[] bars = MarketDataMaker.Bars(new Random(1), 5000);
        using (var writer = new RecordingWriter<Bar>(_directory["a.twr"], Es, Timeframe.OneMinute))
        {
            writer.Append(bars);
            writer.Complete();
        }
        MarketDataReport sound = MarketDataInspector.Inspect(_directory["a.twr"]);
        Assert.True(sound.IsSound);
        Assert.Equal((5000L, "cme-equity", bars[^1].End), (sound.Count, sound.Calendar, sound.To));
        byte[] bytes = File.ReadAllBytes(_directory["a.twr"]);
        bytes[100_000] ^= 1;
        File.WriteAllBytes(_directory["a.twr"], bytes);
        MarketDataReport damaged = MarketDataInspector.Inspect(_directory["a.twr"]);
        Assert.Contains("checksum does not match", damaged.Damage!, StringComparison.Ordinal);
        Assert.Equal(5000, damaged.Count);
    }

    [Fact]
    public void TheRealFilesAreSound()
    {
        foreach (string name in RealData.Names)
        {
            MarketDataReport report = MarketDataInspector.Inspect(RealData.Find(name));
            Assert.True(report.IsSound, name);
            Assert.Equal(0, report.Disorder);
        }
        Assert.True(MarketDataInspector.Inspect(RealData.Find("gc-trades-2013-10-07.csv.gz")).Duplicates > 0);
        MarketDataReport spy = MarketDataInspector.Inspect(RealData.Find("spy-1d-1998-2021.csv.gz"), Subject("SPY", Calendars.UsEquity));
        Assert.Equal(0, spy.MissingBars); // every trading day of 23 years is there
    }

    private static string Bars(params string[] starts) => string.Concat(starts.Select(start => $"{start},10,12,9,11,5\n"));
}
