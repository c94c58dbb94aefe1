using System.Globalization;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A backtest in more than one instrument.</summary>
public sealed class LegTests : IDisposable
{
    private readonly Launcher _program = new();

    public LegTests()
    {
        _program.File("es.csv", Samples.Bars(900));
        _program.File("nq.csv", Samples.Bars(900));
        _program.File("late.csv", Samples.BarHeader + "\n2025-01-02T15:00:00Z,1,1,1,1,1\n2025-01-02T15:01:00Z,1,1,1,1,1\n");
        _program.File("hours.csv", Samples.BarHeader + "\n2024-03-05T15:00:00Z,5000,5001,4999,5000,1\n2024-03-05T16:00:00Z,5000,5001,4999,5000,1\n");
    }

    public void Dispose() => _program.Dispose();

    public static TheoryData<string, string> WrongUses => new()
    {
        { "--strategy pairs", "pairs trades NQ beside ES, and there are no data of NQ; add --leg NQ=FILE, or name another instrument in its parameters" },
        { "--strategy pairs --leg CL=nq.csv", "there are no data of NQ; add --leg NQ=FILE, or name CL in its parameters" },
        { "--strategy moving-average-cross --leg NQ=nq.csv", "--leg: moving-average-cross does not trade NQ; leave the leg out" },
        { "--strategy pairs --leg NQ", "--leg: found \"NQ\", expected SYMBOL=FILE, for example NQ=nq.csv.gz" },
        { "--strategy pairs --leg =nq.csv", "--leg: found \"=nq.csv\", expected SYMBOL=FILE" },
        { "--strategy pairs --leg NQ=nq.csv --leg nq=nq.csv", "--leg: nq is given twice" },
        { "--strategy pairs --set Other=ES --leg ES=nq.csv", "--leg: ES is what --data es.csv is of; name another instrument" },
        { "--strategy pairs --leg NQ=missing.csv", "missing.csv: there is no such file" },
        { "--strategy pairs --set Other=NQX --leg NQX=nq.csv", "--leg: \"NQX\" is not in the table of instruments; near names: NQ" },
        { "--strategy pairs --leg NQ=late.csv", "--leg: late.csv covers 2025-01-02T15:00:00Z to 2025-01-02T15:02:00Z, and es.csv 2024-03-05T15:00:00Z to 2024-03-06T06:00:00Z: they have no time in common" },
        { "--strategy pairs --leg NQ=hours.csv", "--leg: hours.csv holds bars of 1h, and the strategy would act on bars of 1m (es.csv); add --timeframe 1h or longer" },
        { "--strategy pairs --leg NQ=hours.csv --timeframe 5m", "hours.csv holds bars of 1h, which cannot be cut into shorter ones; name 1h or longer" },
        { "--strategy pairs --set Other=BTCUSD --leg BTCUSD=nq.csv --quantity 0.5", "--quantity: found 0.5, expected a multiple of 1, the lot of ES" },
        { "--strategy pairs --set Lookback=10 --leg NQ=nq.csv --from 2024-03-07", "es.csv has nothing from 2024-03-07T00:00:00Z" },
    };

