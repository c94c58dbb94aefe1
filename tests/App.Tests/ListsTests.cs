using System.Globalization;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

public sealed class ListsTests : IDisposable
{
    private readonly Launcher _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void StrategiesAreListedWithParametersRangesAndDefaults()
    {
        JsonElement[] all = [.. _program.Run("strategies", "list", "--json").Succeeds().Json().EnumerateArray()];

        JsonElement cross = all.Single(each => each.GetProperty("name").GetString() == "moving-average-cross");
        Assert.Equal("Trend", cross.GetProperty("family").GetString());
        JsonElement fast = cross.GetProperty("parameters")[0];
        Assert.Equal("Fast", fast.GetProperty("name").GetString());
        Assert.Equal(10, fast.GetProperty("default").GetInt32());
        Assert.Equal(1, fast.GetProperty("minimum").GetInt32());
        Assert.Equal(5000, fast.GetProperty("maximum").GetInt32());
        Assert.Contains(all, each => each.GetProperty("name").GetString() == "macd-crossover");
        Assert.Contains(all, each => each.GetProperty("name").GetString() == "bollinger-reversion");
    }

    [Fact]
    public void AStrategyIsDescribedInTheWordsOfItsSource()
    {
        string output = _program.Run("strategies", "describe", "moving-average-cross").Succeeds().Output;

        Assert.Contains("Long while the fast simple average is above the slow one", output, StringComparison.Ordinal);
        Assert.Contains("Length of the slow average, in bars.", output, StringComparison.Ordinal);
        Assert.Contains("2 to 10000", output, StringComparison.Ordinal);
    }

