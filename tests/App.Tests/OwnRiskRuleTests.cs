using System.Diagnostics;
using System.Text.Json;
using Tradewind.App.Tests.Support;

namespace Tradewind.App.Tests;

/// <summary>A risk rule of the user's own, named in the configuration: in a backtest, in a session, in its replay and its explanation.</summary>
public sealed class OwnRiskRuleTests : IDisposable
{
    private const string Few = """
        public sealed class Few(Few.Options options) : IRiskRule
        {
            private int _passed;

            public string Name => "few-entries";
            public bool ChecksReductions => false;

            public RiskDecision Check(in OrderDraft draft, IRiskView view) =>
                _passed < options.Most ? RiskDecision.Approve(_passed + 1, options.Most) : RiskDecision.Deny(RiskCode.OwnRule, _passed + 1, options.Most);

            public void OnApproved(in OrderDraft draft, IRiskView view)
            {
                if (draft.Terms.Side == Side.Buy) _passed++;
            }

            public sealed record Options
            {
                [Range(1, 1000)] public int Most { get; init; } = 2;
            }
        }
        """;

    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly Launcher _program = new();

    public OwnRiskRuleTests()
    {
        Directory.CreateDirectory(_program.PathOf("risk-rules"));
        _program.File("risk-rules/Few.cs", Few);
    }

    public void Dispose() => _program.Dispose();

    /// <summary>Long and flat only: each entry is a purchase, so the rule lets exactly as many round trips happen as it is told to.</summary>
    [Theory]
    [InlineData("", 2)]
    [InlineData("""{ "Most": "5" }""", 5)]
    public void ABacktestAsksItWithItsParameters(string parameters, int entries)
    {
        _program.File("bars.csv", Samples.Bars(2000));
        Configure(parameters);

        Ran ran = Backtest().Succeeds();

        Assert.Equal((entries, entries * 2), (ran.Json().GetProperty("trades").GetInt32(), ran.Json().GetProperty("fills").GetInt32()));
        JsonElement denials = ran.Json().GetProperty("deniedBy");
        Assert.Equal(ran.Json().GetProperty("deniedOrders").GetInt64(), denials.EnumerateObject().Sum(rule => rule.Value.GetInt64()));
        Assert.InRange(denials.GetProperty("few-entries").GetInt64(), 5, 50);
        Assert.Contains($"few-entries {denials.GetProperty("few-entries")}", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWrongWithItIsSaidBeforeABacktest()
    {
        _program.File("bars.csv", Samples.Bars(50));
        Configure("""{ "Most": "0" }""");
        Backtest().Refuses(2, "risk-rules/Few.cs: Few: Most must be a whole number between 1 and 1000, found 0");
        _program.File("risk-rules/Few.cs", Few.Replace("_passed < options.Most", "_passed < option.Most", StringComparison.Ordinal));
        Backtest().Refuses(2, "risk-rules/Few.cs:9:19: \"option\"", "(CS0103)");
        File.Delete(_program.PathOf("risk-rules/Few.cs"));
        Backtest().Refuses(2, "risk-rules/Few.cs: there is no such file");
        _program.File("tradewind.json", """{ "risk": { "rules": [{ "name": "max-position" }] } }""");
        Backtest().Refuses(2, "Risk.Rules.0: found \"max-position\", expected a .cs file with a risk rule");
    }

    [Fact]
    public void ASessionWhoseRuleCannotBeUsedLeavesNothing()
    {
        Configure("""{ "Mots": "1" }""");

        _program.Run("run", "--port", "0", "--data-dir", "data").Refuses(2, "there is no parameter Mots; near names: Most");

        Assert.False(Directory.Exists(_program.PathOf("data")));
    }

    [Fact]
    public async Task ASessionObeysItAndItsReplayCompilesTheSameTextAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        Configure("""{ "Most": "1" }""");
        using Process session = _program.Start("run", "--port", "0", "--speed", "5", "--data-dir", "data");
        await Launcher.UntilStatusHas(await Launcher.PageOf(session), "was denied by few-entries: the rule measured 2, its limit is 1.");
        await Launcher.EndInOrder(session);
        _program.File("risk-rules/Few.cs", "what it became later is no matter");

        Ran replay = (await _program.RunProcessAsync("replay", "last", "--json")).Succeeds();
        Assert.True(replay.Json().GetProperty("identical").GetBoolean());
        Assert.Contains("few-entries: ", (await _program.RunProcessAsync("explain", "1")).Succeeds().Output, StringComparison.Ordinal);

        string kept = Assert.Single(Directory.GetFiles(_program.PathOf("data/journal"), "Few.cs", SearchOption.AllDirectories));
        await File.AppendAllTextAsync(kept, "// changed", TestContext.Current.CancellationToken);
        (await _program.RunProcessAsync("replay", "last")).Refuses(2, "the source that was kept has been changed");
    }

    private void Configure(string parameters) => _program.File("tradewind.json", $$"""
        { "symbols": ["ES"], "timeframe": "1s", "risk": { "rules": [{ "name": "risk-rules/Few.cs"{{(parameters.Length == 0 ? "" : $", \"parameters\": {parameters}")}} }] } }
        """);

    private Ran Backtest() => _program.Run("backtest", "--data", "bars.csv", "--symbol", "ES", "--strategy", "moving-average-cross", "--risk", "tradewind.json", "--json", "-");
}
