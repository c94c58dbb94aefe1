using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Simulation;

namespace Tradewind.UserCode.Tests;

/// <summary>Risk rules of the user's own, from a file into the gate.</summary>
public sealed class RiskRuleFileTests : IDisposable
{
    private const string Few = """
        public sealed class Few(Few.Options options) : IRiskRule
        {
            private int _passed;

            public string Name => "few-orders";
            public bool ChecksReductions => false;
            public bool CountsOrders => true;

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

    private readonly Drawer _drawer = new();

    public void Dispose() => _drawer.Dispose();

    [Fact]
    public void ARuleDeniesWithItsNameAndItsNumbers()
    {
        (Engine engine, List<Output> outputs) = Run(Rule(Few));

        Assert.Equal(2, outputs.Count(output => output.Kind == OutputKind.RoundTripClosed));
        Output denied = outputs.First(output => output.Kind == OutputKind.RiskChecked && output.RiskChecked.Result.Outcome == RiskOutcome.Deny);
        Assert.Equal(("few-orders", RiskCode.OwnRule, 3.0, 2.0), (denied.Text, denied.RiskChecked.Result.Code, denied.RiskChecked.Result.Measured, denied.RiskChecked.Result.Limit));
        Assert.Equal("the rule measured 3, its limit is 2", denied.RiskChecked.Result.Sentence());
        Assert.True(engine.Account.PositionOf(0).IsFlat);
    }

    [Fact]
    public void WhatItCountedIsInASnapshotWithoutItsHelp()
    {
        IRiskRule rule = Rule(Few), restored = Rule(Few);
        Run(rule);
        var written = Snapshot.ForWriting();
        rule.Sync(written);
        var read = Snapshot.ForReading(written.ToArray());
        restored.Sync(read);

        Assert.DoesNotContain(Run(restored).Outputs, output => output.Kind == OutputKind.OrderSubmitted);
    }

    [Theory]
    [InlineData("throw new InvalidOperationException(\"broken\");", "Risk rule own failed and denies: broken")]
    [InlineData("return new RiskDecision(RiskOutcome.Reduce, RiskCode.OwnRule, 1, 1, 5m);", "Risk rule own answered Reduce to 5 for an order of 1, which cannot be, and denies.")]
    [InlineData("return new RiskDecision(RiskOutcome.Reduce, RiskCode.OwnRule, 1, 1, 0.5m);", "Risk rule own answered Reduce to 0.5 for an order of 1, which cannot be, and denies.")]
    [InlineData("return new RiskDecision((RiskOutcome)9, RiskCode.OwnRule, 1, 1);", "Risk rule own answered 9 to 0 for an order of 1, which cannot be, and denies.")]
    public void ARuleThatThrowsOrAnswersNonsenseDenies(string check, string alert)
    {
        (_, List<Output> outputs) = Run(Rule(Plain(check)));

        Assert.DoesNotContain(outputs, output => output.Kind == OutputKind.OrderSubmitted);
        Assert.Contains(outputs, output => output.Kind == OutputKind.OrderDenied && output.OrderDenied.Code == RiskCode.RuleFailed);
        Assert.Contains(alert, outputs.Where(output => output.Kind == OutputKind.Alert).Select(output => output.Text));
    }

    [Fact]
    public void ARuleThatThrowsWhenItIsToldOfAnOrderDeniesIt()
    {
        (_, List<Output> outputs) = Run(Rule(Plain("return RiskDecision.Approve(0, 1);", more: "public void OnApproved(in OrderDraft draft, IRiskView view) => throw new InvalidOperationException(\"cannot count\");")));

        Assert.DoesNotContain(outputs, output => output.Kind == OutputKind.OrderSubmitted);
        Assert.Contains("Risk rule own failed and denies: cannot count", outputs.Where(output => output.Kind == OutputKind.Alert).Select(output => output.Text));
    }

    [Theory]
    [InlineData("public sealed class X : IRiskRule { }", "My.cs:1:", "(CS0535)")]
    [InlineData("public sealed class X { }", "found no risk rule in it, expected a class that implements IRiskRule", "")]
    public void AFileThatIsNoneIsRefused(string text, string part, string other)
    {
        string refusal = Refusal(() => Open(text));
        Assert.Contains(part, refusal, StringComparison.Ordinal);
        Assert.Contains(other, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void TheRulesForAuthorsHold() => Assert.Contains("(TW0001)", Refusal(() => Open(Plain("return RiskDecision.Approve(DateTime.UtcNow.Hour, 1);"))), StringComparison.Ordinal);

    [Fact]
    public void WhatIsSetWrongIsSaid()
    {
        using RiskRuleFile file = Open(Few);
        Assert.Contains("Few: Most must be a whole number between 1 and 1000, found 0", Refusal(() => file.Create(null, [new("Most", "0")])), StringComparison.Ordinal);
        Assert.Contains("there is no parameter Mots; near names: Most", Refusal(() => file.Create(null, [new("Mots", "1")])), StringComparison.Ordinal);
        Assert.Contains("there is no risk rule \"Fex\" in it; near names: Few", Refusal(() => file.Create("Fex", [])), StringComparison.Ordinal);
        using RiskRuleFile two = Open(Plain("return default;") + Plain("return default;").Replace("class Own", "class Other", StringComparison.Ordinal));
        Assert.Contains("found 2 risk rules (Other, Own), expected one; name it after the file", Refusal(() => two.Create(null, [])), StringComparison.Ordinal);
        using RiskRuleFile odd = Open(Plain("return default;", more: "private System.Net.IPAddress? _address = null; public object? Get() => _address;"));
        Assert.Contains("Own._address is a IPAddress, which the engine cannot save", Refusal(() => odd.Create(null, [])), StringComparison.Ordinal);
        using RiskRuleFile nameless = Open(Plain("return default;").Replace("\"own\"", "\"\"", StringComparison.Ordinal));
        Assert.Contains("Own.Name is empty", Refusal(() => nameless.Create(null, [])), StringComparison.Ordinal);
        using RiskRuleFile broken = Open(Plain("return default;", more: "public Own() => throw new InvalidOperationException(\"not today\");"));
        Assert.Contains("Own cannot be made: InvalidOperationException: not today", Refusal(() => broken.Create(null, [])), StringComparison.Ordinal);
    }

    private static string Plain(string check, string more = "") => $$"""
        public sealed class Own : IRiskRule
        {
            public string Name => "own";
            public bool ChecksReductions => false;
            public RiskDecision Check(in OrderDraft draft, IRiskView view) { {{check}} }
            {{more}}
        }
        """;

    private static string Refusal(Action step) => Assert.Throws<InputException>(step).Message;

    private RiskRuleFile Open(string text) => RiskRuleFile.Compile(StrategySource.Read(_drawer.Write("My.cs", text)), CancellationToken.None);

    private IRiskRule Rule(string text) => Open(text).Create(null, []);

    private (Engine Engine, List<Output> Outputs) Run(IRiskRule rule)
    {
        using StrategyFile file = StrategyFile.Open(_drawer.Write("Alternating.cs", Drawer.Alternating(10)), CancellationToken.None);
        Instruments.TryFind("ES", out Instrument? instrument);
        var engine = new Engine(new EngineOptions { Instruments = [instrument!], StartingCash = 1_000_000m, Rules = [rule] });
        engine.Add(file.Find(null).Configure([]).Create(instrument!), 0, Timeframe.OneMinute);
        var venue = new SimulatedVenue([instrument!], new VenueOptions());
        List<Output> outputs = [];
        foreach (Bar bar in Drawer.Bars(100))
        {
            while (venue.TryFill(0, in bar, engine.Now)) Deliver();
            Take(engine.Process(0, in bar));
            Deliver();
        }
        return (engine, outputs);

        void Deliver()
        {
            while (venue.TryTakeEvent(out Input told)) Take(engine.Process(in told));
        }

        void Take(ReadOnlySpan<Output> all)
        {
            foreach (ref readonly Output output in all)
            {
                outputs.Add(output);
                if (output.Kind == OutputKind.OrderSubmitted) venue.Submit(output.Order, output.Time);
                if (output.Kind == OutputKind.CancelRequested) venue.Cancel(output.Order, output.Time);
            }
        }
    }
}
