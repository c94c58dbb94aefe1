using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>A call of a strategy's code that would never end is ended by counting, and its strategy alone is suspended.</summary>
public sealed class EndlessCallTests : IDisposable
{
    private const int Rounds = 20_000;

    private readonly Drawer _drawer = new();

    /// <summary>What never ends, and the text on whose line in My.cs it is blamed.</summary>
    public static TheoryData<string, string, string> Endless => new()
    {
        { "while (true) { }", "while (true) { }", "loop" },
        { "while (true) ;", "while (true) ;", "loop" },
        { "for (;;) _seen++;", "for (;;) _seen++;", "loop" },
        { "do\n{\n_seen++;\n} while (_seen > 0);", "do\n", "loop" },
        { "int more = 1;\nforeach (int each in Forever()) more += each;", "yield return 1", "loop" },
        { "foreach (var (a, b) in Pairs()) _seen += a + b;", "for (;;) yield", "loop" },
        { "again:\n_seen++;\ngoto again;", "goto again", "loop" },
        { "switch (_seen)\n{\n    default: goto case 1;\n    case 1: goto default;\n}", "goto default", "loop" },
        { "while (true) { while (_seen % 7 != 0) _seen++; _seen++; }", "while (true) { while", "loop" },
        { "while (true) { try { while (true) _seen++; } catch { } }", "while (true) { try", "loop" },
        { "while (true)\n{\n    try { Work(); }\n    catch { continue; }\n    finally { _seen++; }\n}", "static void Work", "function" },
        { "again: try { goto again; } catch { goto again; }", "again: try", "loop" },
        { "try { } finally { while (true) _seen++; }", "try { } finally", "loop" },
        { "Func<bool> never = () => false;\nwhile (!never()) { }", "while (!never", "loop" },
        { "Many().First(each => each < 0);", "each < 0", "function" },
        { "Many().First(static delegate(int each) { return each < 0; });", "return each < 0", "function" },
        { "Many().All(each =>\n{\n    _seen = each;\n    return true;\n});", "Many().All(", "function" },
        { "System.Collections.Generic.List<int> grown = [1];\nfor (int i = 0; i < grown.Count; i++) { grown.Add(i); if (grown.Count > 10) grown.Clear(); if (grown.Count == 0) { grown.Add(1); i = -1; } }", "for (int i = 0; i < grown", "loop" },
    };

    /// <summary>What goes too deep.</summary>
    public static TheoryData<string> Deep =>
    [
        "Down(0);", "Even(3);", "_seen = Below;", "_seen = this[1];", "int Local(int depth) => Local(depth + 1) + 1; _seen = Local(0);", "Func<int, int>? self = null; self = depth => self!(depth + 1) + 1; _seen = self(0);",
        "_ = new Nested();", "_ = (Nested)3;", "_ = new Other() + 1;", "_ = new Matryoshka();", "_ = new Russian();", "try { Down(0); } catch { } try { Down(0); } catch { }", "Bush(0);",
    ];

    public void Dispose() => _drawer.Dispose();

    [Theory]
    [MemberData(nameof(Endless))]
    public void ACallThatDoesNotEndSuspendsItsStrategyWithThePlace(string statement, string blamed, string what)
    {
        StrategyView view = Run(statement);

        string text = Text(statement);
        int line = text[..text.IndexOf(blamed, StringComparison.Ordinal)].Count(each => each == '\n') + 1;
        Assert.True(view.IsSuspended);
        Assert.IsType<EndlessCallException>(view.Failure);
        Assert.StartsWith($"the {what} at My.cs:{line} was still ", view.Failure.Message, StringComparison.Ordinal);
        Assert.Contains($"all {Rounds:N0} rounds of this call were spent", view.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("give", view.Failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Deep))]
    public void ACallThatGoesTooDeepIsNoEndOfTheProgram(string statement)
    {
        StrategyView view = Run(statement, CallMeter.DefaultRounds);

        Assert.True(view.IsSuspended);
        Assert.Matches("the function at My.cs:[0-9]+ (calls itself, or others that call it, so deep|was still being entered)", Assert.IsType<EndlessCallException>(view.Failure).Message);
    }

    [Theory]
    [InlineData("try { while (true) { } } catch { }")]
    [InlineData("try { Down(0); } catch (Exception) { _seen = 1; }")]
    public void WhatACallCatchesOfItIsNotForgotten(string statement) => Assert.IsType<EndlessCallException>(Run(statement).Failure);

    [Fact]
    public void EachCallHasItsRoundsAnew()
    {
        // 50 bars of 15,000 rounds each: far more than one call may take.
        StrategyView view = Run("for (int i = 0; i < 15_000; i++) _seen++;");

        Assert.False(view.IsSuspended, view.LastError);
    }

    [Theory]
    [InlineData(19_990, false)]
    [InlineData(20_001, true)]
    public void TheLastRoundsAreStillGiven(int rounds, bool fails) => Assert.Equal(fails, Run($"for (int i = 0; i < {rounds}; i++) _seen++;").IsSuspended);

