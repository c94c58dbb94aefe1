using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>Each wrong word is one sentence that says what was found, what was expected and the cure; exit code 2.</summary>
public sealed class WrongCommandLineTests : IDisposable
{
    private const string Good = "backtest --data bars.csv --symbol ES --strategy moving-average-cross";

    private readonly Launcher _program = new();

    public static TheoryData<string, string> Cases => new()
    {
        { "bactest", "no command \"bactest\"; near names: backtest" },
        { "--prot 5001", "run has no option --prot; near names: --port" },
        { "--port 70000", "--port: found \"70000\", expected a whole number from 0 to 65535" },
        { "data imprt", "data has no command \"imprt\"; near names: import" },
        { "data", "needs one of its commands: import, generate, info, export" },
        { "strategies describe", "NAME is missing" },
        { "strategies describe moving-avrage-cross", "There is no strategy \"moving-avrage-cross\"; near names: moving-average-cross" },
        { "strategies list extra", "does not expect \"extra\"" },
        { Good + " --stratgy x", "backtest has no option --stratgy; near names: --strategy" },
        { Good + " --cash", "--cash is given without a value" },
        { Good + " --cash abc", "--cash: found \"abc\", expected a number above 0" },
        { Good + " --cash 0", "--cash: found \"0\", expected a number above 0" },
        { Good + " --cash -1", "--cash: found \"-1\", expected a number above 0" },
        { Good + " --quantity 0", "--quantity: found \"0\"" },
        { Good + " --quantity 0.5", "--quantity: found 0.5, expected a multiple of 1, the lot of ES" },
        { Good + " --commission x", "--commission: found \"x\", expected a number" },
        { Good + " --slippage-ticks -1", "--slippage-ticks: found \"-1\", expected a whole number from 0" },
        { Good + " --call-rounds 9999", "--call-rounds: found \"9999\", expected a whole number from 10000 to 2000000000" },
        { Good + " --slippage-ticks 1.5", "--slippage-ticks: found \"1.5\", expected a whole number" },
        { Good + " --fill next", "--fill: found \"next\", expected one of next-open, this-close, intrabar" },
        { Good + " --latency -1", "--latency: found \"-1\"" },
        { Good + " --timeframe 1x", "--timeframe: found \"1x\", expected a length of bars like 1s" },
        { Good + " --timeframe 0m", "--timeframe: found \"0m\"" },
        { Good + " --timeframe 30s", "bars.csv holds bars of 1m, which cannot be cut into shorter ones; name 1m or longer" },
        { Good + " --timeframe 100t", "which do not tell their trades" },
        { Good + " --timeframe 2d", "the longest time bar is 1d" },
        { Good + " --from yesterday", "--from: found \"yesterday\", expected a date" },
        { Good + " --from 2024-03-05T15:00:00", "--from: found \"2024-03-05T15:00:00\", expected a date (2013-10-07) or a time with an offset" },
        { Good + " --from 2024-03-06 --to 2024-03-05", "--to: found 2024-03-05T00:00:00Z, expected a time after --from" },
        { Good + " --from 2025-01-01", "bars.csv has nothing from 2025-01-01T00:00:00Z to its end; it covers 2024-03-05T15:00:00Z" },
        { Good + " --set Fast", "--set: found \"Fast\", expected NAME=VALUE" },
        { Good + " --set Fats=10", "there is no parameter Fats; near names: Fast; it has Fast, Slow" },
        { Good + " --set Fast=ten", "Fast must be a whole number between 1 and 5000, found \"ten\"" },
        { Good + " --set Fast=0", "Fast must be a whole number between 1 and 5000, found 0" },
        { Good + " --set Fast=30 --set Slow=10", "Fast must be below Slow" },
        { Good + " --set Fast=5 --set fast=6", "parameter fast is given twice" },
        { Good + " --set Slow=4000", "needs 4,000 bars of 1m before its first decision (sma(4000)), found 300: 3,700 bars are missing" },
        { Good + " --data other.csv", "'--data' expects a single argument but 2 were provided" },
        { Good + " --report r.html", "--report is not built yet" },
        { "backtest --symbol ES --strategy moving-average-cross", "--data is missing; add --data FILE" },
        { "backtest --data bars.csv --symbol ES", "--strategy is missing" },
        { "backtest --data bars.csv --strategy moving-average-cross", "bars.csv does not say what it holds; add --symbol" },
        { "backtest --data bars.csv --symbol ESX --strategy moving-average-cross", "\"ESX\" is not in the table of instruments; near names: ES" },
        { "backtest --data bars.csv --symbol ABC --tick-size 0.5 --strategy moving-average-cross", "describe it with --tick-size and --point-value" },
        { "backtest --data bars.csv --symbol ES --tick-size 0 --strategy moving-average-cross", "--tick-size: found \"0\", expected a number above 0" },
        { "backtest --data bars.csv --symbol ES --asset-class bond --strategy moving-average-cross", "--asset-class: found \"bond\", expected one of future, equity, forex, crypto" },
        { "backtest --data bars.csv --symbol ES --strategy my.cs", "my.cs: there is no such file" },
        { "backtest --data missing.csv --symbol ES --strategy moving-average-cross", "missing.csv: there is no such file" },
        { "backtest --data . --symbol ES --strategy moving-average-cross", "directory" },
        { Good + " --json none/result.json", "none/result.json: the directory" },
        { Good + " --trades .", "found a directory, expected a name for the file" },
        { "run --port x", "--port: found \"x\", expected a whole number from 0 to 65535" },
        { "run --gateway here", "--gateway: found \"here\", expected an address like" },
        { "run --speed 0", "--speed: found \"0\", expected a number above 0" },
        { "run --seed x", "--seed: found \"x\"" },
        { "run --symbols ESX --port 0", "Symbols: there is no instrument \"ESX\"; near names: ES" },
        { "run --symbols ES, --port 0", "--symbols: found \"ES,\", whose name 2 of 2 is empty; expected names with single commas between them" },
        { "run --symbols , --port 0", "name 1 of 2 is empty" },
        { "run --timeframe 5 --port 0", "--timeframe: found \"5\"" },
        { "run --timeframe 0s --port 0", "--timeframe: found \"0s\", expected a length of bars like 1s, 5m, 1h, 1d, 100t (trades), 1000v (volume) or 8r (range in ticks), at least 1 of them" },
        { "run --timeframe 2d --port 0", "--timeframe: Bars of 2d cannot be built: the longest time bar is 1d" },
        { "run --symbols ES,es --port 0", "--symbols: found \"ES,es\", which has ES twice; expected each name once" },
        { "run --config missing.json", "missing.json: there is no such file" },
        { "run --gateway http://127.0.0.1:1 --port 0", "TRADEWIND_PROJECTX_USER" },
        { "replay", "SESSION is missing" },
        { "replay last", "found no session journal" },
        { "replay bars.csv", "bars.csv" },
        { "explain", "ORDER is missing" },
        { "explain last", "data" },
        { "explain abc", "data" },
        { "status --url here", "--url: found \"here\", expected an address" },
        { "doctor --port x", "--port: found \"x\"" },
        { "doctor --gateway ftp://here", "--gateway: found \"ftp://here\", expected an address" },
        { "simulator --port 70000", "--port: found \"70000\", expected a whole number from 0 to 65535" },
        { "simulator --symbols ,", "--symbols: found \",\", whose name 1 of 2 is empty; expected names with single commas between them" },
        { "simulator --symbols ES,ES", "--symbols: found \"ES,ES\", which has ES twice" },
        { "simulator --fault-schedule faults.jsonl", "faults.jsonl, line 2: The \"delay\" of slow-request is -1; expected seconds above 0 and at most 86400, a day" },
        { "simulator --speed fast", "--speed: found \"fast\", expected a number above 0" },
        { "simulator --seed -1", "--seed: found \"-1\", expected a whole number" },
        { "simulator --user=", "user" },
        { "simulator --token-life 0", "--token-life: found \"0\", expected a whole number from 1" },
        { "simulator --state missing/gateway.state", "missing/gateway.state cannot be used" },
        { "simulator --account id=7 --account 50k,id=7", "--account: The account id 7 is given 2 times" },
        { "simulator --replay missing.twr", "missing.twr: there is no such file" },
        { "simulator --replay bars.csv", "--symbol is missing: " },
        { "simulator --symbol ES", "--symbol says what the file of --replay is of" },
        { "simulator --quirk odd", "--quirk: The quirk \"odd\" is not known; expected one of retry-after," },
        { "simulator --fault drop:0.1", "--fault: The fault \"drop\" is not known" },
        { "simulator --fault hub-drop:2", "expected a number above 0 and at most 1" },
        { "simulator --fault-schedule no-such-file.jsonl", "no-such-file.jsonl: there is no such file" },
        { "simulator --account topstep", "--account: The account rule \"topstep\" is not understood" },
        { "data import bars.csv --out bars.twr", "--symbol is missing: CSV does not say what it holds" },
        { "data import bars.csv --symbol ES --out bars.bin", "--out: found \"bars.bin\", expected a name that ends in .twr" },
        { "data import --symbol ES --out bars.twr", "FILE is missing" },
        { "data export bars.csv", "--out is missing" },
        { "data generate --out es.twr", "--symbol is missing" },
        { "data generate --symbol ES", "--out is missing" },
        { "data generate --symbol EZ --out es.twr", "--symbol: the generator has no market of \"EZ\"; near names: ES" },
        { "data generate --symbol ES --out es.csv", "--out: found \"es.csv\", expected a name that ends in .twr" },
        { "data generate --symbol ES --out es.twr --days 0", "--days: found \"0\", expected a whole number from 1" },
        { "data generate --symbol ES --out es.twr --trades --timeframe 1m", "leave it or --trades away" },
        { "data generate --symbol ES --out es.twr --timeframe 2d", "2d" },
        { "data generate --symbol ES --out es.twr --from 1999-01-01", "--from: found 1999-01-01T00:00:00Z, expected a time from 2000-02-01" },
        { "data generate --symbol ES --out es.twr --seed x", "--seed: found \"x\"" },
        { "data export bars.csv --out bars.twr", "data import writes recordings" },
        { "data import bars.csv --symbol ES --out taken.twr", "--out: taken.twr exists already; add --force to replace it" },
        { "data export bars.csv --out other.csv", "--out: other.csv exists already; add --force to replace it" },
        { "data generate --symbol ES --out taken.twr", "--out: taken.twr exists already; add --force to replace it" },
        { Good + " --trades bars.csv", "--trades: bars.csv is the file that the data come from" },
        { Good + " --leg NQ=other.csv --trades other.csv", "--trades: other.csv is the file that the data come from" },
        { Good + " --json ./bars.csv", "--json: ./bars.csv is the file that the data come from" },
        { "indicators compute --data bars.csv --indicator sma(3) --out bars.csv", "--out: bars.csv is the file that the data come from" },
        { "data info missing.twr", "missing.twr: there is no such file" },
        { "indicators compute --data bars.csv", "--indicator is missing" },
        { "indicators compute --data bars.csv --indicator smaa(3)", "There is no indicator \"smaa\"; near names: sma" },
        { "backtest --data bars.csv --symbol ES --strategy moving-avrage", "There is no strategy \"moving-avrage\"; near names: moving-average-cross; tradewind strategies list shows all." },
        { "indicators compute --data bars.csv --indicator sma(0)", "period must be between 1 and 100000, found 0" },
        { "indicators compute --data bars.csv --indicator macd(26,12,9)", "fast must be below slow" },
        { "indicators compute --data bars.csv --indicator sma(3) --indicator SMA(3)", "--indicator: found \"sma(3)\" twice, expected each once" },
        { "run --seed 18446744073709551616", "--seed: found \"18446744073709551616\", expected a whole number from 0 to 18446744073709551615" },
        { "run --seed -1", "--seed: found \"-1\", expected a whole number from 0" },
        { "indicators compute --data bars.csv --indicator sma(20", "sma(20" },
    };

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void AWrongWordIsOneSentence(string commandLine, string expected)
    {
        _program.File("bars.csv", Samples.Bars(300));
        _program.File("other.csv", Samples.Bars(300));
        _program.File("taken.twr", "");
        _program.File("faults.jsonl", "{\"at\":1,\"fault\":\"hub-drop\"}\n{\"at\":1,\"fault\":\"slow-request\",\"delay\":-1}\n");

        Ran ran = _program.Run(commandLine.Split(' '));

        ran.Refuses(2, expected);
        Assert.Empty(ran.Output);
        Assert.Single(ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void AllFaultsComeAtOnce()
    {
        Ran ran = _program.Run("backtest", "--strategy", "nonsense", "--cash", "x", "--fill", "y", "--set", "z", "--from", "w");

        ran.Refuses(2, "--data is missing", "no strategy \"nonsense\"", "--cash: ", "--fill: ", "--set: ", "--from: ");
        Assert.Equal(6, ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}
