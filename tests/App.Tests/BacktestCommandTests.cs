using System.Globalization;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

public sealed class BacktestCommandTests : IDisposable
{
    // The names that scripts of other people rely on.
    private static readonly string[] Fields =
    [
        "strategy", "data", "orders", "fills", "trades", "netProfit", "grossProfit", "grossLoss", "commission", "startingEquity", "finalEquity", "openQuantity",
        "maxDrawdown", "maxDrawdownAmount", "sharpe", "sortino", "cagr", "calmar", "winRate", "profitFactor", "expectancy", "exposure",
        "elapsedSeconds", "eventsPerSecond", "outputHash",
    ];

    private readonly Launcher _program = new();

    public BacktestCommandTests()
    {
        _program.File("bars.csv", Samples.Bars(900));
        _program.File("trades.csv", Samples.Trades(6000));
        _program.File("quotes.csv", Samples.Quotes(6000));
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void TheJsonHasEveryFieldOfTheContract()
    {
        JsonElement json = Backtest("--set", "Fast=5", "--set", "Slow=20");

        Assert.Empty(Fields.Except(json.EnumerateObject().Select(each => each.Name)));
        Assert.Equal("moving-average-cross", json.GetProperty("strategy").GetProperty("name").GetString());
        Assert.Equal(5, json.GetProperty("strategy").GetProperty("parameters").GetProperty("Fast").GetInt32());
        Assert.Equal(20, json.GetProperty("strategy").GetProperty("parameters").GetProperty("Slow").GetInt32());
        JsonElement data = json.GetProperty("data");
        Assert.Equal("bars.csv", data.GetProperty("file").GetString());
        Assert.Equal("ES", data.GetProperty("symbol").GetString());
        Assert.Equal(900, data.GetProperty("events").GetInt32());
        Assert.Equal("2024-03-05T15:00:00Z", data.GetProperty("from").GetString());
        Assert.Equal("2024-03-06T06:00:00Z", data.GetProperty("to").GetString());
        Assert.Matches("^[0-9a-f]{16}$", json.GetProperty("outputHash").GetString());
        Assert.True(json.GetProperty("fills").GetInt32() > 10);
    }

    [Theory]
    [InlineData("fixed-fractional")]
    [InlineData("kelly")]
    [InlineData("volatility")]
    public void TheSizingIsTakenFromAMethodOrAConfiguration(string method)
    {
        _program.File("sizing.json", $"{{ \"sizing\": {{ \"method\": \"{method}\", \"fraction\": 0.4, \"maxFraction\": 0.4, \"ranges\": 20 }} }}");
        string Hash(params string[] more) => Backtest(["--cash", "10000000", "--risk", "none", .. more]).GetProperty("outputHash").GetString()!;

        // Another sizing buys another number of units, and the same one the same again.
        Assert.NotEqual(Hash("--quantity", "1"), Hash("--sizing", "sizing.json"));
        Assert.NotEqual(Hash("--sizing", method), Hash("--sizing", "sizing.json"));
        Assert.Equal(Hash("--sizing", method), Hash("--sizing", method));
    }

    [Fact]
    public void WishesThatComeToNothingAreSaidWithTheirReason()
    {
        Ran ran = _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "turtle", "--set", "RiskFraction=0.0001", "--json", "-").Succeeds();

        Assert.Equal(0, ran.Json().GetProperty("orders").GetInt32());
        int refused = ran.Json().GetProperty("strategy").GetProperty("metrics").GetProperty("refused").GetInt32();
        Assert.True(refused > 3, $"{refused} refused");
        Assert.Contains($"note: {refused} wishes were refused, so that no order came of them (the quantity is less than one lot: {refused}).", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongSizingIsRefusedWithItsCure()
    {
        string[] words = ["backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross"];

        _program.Run([.. words, "--sizing", "kely"]).Refuses(2, "--sizing: found \"kely\", which is neither a file nor one of fixed-quantity, fixed-fractional, kelly, volatility; near names: kelly");
        _program.Run([.. words, "--sizing", "kelly", "--quantity", "2"]).Refuses(2, "--quantity: found together with --sizing");
    }

    [Fact]
    public void YearlyFiguresOfAFewDaysComeWithAWarning()
    {
        Ran few = _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross").Succeeds();
        _program.File("days.csv", Samples.BarHeader + "\n" + string.Concat(Enumerable.Range(0, 60).Select(day => $"{new DateOnly(2024, 1, 1).AddDays(day):yyyy-MM-dd},{100 + day % 9},{110 + day % 9},{90 + day % 9},{100 + day % 9},5\n")));
        Ran many = _program.Run("backtest", "--data", "days.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--set", "Fast=2", "--set", "Slow=5").Succeeds();

        Assert.Contains("The data cover 15h: figures for a year (CAGR, Calmar, Sharpe, Sortino) say little below 30 days.", few.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("say little", many.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFigureThatDoesNotExistIsNull()
    {
        JsonElement json = Backtest("--to", "2024-03-05T15:40:00Z");

        Assert.Equal(0, json.GetProperty("trades").GetInt32());
        foreach (string name in new[] { "winRate", "profitFactor", "expectancy" }) Assert.Equal(JsonValueKind.Null, json.GetProperty(name).ValueKind);
    }

    [Fact]
    public void TheSameRunGivesTheSameHashAndAnotherOneAnother()
    {
        string Hash(params string[] options) => Backtest(options).GetProperty("outputHash").GetString()!;

        Assert.Equal(Hash(), Hash());
        Assert.NotEqual(Hash(), Hash("--short"));
        Assert.NotEqual(Hash(), Hash("--commission", "1"));
    }

    [Fact]
    public void CommissionIsPerFillAndUnit()
    {
        JsonElement free = Backtest("--quantity", "3"), paid = Backtest("--quantity", "3", "--commission", "1.25");

        Assert.Equal(paid.GetProperty("fills").GetInt32() * 3 * 1.25m, paid.GetProperty("commission").GetDecimal());
        Assert.Equal(free.GetProperty("netProfit").GetDecimal() - paid.GetProperty("commission").GetDecimal(), paid.GetProperty("netProfit").GetDecimal());
    }

    [Fact]
    public void SlippageCostsTicksOnEachFill()
    {
        JsonElement smooth = Backtest(), slipped = Backtest("--slippage-ticks", "2");

        decimal cost = slipped.GetProperty("fills").GetInt32() * 2 * 0.25m * 50m;
        Assert.Equal(smooth.GetProperty("netProfit").GetDecimal() - cost, slipped.GetProperty("netProfit").GetDecimal());
    }

    [Fact]
    public void PointValueAndTickSizeOverrideTheTable()
    {
        decimal es = Backtest().GetProperty("netProfit").GetDecimal();

        Assert.Equal(es / 50m * 7m, Backtest("--point-value", "7").GetProperty("netProfit").GetDecimal());
        JsonElement unknown = Run("--data", "bars.csv", "--symbol", "XYZ", "--tick-size", "0.25", "--point-value", "1");
        Assert.Equal(es / 50m, unknown.GetProperty("netProfit").GetDecimal());
        Assert.Equal("XYZ", unknown.GetProperty("data").GetProperty("symbol").GetString());
    }

    [Fact]
    public void BuyingPowerIsTheOnlyRuleUnlessRiskIsNone()
    {
        Ran poor = _program.Run([.. Words("--data", "bars.csv", "--symbol", "ES"), "--cash", "1000"]).Succeeds();

        Assert.Equal(0, poor.Json().GetProperty("fills").GetInt32());
        Assert.True(poor.Json().GetProperty("deniedOrders").GetInt32() > 0);
        Assert.Contains("denied by risk rules", poor.Error, StringComparison.Ordinal);
        Assert.True(Backtest("--cash", "1000", "--risk", "none").GetProperty("fills").GetInt32() > 0);
    }

    [Theory]
    [InlineData("trades.csv", 6000)]
    [InlineData("quotes.csv", 6000)]
    public void TicksAreCutIntoMinutesUnlessAnotherLengthIsGiven(string file, int events)
    {
        JsonElement minutes = Run("--data", file, "--symbol", "ES"), seconds = Run("--data", file, "--symbol", "ES", "--timeframe", "30s");

        Assert.Equal(events, minutes.GetProperty("data").GetProperty("events").GetInt32());
        Assert.Equal("1m", minutes.GetProperty("data").GetProperty("timeframe").GetString());
        Assert.Equal("30s", seconds.GetProperty("data").GetProperty("timeframe").GetString());
        Assert.True(minutes.GetProperty("fills").GetInt32() > 5);
        Assert.True(seconds.GetProperty("fills").GetInt32() > 5);
    }

    [Fact]
    public void ARecordingGivesWhatItsCsvGives()
    {
        _program.Run("data", "import", "bars.csv", "--symbol", "ES", "--out", "bars.twr").Succeeds();

        Assert.Equal(Backtest().GetProperty("outputHash").GetString(), Run("--data", "bars.twr").GetProperty("outputHash").GetString());
    }

    [Fact]
    public void ExportGivesBackTheFileThatWasImported()
    {
        _program.Run("data", "import", "bars.csv", "--symbol", "ES", "--out", "bars.twr").Succeeds();
        _program.Run("data", "export", "bars.twr", "--out", "again.csv").Succeeds();

        Assert.Equal(File.ReadAllText(_program.PathOf("bars.csv")), File.ReadAllText(_program.PathOf("again.csv")));
    }

    [Fact]
    public void TheTradesFileAddsUpToTheResult()
    {
        JsonElement json = Backtest("--short", "--commission", "0.5", "--trades", "trades-out.csv");

        string[] lines = File.ReadAllLines(_program.PathOf("trades-out.csv"));
        decimal[] net = [.. lines.Skip(1).Select(line => decimal.Parse(line.Split(',')[8], CultureInfo.InvariantCulture))];
        Assert.Equal("entered,exited,side,quantity,entryPrice,exitPrice,grossPnl,fees,netPnl", lines[0]);
        Assert.Equal(json.GetProperty("trades").GetInt32(), net.Length);
        Assert.Equal(json.GetProperty("grossProfit").GetDecimal() + json.GetProperty("grossLoss").GetDecimal(), net.Sum());
    }

    [Fact]
    public void AJsonFileLeavesStandardOutputToTheTable()
    {
        Ran ran = _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--json", "result.json").Succeeds();

        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(_program.PathOf("result.json")));
        Assert.Equal(900, file.RootElement.GetProperty("data").GetProperty("events").GetInt32());
        Assert.Contains("Net profit", ran.Output, StringComparison.Ordinal);
        Assert.Empty(ran.Error);
    }

    [Fact]
    public void FromAndToCutTheData()
    {
        JsonElement data = Backtest("--from", "2024-03-05T16:00:00Z", "--to", "2024-03-05T18:00:00+00:00").GetProperty("data");

        Assert.Equal(120, data.GetProperty("events").GetInt32());
        Assert.Equal("2024-03-05T16:00:00Z", data.GetProperty("from").GetString());
        Assert.Equal("2024-03-05T18:00:00Z", data.GetProperty("to").GetString());
    }

    [Fact]
    public void ARunThatIsStoppedEndsWith130AndWritesNothing()
    {
        Ran ran = _program.Run(new CancellationToken(canceled: true), [.. Words("--data", "bars.csv", "--symbol", "ES"), "--trades", "t.csv"]);

        Assert.Equal(130, ran.ExitCode);
        Assert.Empty(ran.Output);
        Assert.Contains("Stopped by Ctrl-C", ran.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_program.PathOf("t.csv")));
    }

    private JsonElement Backtest(params string[] options) => Run(["--data", "bars.csv", "--symbol", "ES", .. options]);

    private JsonElement Run(params string[] options)
    {
        Ran ran = _program.Run(Words(options)).Succeeds();
        return ran.Json();
    }

    private static string[] Words(params string[] options) => ["backtest", "--strategy", "moving-average-cross", "--json", "-", .. options];
}