    [Fact]
    public void TheOthersGoOnAndWhatItHoldsStaysProtected()
    {
        using StrategyFile file = _drawer.Open(Text("if (_bars == 20) while (true) { } else Emit(new Wish(SignalAction.Buy, \"up\") { StopLoss = bar.Close - 20 });"));
        Instruments.TryFind("ES", out Instrument? es);
        Engine engine = Build(es!, Rounds);
        engine.Add(file.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute, "endless");
        using StrategyFile other = _drawer.Open(Drawer.Alternating(5), "Other.cs");
        engine.Add(other.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute, "other");

        new Simulation.Backtest(engine, new Simulation.VenueOptions()).Run(0, Drawer.Bars(100));

        Assert.True(engine.Strategy(0).IsSuspended);
        Assert.False(engine.Strategy(1).IsSuspended);
        Assert.Equal(10, engine.Strategy(1).Counters.RoundTrips);
        Assert.Equal(1m, engine.Strategy(0).Position.Quantity);
        Assert.Contains(engine.Market(0).Working, order => order.Purpose == Core.Orders.OrderPurpose.StopLoss);
    }

    [Fact]
    public void TwoRunsAndStrategiesSideBySideAgreeBitForBit()
    {
        string text = Text("if (_bars == 20) while (true) _seen++; if (_bars % 3 == 0) Buy($\"{_seen}\"); else Close(\"down\");");

        ulong[] hashes = [.. new[] { false, false, true, true }.Select(sideBySide => HashOf(text, sideBySide))];

        Assert.Single(hashes.Distinct());
        Assert.NotEqual(hashes[0], HashOf(text.Replace("== 20", "== 21", StringComparison.Ordinal), sideBySide: false));
    }

    [Fact]
    public void AResumedStrategyIsAskedAgain()
    {
        using StrategyFile file = _drawer.Open(Text("if (_bars == 20) while (true) _seen++; Buy(\"up\");"));
        Instruments.TryFind("ES", out Instrument? es);
        Engine engine = Build(es!, Rounds);
        engine.Add(file.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute, "endless");
        Bar[] bars = Drawer.Bars(40);
        foreach (Bar bar in bars.AsSpan(0, 30)) engine.Process(0, in bar);
        Assert.True(engine.Strategy(0).IsSuspended);

        engine.Process(new Input(engine.Now, new Command(CommandKind.ResumeStrategy)));
        foreach (Bar bar in bars.AsSpan(30)) engine.Process(0, in bar);

        Assert.False(engine.Strategy(0).IsSuspended);
        Assert.NotNull(engine.Strategy(0).Wish);
    }

    private static ulong HashOf(string text, bool sideBySide)
    {
        using var drawer = new Drawer();
        using StrategyFile file = drawer.Open(text);
        Instruments.TryFind("ES", out Instrument? es);
        Engine engine = Build(es!, Rounds, sideBySide ? new Threads() : null);
        for (int i = 0; i < 3; i++) engine.Add(file.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute, $"endless-{i}");
        new Simulation.Backtest(engine, new Simulation.VenueOptions()).Run(0, Drawer.Bars(60));
        Assert.True(engine.Strategy(0).IsSuspended);
        return engine.OutputHash;
    }

    private StrategyView Run(string statement, long rounds = Rounds)
    {
        using StrategyFile file = _drawer.Open(Text(statement));
        Instruments.TryFind("ES", out Instrument? es);
        Engine engine = Build(es!, rounds);
        engine.Add(file.Find(null).Configure([]).Create(es!), 0, Timeframe.OneMinute);
        new Simulation.Backtest(engine, new Simulation.VenueOptions()).Run(0, Drawer.Bars(50));
        return engine.Strategy(0);
    }

    private static Engine Build(Instrument instrument, long rounds, IWorkers? workers = null) =>
        new(new EngineOptions { Instruments = [instrument], StartingCash = 10_000_000m, CallRounds = rounds, Workers = workers, ForkFrom = 2 });

    private sealed class Threads : IWorkers
    {
        public void Run(int count, Action<int> work) => Parallel.For(0, count, work);
    }

    private static string Text(string statement) => $$"""
        public sealed class Endless : Strategy
        {
            private int _seen, _bars;
            private static void Work() => throw new InvalidOperationException("never mind");
            private static IEnumerable<int> Forever() { while (true) yield return 1; }
            private static IEnumerable<(int, int)> Pairs() { for (;;) yield return (1, 2); }
            private static IEnumerable<int> Many() => Enumerable.Range(0, int.MaxValue);
            private int Down(int depth) => Down(depth + 1) + 1;
            private bool Even(int number) => Odd(number + 1) && _seen > 0;
            private bool Odd(int number) { return Even(number + 1) && _seen > 0; }
            private int Below => Below + 1;
            private int this[int index] { get { return this[index + 1] + 1; } }
            private int Bush(int depth) { try { Bush(depth + 1); } catch { } return Bush(depth + 1); }
            private sealed class Nested { public Nested() => _ = new Nested().GetHashCode(); public static explicit operator Nested(int depth) => (Nested)(depth + 1); }
            private sealed class Other { public static Other operator +(Other one, int depth) => one + (depth + 1); }
            private sealed class Matryoshka { private readonly Matryoshka _inner = new(); public override string ToString() => _inner.ToString(); }
            private sealed class Russian { private readonly object _inner = Wrap(new Russian()); private static object Wrap(Russian one) => one; public override string? ToString() => _inner.ToString(); }
            protected override void OnBar(in Bar bar)
            { _bars++;
        {{statement}}
            }
        }
        """;
}
