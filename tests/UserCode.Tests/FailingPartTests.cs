using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Strategies;
using Tradewind.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>An indicator, a risk rule or a new version of the user's own that throws or does not end: what depends on it stops, the rest goes on.</summary>
public sealed class FailingPartTests : IDisposable
{
    private const int Rounds = 20_000;

    private readonly Drawer _drawer = new();

    public void Dispose() => _drawer.Dispose();

    [Theory]
    [InlineData("while (true) { }", "odd(3) failed: EndlessCallException: the loop at Odd.cs:6 was still going round")]
    [InlineData("throw new InvalidOperationException(\"no such bar\");", "odd(3) failed: InvalidOperationException: no such bar")]
    public void AnIndicatorThatFailsSuspendsWhoUsesItAlone(string fault, string words)
    {
        WriteIndicator(fault);
        using StrategyFile user = _drawer.Open(Uses("new Odd(3)")), through = _drawer.Open(Uses("new Sma(2, new Odd(3))", "Through"), "Through.cs"), other = _drawer.Open(Drawer.Alternating(5), "Other.cs");
        Engine engine = Build(user, through, other);

        foreach (Bar bar in Drawer.Bars(60)) engine.Process(0, in bar);

        foreach (int suspended in new[] { 0, 1 })
        {
            Assert.True(engine.Strategy(suspended).IsSuspended);
            Assert.IsType<IndicatorFailedException>(engine.Strategy(suspended).Failure);
            Assert.Contains(words, StrategyFailure.Describe(engine.Strategy(suspended).Failure!), StringComparison.Ordinal);
        }
        Assert.False(engine.Strategy(2).IsSuspended);
        Assert.True(engine.Strategy(2).Counters.Signals > 5);
    }

    [Fact]
    public void AResumedStrategyWaitsUntilItsIndicatorHasValuesAgain()
    {
        WriteIndicator("throw new InvalidOperationException(\"once\");");
        using StrategyFile user = _drawer.Open(Uses("new Odd(3)"));
        Engine engine = Build(user);
        Bar[] bars = Drawer.Bars(60);
        foreach (Bar bar in bars.AsSpan(0, 50)) engine.Process(0, in bar);
        Assert.True(engine.Strategy(0).IsSuspended);

        engine.Process(new Input(engine.Now, new Command(CommandKind.ResumeStrategy)));

        Assert.False(engine.Strategy(0).IsSuspended);
        List<bool> ready = [];
        foreach (Bar bar in bars.AsSpan(50, 4))
        {
            engine.Process(0, in bar);
            ready.Add(engine.Strategy(0).IsReady);
        }
        Assert.Equal([false, false, true, true], ready);
    }

    [Fact]
    public void ASnapshotKnowsThatAnIndicatorHalted()
    {
        WriteIndicator("throw new InvalidOperationException(\"once\");");
        using StrategyFile user = _drawer.Open(Uses("new Odd(3)"));
        Engine engine = Build(user), restored = Build(user);
        Bar[] bars = Drawer.Bars(60);
        foreach (Bar bar in bars.AsSpan(0, 40)) engine.Process(0, in bar);
        restored.Restore(engine.TakeSnapshot());

        foreach (Engine each in new[] { engine, restored })
        {
            each.Process(new Input(each.Now, new Command(CommandKind.ResumeStrategy)));
            foreach (Bar bar in bars.AsSpan(40)) each.Process(0, in bar);
        }

        Assert.False(engine.Strategy(0).IsSuspended);
        Assert.Equal(engine.OutputHash, restored.OutputHash);
    }

    [Fact]
    public void TwoFilesMayBringTheSameIndicator()
    {
        WriteIndicator("");
        using StrategyFile one = _drawer.Open(Uses("new Odd(3)")), two = _drawer.Open(Uses("new Odd(3)", "Second"), "Second.cs");
        Engine engine = Build(one, two);

        foreach (Bar bar in Drawer.Bars(60)) engine.Process(0, in bar);

        Assert.Equal(engine.Strategy(0).Counters.Signals, engine.Strategy(1).Counters.Signals);
        Assert.True(engine.Strategy(0).Counters.Signals > 0);
    }

