using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A file that cannot be used is refused with its name, the line or byte, what was found and what was expected; exit code 2.</summary>
public sealed class WrongFileTests : IDisposable
{
    private const string First = "2024-03-05T15:00:00Z,100,101,99,100.5,10\n";
    private const string Header = Samples.BarHeader + "\n";

    private readonly Launcher _program = new();

    public static TheoryData<string, string[]> Rows => new()
    {
        { "", ["data.csv"] },
        { Header, ["data.csv", "only a header"] },
        { "timestamp,open,high,low,volume\n" + First, ["data.csv", "close"] },
        { "a,b,c\n1,2,3\n", ["data.csv"] },
        { Header + First + "2024-03-05T15:01:00Z,100,101,99,100.5\n", ["data.csv", "line 3", "5 fields", "6"] },
        { Header + First + "2024-03-05T15:01:00Z,100,abc,99,100.5,10\n", ["data.csv", "line 3", "high", "\"abc\""] },
        { Header + First + "2024-03-05T15:01:00Z,100,NaN,99,100.5,10\n", ["line 3", "high", "\"NaN\""] },
        { Header + First + "2024-03-05T14:59:00Z,100,101,99,100.5,10\n", ["line 3", "2024-03-05T14:59:00Z", "order of time"] },
        { Header + First + First, ["line 3", "a second time"] },
        { Header + First + "2024-03-05T15:01:00Z,100,98,99,100.5,10\n", ["line 3", "high"] },
        { Header + First + "2024-03-05T15:01:00Z,0,101,0,100.5,10\n", ["line 3", "0"] },
        { Header + First + "2024-03-05T15:01:00Z,100,101,-5,100.5,10\n", ["line 3", "-5"] },
        { Header + First + "2024-03-05T15:01:00+01:00,100,101,99,100.5,10\n", ["line 3", "another offset"] },
        { Header + "2024-03-05T15:00:00,100,101,99,100.5,10\n", ["line 2", "without an offset"] },
        { Header + "noon,100,101,99,100.5,10\n", ["line 2", "\"noon\""] },
        { Header + First + "1709650860,100,101,99,100.5,10\n", ["line 3"] },
    };

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Rows))]
    public void AWrongCsvNamesItsLine(string text, string[] expected)
    {
        _program.File("data.csv", text);

        _program.Run("backtest", "--data", "data.csv", "--symbol", "ES", "--strategy", "moving-average-cross").Refuses(2, expected);
        _program.Run("data", "import", "data.csv", "--symbol", "ES", "--out", "data.twr").Refuses(2, expected);
        Assert.False(File.Exists(_program.PathOf("data.twr")));
    }

    [Theory]
    [InlineData(300)]
    [InlineData(20)]
    public void ACutRecordingIsRefused(int bytesLeft)
    {
        string recording = Recording();
        using (FileStream file = File.OpenWrite(recording)) file.SetLength(bytesLeft);

        _program.Run("backtest", "--data", "bars.twr", "--strategy", "moving-average-cross").Refuses(2, "bars.twr", bytesLeft > 256 ? "cut off" : "");
    }

    [Fact]
    public void AFlippedBitIsRefused()
    {
        string recording = Recording();
        using (FileStream file = File.Open(recording, FileMode.Open))
        {
            file.Position = 1000;
            int found = file.ReadByte();
            file.Position = 1000;
            file.WriteByte((byte)(found ^ 1));
        }

        _program.Run("backtest", "--data", "bars.twr", "--strategy", "moving-average-cross").Refuses(2, "bars.twr", "checksum");
        _program.Run("data", "info", "bars.twr").Refuses(2, "bars.twr", "checksum");
    }

    [Fact]
    public void ARecordingWhoseFirstByteIsDamagedIsNotTakenForCsv()
    {
        string recording = Recording();
        using (FileStream file = File.OpenWrite(recording)) file.WriteByte((byte)('T' ^ 1));

        foreach (string[] command in (string[][])[["backtest", "--data", "bars.twr", "--strategy", "moving-average-cross"], ["data", "info", "bars.twr"], ["data", "export", "bars.twr", "--out", "again.csv"]])
        {
            _program.Run(command).Refuses(2, "bars.twr", "found \"UWR", "the recording is damaged");
        }
    }

    [Fact]
    public void ARecordingOfAnotherSymbolIsRefused()
    {
        Recording();

        _program.Run("backtest", "--data", "bars.twr", "--symbol", "NQ", "--strategy", "moving-average-cross").Refuses(2, "found a recording of ES, expected NQ");
    }

    [Fact]
    public void InfoCountsWhatIsOutOfOrder()
    {
        _program.File("data.csv", Header + First + First + "2024-03-05T14:59:00Z,100,101,99,100.5,10\n");

        Ran ran = _program.Run("data", "info", "data.csv", "--json").Succeeds();

        Assert.Equal(1, ran.Json().GetProperty("duplicates").GetInt32());
        Assert.Equal(1, ran.Json().GetProperty("disorder").GetInt32());
        Assert.False(ran.Json().GetProperty("isSound").GetBoolean());
    }

    [Fact]
    public void InfoSaysHowLongAGapWasOpenInTheTwoLargestUnits()
    {
        _program.File("data.csv", Header + First + "2024-03-05T15:01:00Z,100,101,99,100.5,10\n2024-03-05T15:13:00Z,100,101,99,100.5,10\n2024-03-07T09:13:00Z,100,101,99,100.5,10\n");

        string output = _program.Run("data", "info", "data.csv").Succeeds().Output;

        // Without a symbol every hour counts: 15:02 to 15:13, and from 15:14 to 09:13 two days later.
        Assert.Contains("2024-03-05T15:02:00Z to 2024-03-05T15:13:00Z, 11m open, 11 bars", output, StringComparison.Ordinal);
        Assert.Contains("2024-03-05T15:14:00Z to 2024-03-07T09:13:00Z, 1d 17h open, 2,519 bars", output, StringComparison.Ordinal);
    }

    private string Recording()
    {
        _program.File("bars.csv", Samples.Bars(300));
        _program.Run("data", "import", "bars.csv", "--symbol", "ES", "--out", "bars.twr").Succeeds();
        return _program.PathOf("bars.twr");
    }
}
