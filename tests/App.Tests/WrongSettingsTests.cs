using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>Each wrong setting is refused with file and line, before anything is started; exit code 2.</summary>
public sealed class WrongSettingsTests : IDisposable
{
    private readonly Launcher _program = new();

    public static TheoryData<string, string> Cases => new()
    {
        { "{\n \"symbols\": [\"ESX\"] }", "line 2: Symbols: there is no instrument \"ESX\"; near names: ES" },
        { "{\n \"symbols\": [] }", "line 2: Symbols: at least one instrument is needed" },
        { "{\n \"symbols\": [\"ES\", \"es\"] }", "line 2: Symbols: ES is listed twice; expected each once" },
        { "{\n \"symbol\": [\"ES\"] }", "line 2: there is no setting symbol; near names: symbols" },
        { "{\n \"timeframe\": \"5\" }", "line 2: Timeframe: found \"5\"" },
        { "{\n \"cash\": 0 }", "line 2: Cash: found 0" },
        { "{\n \"cash\": \"much\" }", "line 2: cash: found \"much\", expected a number" },
        { "{\n \"combiner\": \"vote\" }", "line 2: Combiner: found \"vote\"; expected consensus or netting" },
        { "{\n \"minimumConsensus\": 2 }", "line 2: MinimumConsensus: found 2" },
        { "{\n \"sizing\": {\n \"method\": \"all-in\" } }", "line 3: Sizing.Method: found \"all-in\"; expected fixed-quantity, fixed-fractional, kelly or volatility" },
        { "{\n \"sizing\": {\n \"minimumTrades\": 101 } }", "line 3: Sizing.MinimumTrades: found 101; expected 2 to Trades, 100" },
        { "{\n \"sizing\": {\n \"ranges\": 0 } }", "line 3: Sizing.Ranges: found 0; expected above 0 and at most 1000" },
        { "{\n \"risk\": {\n \"maxSlippage\": 1.5 } }", "line 3: Risk.MaxSlippage: found 1.5; expected a share above 0 and at most 1" },
        { "{\n \"sizing\": {\n \"fraction\": 1.5 } }", "line 3: Sizing.Fraction: found 1.5" },
        { "{\n \"risk\": {\n \"maxPosition\": 0 } }", "line 3: Risk.MaxPosition: found 0" },
        { "{\n \"risk\": {\n \"maxPositions\": 1 } }", "line 3: there is no setting risk.maxPositions; near names: maxPosition" },
        { "{\n \"risk\": {\n \"maxOrdersPerMinute\": 1.5 } }", "line 3: risk.maxOrdersPerMinute: found 1.5, expected a whole number" },
        { "{\n \"risk\": {\n \"maxDrawdown\": 1 } }", "line 3: Risk.MaxDrawdown: found 1" },
        { "{\n \"paper\": {\n \"commission\": -1 } }", "line 3: Paper.Commission: found -1" },
        { "{\n \"strategies\": [\n {\n \"name\": \"moving-avrage-cross\" } ] }", "line 3: Strategies.0: There is no strategy \"moving-avrage-cross\"; near names: moving-average-cross" },
        { "{\n \"strategies\": [\n { \"name\": \"macd-crossover\" },\n { \"name\": \"moving-average-cross\", \"parameters\": { \"Fast\": 50 } } ] }", "line 4: Strategies.1: moving-average-cross: Fast must be below Slow" },
        { "{\n \"strategies\": [\n { \"parameters\": { } } ] }", "line 3: Strategies.0: the name is missing" },
        { "{\n \"strategies\": [\n {\n \"name\": \"macd-crossover\", \"as\": \"a b\" } ] }", "line 3: Strategies.0: found the name \"a b\" in As, expected letters, digits and dashes" },
        { "{\n \"strategies\": [] }", "line 2: Strategies: at least one is needed" },
        { "{\n \"apiKey\": \"abc\" }", "line 2: there is no setting apiKey" },
    };

    public void Dispose() => _program.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void AWrongSettingNamesItsLine(string text, string expected)
    {
        _program.File("tradewind.json", text);
        _program.File("bars.csv", Samples.Bars(300));

        _program.Run("run", "--data-dir", "data", "--port", "0").Refuses(2, "tradewind.json, " + expected);
        _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--risk", "tradewind.json").Refuses(2, "tradewind.json, " + expected);
        Assert.False(Directory.Exists(_program.PathOf("data")));
    }

    [Fact]
    public void TwoStrategiesOfOneNameAreRefusedAndAsTellsThemApart()
    {
        _program.File("tradewind.json", """{ "symbols": ["ES"], "strategies": [{ "name": "moving-average-cross" }, { "name": "moving-average-cross", "parameters": { "Fast": "5" } }] }""");
        _program.Run("run", "--data-dir", "data", "--port", "0").Refuses(2, "Strategies: found two that are named moving-average-cross for ES", "\"as\": \"moving-average-cross-2\"");
        Assert.False(Directory.Exists(_program.PathOf("data")));

        _program.File("tradewind.json", """{ "symbols": ["ES"], "strategies": [{ "name": "moving-average-cross" }, { "name": "moving-average-cross", "as": "fast-cross", "parameters": { "Fast": "5" } }] }""");
        Assert.Contains("2 strategies", _program.Run("doctor", "--port", "0").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongVariableIsNamed()
    {
        _program.Variables["TRADEWIND__RISK__MAXPOSITION"] = "three";

        _program.Run("run", "--data-dir", "data", "--port", "0").Refuses(2, "environment variable TRADEWIND__RISK__MAXPOSITION: risk.maxPosition: found \"three\", expected a number");
    }

    [Fact]
    public void TheRiskOfAConfigurationHoldsForABacktest()
    {
        _program.File("bars.csv", Samples.Bars(900));
        _program.File("strict.json", """{ "risk": { "maxPosition": 2, "maxOrderQuantity": 1 } }""");
        string[] words = ["backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--quantity", "3", "--json", "-"];

        Ran free = _program.Run(words).Succeeds(), strict = _program.Run([.. words, "--risk", "strict.json", "--commission", "1"]).Succeeds();

        Assert.Equal(0, free.Json().GetProperty("commission").GetDecimal());
        // Cut to one unit, so that a fill costs one commission.
        Assert.Equal(strict.Json().GetProperty("fills").GetDecimal(), strict.Json().GetProperty("commission").GetDecimal());
    }
}