    [Theory]
    [MemberData(nameof(WrongUses))]
    public void AWrongUseIsOneSentence(string words, string expected)
    {
        Ran ran = _program.Run(["backtest", "--data", "es.csv", "--symbol", "ES", .. words.Split(' ')]);

        ran.Refuses(2, expected);
        Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void AllFilesThatCannotBeUsedAreSaidAtOnce() =>
        _program.Run("backtest", "--data", "none.csv", "--symbol", "ES", "--strategy", "pairs", "--leg", "NQ=none-either.csv").Refuses(2, "none.csv: there is no such file", "none-either.csv: there is no such file");

    [Fact]
    public void TwoFilesOfRealMinutesGiveWhatThePlainRuleGives()
    {
        string es = RealData.Find("es-1m-2013.csv.gz"), spy = RealData.Find("spy-1m-2013-10.csv.gz");
        DateTimeOffset from = new(2013, 10, 7, 0, 0, 0, TimeSpan.Zero), to = new(2013, 10, 15, 0, 0, 0, TimeSpan.Zero);
        var plain = PlainPairs.Run(PlainPairs.Read(es, from, to), 50m, PlainPairs.Read(spy, from, to), 1m, 100);

        JsonElement json = _program.Run("backtest", "--data", es, "--symbol", "ES", "--leg", $"SPY={spy}", "--strategy", "pairs", "--set", "Other=SPY", "--short", "--risk", "none",
            "--from", "2013-10-07", "--to", "2013-10-15", "--json", "-", "--trades", "trades.csv").Succeeds().Json();

        Assert.True(plain.Fills > 100, $"only {plain.Fills} fills");
        Assert.Equal(plain.Fills, json.GetProperty("fills").GetInt32());
        Assert.Equal(plain.NetProfit, json.GetProperty("netProfit").GetDecimal());
        Assert.Equal((double)plain.MaxDrawdown, json.GetProperty("maxDrawdownAmount").GetDouble(), 6);
        JsonElement[] parts = [.. json.GetProperty("instruments").EnumerateArray()];
        Assert.Equal([plain.OwnProfit, plain.OtherProfit], parts.Select(part => part.GetProperty("netProfit").GetDecimal()));
        Assert.Equal(["ES", "SPY"], parts.Select(part => part.GetProperty("symbol").GetString()));
        Assert.Equal(json.GetProperty("data").GetProperty("events").GetInt64(), parts.Sum(part => part.GetProperty("events").GetInt64()));
        Assert.Contains("--data first", json.GetProperty("data").GetProperty("order").GetString(), StringComparison.Ordinal);
        AssertTradesAddUp(json);
    }

    [Fact]
    public void ARecordingOfALegGivesWhatItsCsvGives()
    {
        _program.Run("data", "import", "nq.csv", "--symbol", "NQ", "--out", "nq.twr").Succeeds();

        Assert.Equal(Hash("NQ=nq.csv"), Hash("NQ=nq.twr"));
    }

    [Fact]
    public void AnUnknownLegIsDescribedWithTheUnknownInstrument()
    {
        JsonElement json = _program.Run("backtest", "--data", "es.csv", "--symbol", "KO", "--leg", "PEP=nq.csv", "--tick-size", "0.25", "--point-value", "1", "--asset-class", "equity",
            "--strategy", "pairs", "--set", "Other=PEP", "--set", "Lookback=20", "--set", "HedgeRatio=1", "--short", "--json", "-").Succeeds().Json();

        Assert.Equal(["KO", "PEP"], json.GetProperty("instruments").EnumerateArray().Select(part => part.GetProperty("symbol").GetString()));
    }

    [Fact]
    public void DataThatEndEarlierAreSaid()
    {
        _program.File("short.csv", Samples.Bars(300));
        _program.File("long.csv", Samples.Bars(3000));

        Ran ran = _program.Run("backtest", "--data", "long.csv", "--symbol", "ES", "--leg", "NQ=short.csv", "--strategy", "pairs", "--short", "--risk", "none").Succeeds();

        Assert.Contains("short.csv ends at 2024-03-05T20:00:00Z, and long.csv goes on to 2024-03-07T17:00:00Z", ran.Error, StringComparison.Ordinal);
        Assert.Contains("ES + NQ", ran.Output, StringComparison.Ordinal);
    }

    private string Hash(string leg) => _program.Run("backtest", "--data", "es.csv", "--symbol", "ES", "--leg", leg, "--strategy", "pairs", "--set", "Lookback=20", "--set", "HedgeRatio=0.25", "--short", "--risk", "none", "--json", "-")
        .Succeeds().Json().GetProperty("outputHash").GetString()!;

    private void AssertTradesAddUp(JsonElement json)
    {
        string[][] rows = [.. File.ReadAllLines(_program.PathOf("trades.csv")).Select(line => line.Split(','))];
        Assert.Equal("symbol", rows[0][^1]);
        foreach (string symbol in new[] { "ES", "SPY" })
        {
            int trades = json.GetProperty("instruments").EnumerateArray().Single(part => part.GetProperty("symbol").GetString() == symbol).GetProperty("trades").GetInt32();
            Assert.Equal(trades, rows.Count(row => row[^1] == symbol));
        }
        Assert.Equal(json.GetProperty("grossProfit").GetDecimal() + json.GetProperty("grossLoss").GetDecimal(), rows.Skip(1).Sum(row => decimal.Parse(row[8], CultureInfo.InvariantCulture)));
    }
}