    [Theory]
    [InlineData("while (true) { }", "")]
    [InlineData("try { while (true) { } } catch { } return RiskDecision.Approve(0, 1);", "")]
    [InlineData("return RiskDecision.Approve(0, 1);", "while (true) { }")]
    public void ARiskRuleThatDoesNotEndDenies(string check, string approved)
    {
        using RiskRuleFile file = RiskRuleFile.Compile(StrategySource.Read(_drawer.Write("Rule.cs", $$"""
            public sealed class Rule : IRiskRule
            {
                public string Name => "own";
                public bool ChecksReductions => false;
                public RiskDecision Check(in OrderDraft draft, IRiskView view) { {{check}} }
                public void OnApproved(in OrderDraft draft, IRiskView view) { {{approved}} }
            }
            """)), CancellationToken.None);
        using StrategyFile strategy = _drawer.Open(Drawer.Alternating(5));
        Engine engine = Build([file.Create(null, [])], null, strategy);
        List<string> alerts = [];

        foreach (Bar bar in Drawer.Bars(30)) alerts.AddRange(Alerts(engine.Process(0, in bar)));

        Assert.Contains(alerts, alert => alert.StartsWith("Risk rule own failed and denies: the loop at Rule.cs:", StringComparison.Ordinal));
        Assert.Empty(engine.Market(0).Working);
        Assert.False(engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public void AVersionBesideThatDoesNotEndIsSuspendedAloneAndSaid()
    {
        (Engine engine, List<string> alerts) = Swap(Drawer.Alternating(5).Replace("if (_seen++", "if (_seen > 10) while (true) { }\nif (_seen++", StringComparison.Ordinal));

        Assert.False(engine.Strategy(0).IsSuspended);
        Assert.IsType<EndlessCallException>(engine.Strategy(0).ShadowFailure);
        Assert.Single(alerts, alert => alert.Contains("which runs beside it, is suspended: EndlessCallException: the loop at My.cs:", StringComparison.Ordinal));
        Assert.Null(engine.Strategy(0).Version);
    }

    [Fact]
    public void AVersionWhoseIndicatorFailsWhileItIsWarmedUpIsRefused()
    {
        WriteIndicator("while (true) { }");

        (Engine engine, List<string> alerts) = Swap(Uses("new Odd(3)", "Alternating"));

        Assert.False(engine.Strategy(0).HasShadow);
        Assert.Contains(alerts, alert => alert.Contains("cannot run: an indicator of it failed (EndlessCallException: the loop at Odd.cs:6", StringComparison.Ordinal));
        Assert.False(engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public void ANewVersionBringsItsOwnCodeOfASharedIndicator()
    {
        WriteIndicator("");
        string text = Uses("new Odd(3)", "Alternating");

        (Engine engine, _) = Swap(text + "// saved again", before: text);

        Assert.NotNull(engine.Strategy(0).Version);
        Assert.False(engine.Strategy(0).IsSuspended);
    }

    [Fact]
    public void AConstructorThatDoesNotEndIsRefused()
    {
        using StrategyFile file = _drawer.Open("public sealed class Long : Strategy\n{\n    public Long() { int x = 1; while (x > 0) x = 1 + x % 2; }\n    protected override void OnBar(in Bar bar) { }\n}");
        Instruments.TryFind("ES", out Instrument? es);

        string refusal = Assert.Throws<ArgumentException>(() => file.Find(null).Configure([]).Create(es!)).Message;

        Assert.Contains("long cannot be made: EndlessCallException: the loop at My.cs:3 was still going round when all 100,000,000 rounds", refusal, StringComparison.Ordinal);
    }

    /// <summary>Bar by bar; after 50 bars another text is saved, and 40 more follow.</summary>
    private (Engine Engine, List<string> Alerts) Swap(string after, string? before = null)
    {
        Instruments.TryFind("ES", out Instrument? es);
        var shelf = new StrategyShelf(null);
        StrategySource first = StrategySource.Read(_drawer.Write("My.cs", before ?? Drawer.Alternating(5)));
        shelf.Keep(first, CancellationToken.None);
        shelf.Remember("alternating", "ES", first.Path, null, new Dictionary<string, string>());
        var engine = new Engine(new EngineOptions { Instruments = [es!], Versions = shelf, RecentBars = 50, CallRounds = Rounds });
        engine.Add(shelf.Open(first.Path, null, first.Hash, new Dictionary<string, string>()).Create(es!), 0, Timeframe.OneMinute, "alternating");
        Bar[] bars = Drawer.Bars(90);
        foreach (Bar bar in bars.AsSpan(0, 50)) engine.Process(0, in bar);
        StrategySource second = StrategySource.Read(_drawer.Write("My.cs", after));
        shelf.Keep(second, CancellationToken.None);
        List<string> alerts = [.. Alerts(engine.Process(new Input(engine.Now, new Command(CommandKind.TryVersion), second.Hash)))];
        foreach (Bar bar in bars.AsSpan(50)) alerts.AddRange(Alerts(engine.Process(0, in bar)));
        if (before is not null) engine.Process(new Input(engine.Now, new Command(CommandKind.TakeOver)));
        return (engine, alerts);
    }

    private static Engine Build(params ReadOnlySpan<StrategyFile> files) => Build([], null, files);

    private static Engine Build(IReadOnlyList<IRiskRule> rules, IWorkers? workers, params ReadOnlySpan<StrategyFile> files)
    {
        Instruments.TryFind("ES", out Instrument? es);
        var engine = new Engine(new EngineOptions { Instruments = [es!], StartingCash = 10_000_000m, CallRounds = Rounds, Rules = rules, Workers = workers });
        foreach (StrategyFile file in files) engine.Add(file.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute, file.Find(null).Name);
        return engine;
    }

    private static List<string> Alerts(ReadOnlySpan<Output> outputs)
    {
        List<string> alerts = [];
        foreach (ref readonly Output output in outputs)
        {
            if (output.Kind == OutputKind.Alert) alerts.Add(output.Text!);
        }
        return alerts;
    }

    /// <summary>Fails with its 31st bar, where there is a fault.</summary>
    private void WriteIndicator(string fault) => _drawer.Write("shared/Odd.cs", $$"""
        [Indicator("odd", "this test")]
        public sealed class Odd([Range(1, 100)] int length) : Indicator<double, Odd.State>((Source?)null, length)
        {
            protected override int OwnWarmUp => length;
            protected override State Advance(in State state, in double input) { if (state.Count == 30) {
        {{fault}}
                } return new(state.Count + 1, state.Sum + input); }
            protected override double Read(in State state) => state.Count < length ? double.NaN : state.Sum / state.Count;
            public readonly record struct State(int Count, double Sum);
        }
        """);

    private static string Uses(string indicator, string name = "Using") => $$"""
        public sealed class {{name}} : Strategy
        {
            private readonly Indicator _used;
            public {{name}}() => _used = Use<Indicator>({{indicator}});
            protected override void OnBar(in Bar bar) { if (bar.Close > _used.Value) Buy("above"); else Close("below"); }
        }
        """;
}