    [Fact]
    public void IndicatorsAreListedWithWarmUpAndSource()
    {
        JsonElement macd = _program.Run("indicators", "list", "--json").Succeeds().Json().EnumerateArray().Single(each => each.GetProperty("name").GetString() == "macd");

        Assert.Equal(["fast", "slow", "signal"], macd.GetProperty("parameters").EnumerateArray().Select(each => each.GetProperty("name").GetString()));
        Assert.Equal(["macd", "signal", "histogram"], macd.GetProperty("outputs").EnumerateArray().Select(each => each.GetString()));
        Assert.Equal(34, macd.GetProperty("warmUp").GetInt32());
        Assert.Contains("Appel", macd.GetProperty("source").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("strategies")]
    [InlineData("indicators")]
    public void ATableForAPipeHasOneLineForEachAndNoColours(string list)
    {
        Ran ran = _program.Run(list, "list").Succeeds();

        string[] lines = ran.Output.TrimEnd('\n').Split('\n');
        Assert.StartsWith("NAME", lines[0], StringComparison.Ordinal);
        Assert.Equal(_program.Run(list, "list", "--json").Json().GetArrayLength(), lines.Length - 1);
        Assert.DoesNotContain('\u001b', ran.Output);
    }

    /// <summary>Longer cells move the rest of their own row: most rows need no more than what they say.</summary>
    [Fact]
    public void ATableForAPipeIsNoWiderThanItsRowsNeed()
    {
        string[] lines = _program.Run("indicators", "list").Succeeds().Output.TrimEnd('\n').Split('\n');

        Assert.True(lines.Count(line => line.Length <= 210) >= lines.Length * 9 / 10, $"{lines.Count(line => line.Length > 210)} of {lines.Length} lines are longer than 210.");
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
    }

    [Theory]
    [InlineData("strategies", 80)]
    [InlineData("indicators", 80)]
    [InlineData("indicators", 120)]
    [InlineData("indicators", 200)]
    public void ATableForATerminalKeepsToItsWidthAndItsWords(string list, int width)
    {
        _program.TerminalWidth = width;
        _program.Variables["NO_COLOR"] = "1";

        Ran ran = _program.Run(list, "list").Succeeds();

        Assert.All(ran.Output.Split('\n'), line => Assert.True(line.Length <= width, line));
        foreach (JsonElement each in JsonOf(list).EnumerateArray()) Assert.Contains(each.GetProperty("name").GetString()! + " ", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, false)]
    [InlineData(120, true)]
    public void ATerminalWithoutRoomForTheSourcesGoesWithoutAndSaysSo(int width, bool hasRoom)
    {
        _program.TerminalWidth = width;

        Ran ran = _program.Run("indicators", "list").Succeeds();

        Assert.Equal(hasRoom, ran.Output.Contains("SOURCE", StringComparison.Ordinal));
        Assert.Equal(!hasRoom, ran.Error.Contains("SOURCE is left out", StringComparison.Ordinal));
    }

    [Fact]
    public void ComputedColumnsAreEmptyUntilReadyAndThenExact()
    {
        _program.File("bars.csv", Samples.Bars(60));

        string[] lines = _program.Run("indicators", "compute", "--data", "bars.csv", "--indicator", "sma(3)", "--indicator", "macd(3,6,4)").Succeeds().Output.TrimEnd('\n').Split('\n');

        Assert.Equal("timestamp,sma(3),\"macd(3,6,4).macd\",\"macd(3,6,4).signal\",\"macd(3,6,4).histogram\"", lines[0]);
        Assert.Equal(61, lines.Length);
        Assert.Equal("2024-03-05T15:00:00Z,,,,", lines[1]);
        double[] closes = [.. File.ReadAllLines(_program.PathOf("bars.csv")).Skip(1).Select(line => double.Parse(line.Split(',')[4], CultureInfo.InvariantCulture))];
        for (int i = 2; i < closes.Length; i++) Assert.Equal(((closes[i - 2] + closes[i - 1] + closes[i]) / 3).ToString("G17", CultureInfo.InvariantCulture), lines[i + 1].Split(',')[1]);
        Assert.Equal("", lines[8].Split(',')[2]);
        Assert.NotEqual("", lines[9].Split(',')[2]);
    }

    [Fact]
    public void APeriodLongerThanTheDataSaysHowManyBarsAreMissing()
    {
        _program.File("bars.csv", Samples.Bars(60));

        Ran ran = _program.Run("indicators", "compute", "--data", "bars.csv", "--indicator", "sma(100)", "--indicator", "macd(20,40,30)", "--indicator", "sma(60)", "--indicator", "pivots");

        ran.Refuses(0, "sma(100) has its first value after 100 bars, found 60: 40 bars are missing", "macd(20,40,30) has its first value after 69 bars, found 60: 9 bars are missing", "pivots needs whole trading days in the data (1) before its first value, and found fewer");
        Assert.DoesNotContain("sma(60)", ran.Error, StringComparison.Ordinal);
        Assert.NotEqual("", ran.Output.TrimEnd('\n').Split('\n')[^1].Split(',')[5]);
    }

    [Fact]
    public void ComputedValuesGoToAFileWhole()
    {
        _program.File("trades.csv", Samples.Trades(3000));

        Ran ran = _program.Run("indicators", "compute", "--data", "trades.csv", "--timeframe", "5m", "--indicator", "sma(9) of rsi(14)", "--out", "values.csv").Succeeds();

        Assert.Empty(ran.Output);
        string[] lines = File.ReadAllLines(_program.PathOf("values.csv"));
        Assert.Equal("timestamp,sma(9) of rsi(14)", lines[0]);
        Assert.Equal("2024-03-05T15:05:00Z", lines[2].Split(',')[0]);
    }

    [Fact]
    public void TradesAreCountedAndAnchorsFollowTheSessionsOfTheInstrument()
    {
        // 22:59:30 and 23:01 UTC in winter: the trading day of CME begins at 23:00.
        _program.File("trades.csv", "timestamp,price,size\n2024-03-05T21:58:00Z,100,4\n2024-03-05T21:58:30Z,101,3\n2024-03-05T21:59:10Z,99,2\n2024-03-05T23:01:00Z,50,5\n2024-03-05T23:02:00Z,60,5\n2024-03-05T23:03:00Z,60,1\n");

        string[] lines = _program.Run("indicators", "compute", "--data", "trades.csv", "--symbol", "ES", "--timeframe", "1m", "--indicator", "cumulativeDelta()", "--indicator", "vwap(1)").Succeeds().Output.TrimEnd('\n').Split('\n');

        Assert.Equal("timestamp,cumulativeDelta,vwap(1).vwap,vwap(1).upper,vwap(1).lower", lines[0]);
        string[][] cells = [.. lines.Skip(1).Select(line => line.Split(','))];
        // By the tick rule: 101 lifts the ask (+3), 99 hits the bid (-2), 50 hits it (-5), 60 lifts it (+5).
        Assert.Equal(["3", "1", "-4", "1"], cells.Select(row => row[1]));
        // The typical price of the first minute of the new day, without the day before: all of it at 50, then (50 * 5 + 60 * 5) / 10.
        Assert.Equal(["50", "55"], cells.Skip(2).Select(row => row[2]));
    }

    [Theory]
    [InlineData("data generate --symbol ES --days 1 --out file.twr")]
    [InlineData("data import bars.csv --symbol ES --out file.twr")]
    [InlineData("data export bars.csv --out file.csv")]
    public void MarketDataThatExistAreReplacedOnlyOnRequest(string line)
    {
        _program.File("bars.csv", Samples.Bars(300));
        string existing = _program.PathOf(line.Split(' ')[^1]);
        File.WriteAllText(existing, "precious");

        _program.Run(line.Split(' ')).Refuses(2, "exists already; add --force");
        Assert.Equal("precious", File.ReadAllText(existing));
        _program.Run([.. line.Split(' '), "--force"]).Succeeds();
        Assert.NotEqual("precious", File.ReadAllText(existing));
    }

    [Theory]
    [InlineData("data generate --symbol ES --out new.twr")]
    [InlineData("data import bars.csv --symbol ES --out new.twr")]
    [InlineData("data import trades.csv --symbol ES --out new.twr")]
    [InlineData("data export bars.csv --out new.csv")]
    [InlineData("data info bars.csv")]
    public void WorkOnDataThatIsStoppedLeavesNothingAndEndsWith130(string line)
    {
        _program.File("bars.csv", Samples.Bars(300));
        _program.File("trades.csv", Samples.Trades(300));

        Ran ran = _program.Run(new CancellationToken(canceled: true), line.Split(' '));

        Assert.Equal(130, ran.ExitCode);
        Assert.Equal(["bars.csv", "trades.csv"], Directory.GetFiles(_program.Folder).Select(Path.GetFileName).Order());
    }

    private JsonElement JsonOf(string list)
    {
        _program.TerminalWidth = null;
        return _program.Run(list, "list", "--json").Succeeds().Json();
    }

    [Fact]
    public void TheSameSeedMakesTheSameMarketAndItsFileIsSound()
    {
        _program.Run("data", "generate", "--symbol", "ES", "--days", "3", "--seed", "7", "--out", "one.twr").Succeeds();
        _program.Run("data", "generate", "--symbol", "ES", "--days", "3", "--seed", "7", "--out", "two.twr").Succeeds();
        _program.Run("data", "generate", "--symbol", "ES", "--days", "3", "--seed", "8", "--out", "other.twr").Succeeds();
        _program.Run("data", "generate", "--symbol", "ES", "--trades", "--out", "trades.twr").Succeeds();

        Assert.Equal(File.ReadAllBytes(_program.PathOf("one.twr")), File.ReadAllBytes(_program.PathOf("two.twr")));
        Assert.NotEqual(File.ReadAllBytes(_program.PathOf("one.twr")), File.ReadAllBytes(_program.PathOf("other.twr")));
        foreach (string file in (string[])["one.twr", "trades.twr"]) Assert.Contains("sound", _program.Run("data", "info", file).Succeeds().Output, StringComparison.Ordinal);
    }
}
