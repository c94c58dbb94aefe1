using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Strategies;

namespace Tradewind.UserCode.Tests;

/// <summary>A file becomes a strategy, or is refused with sentences that name the place.</summary>
public sealed class StrategyFileTests : IDisposable
{
    private readonly Drawer _drawer = new();

    public static TheoryData<string, string> Broken => new()
    {
        { "public sealed class A : Strategy { protected override void OnBar(in Bar bar) => Buy(\"x\") }", "My.cs:1:90: \"}\" in \"public sealed class A" },
        { "public sealed class A : Strategy\n{\n    private readonly Smaa _average;\n    protected override void OnBar(in Bar bar) => Buy(\"x\");\n}", "My.cs:3:22: \"Smaa\" in \"private readonly Smaa _average;\": there is no indicator or other type Smaa; near names: Sma, " },
        { "public sealed class A : Strategy { protected override void OnBar(in Bar bar) => Bui(\"x\"); }", "there is nothing named Bui here; near names: Buy" },
        { "public sealed class A : Strategy { }", "My.cs:1:21: \"A\" in \"public sealed class A : Strategy { }\": 'A' does not implement inherited abstract member" },
        { "", "found no strategy in it, expected a class that derives from Strategy" },
        { "public sealed class A { }", "found no strategy in it" },
        { "public abstract class A : Strategy { }", "found no strategy in it" },
        { Drawer.Alternating(3, "Cross") + Drawer.Alternating(3, "CrossStrategy"), "two strategies are named \"cross\", Cross and CrossStrategy; give one another name" },
        { "[Strategy(\"macd-crossover\", \"Mine\")]\n" + Drawer.Alternating(3), "Alternating is named \"macd-crossover\", as a strategy that Tradewind brings is" },
        { "public sealed class A(int length) : Strategy { protected override void OnBar(in Bar bar) => Buy($\"{length}\"); }", "A needs a public constructor that takes nothing, or a public nested record Options" },
        { Drawer.Alternating(3).Replace("private int _seen;", "private int _seen; public Alternating(Options o) { } public sealed record Options { public object What { get; init; } = 1; }", StringComparison.Ordinal), "Alternating.Options.What is a Object; a parameter is a number, a bool, an enum or a string" },
    };

    public void Dispose() => _drawer.Dispose();

    [Fact]
    public void AFileWithNothingButAClassIsAStrategy()
    {
        using StrategyFile file = _drawer.Open(Drawer.Alternating(5));

        StrategyDescription strategy = Assert.Single(file.Strategies);
        Assert.Equal("alternating", strategy.Name);
        Assert.Equal("Own", strategy.Family);
        Assert.Same(strategy, file.Find(null));
        // Bars 0 to 4 long, 5 to 9 flat and so on: of 100 bars, the entry after bar 0 and each change after that fill at the next open.
        Assert.Equal(10, Drawer.Backtest(strategy, 100).Strategy(0).Counters.RoundTrips);
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void ABrokenFileIsRefusedWithItsPlaceAndText(string text, string expected)
    {
        string refusal = _drawer.Refusal(text);

        Assert.Contains(expected, refusal, StringComparison.Ordinal);
        Assert.All(refusal.Split('\n'), line =>
        {
            Assert.StartsWith(_drawer.Folder, line, StringComparison.Ordinal);
            Assert.EndsWith(".", line, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void AllFaultsComeAtOnceInTheOrderOfTheText()
    {
        string[] lines = _drawer.Refusal("public sealed class A : Strategy\n{\n    int a = \"1\";\n    int b = nothing;\n    protected override void OnBar(in Bar bar) { double x = DateTime.Now.Ticks; Buy($\"{a}{b}{x}\"); }\n}").Split('\n');

        Assert.Equal(["(CS0029).", "(CS0103).", "(TW0001)."], lines.Select(line => line[line.LastIndexOf('(')..]));
    }

    [Fact]
    public void OneOfSeveralIsChosenByNameOrClass()
    {
        using StrategyFile file = _drawer.Open(Drawer.Alternating(3, "First") + Drawer.Alternating(4, "Second"));

        Assert.Equal("second", file.Find("second").Name);
        Assert.Equal("first", file.Find("First").Name);
        Assert.Contains("found 2 strategies (first, second), expected one; name it after the file", Assert.Throws<InputException>(() => file.Find(null)).Message, StringComparison.Ordinal);
        Assert.Contains("there is no strategy \"thrid\" in it", Assert.Throws<InputException>(() => file.Find("thrid")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AParameterOutOfRangeIsRefusedWithTheRange()
    {
        using StrategyFile file = _drawer.Open("""
            public sealed class Ranged(Ranged.Options options) : Strategy
            {
                protected override void OnBar(in Bar bar) => Buy($"{options.Length}");
                public sealed record Options { [Range(2, 50)] public int Length { get; init; } = 10; }
            }
            """);

        string refusal = Assert.Throws<ArgumentException>(() => file.Find(null).Configure([KeyValuePair.Create("Length", "51")])).Message;

        Assert.Equal("ranged: Length must be a whole number between 2 and 50, found 51.", refusal);
    }

    [Fact]
    public void AnIndicatorInTheSharedFolderIsUsedLikeTheOthers()
    {
        _drawer.Write("shared/Middle.cs", """
            [Indicator("middle", "this test")]
            public sealed class Middle([Range(1, 100)] int length) : Indicator<double, Middle.State>((Source?)null, length)
            {
                protected override int OwnWarmUp => length;
                protected override State Advance(in State state, in double input) => new(state.Count + 1, state.Sum + input);
                protected override double Read(in State state) => state.Count < length ? double.NaN : state.Sum / state.Count;
                public readonly record struct State(int Count, double Sum);
            }
            """);
        using StrategyFile file = _drawer.Open("""
            public sealed class AboveMiddle : Strategy
            {
                private readonly Middle _middle;
                public AboveMiddle() => _middle = Use(new Middle(12));
                protected override void OnBar(in Bar bar) { if (bar.Close > _middle.Value) Buy("above"); else Close("below"); }
            }
            """);

        Engine engine = Drawer.Backtest(file.Find(null), 100);

        Assert.Null(engine.Strategy(0).Failure);
        Assert.True(engine.Strategy(0).IsReady);
        Assert.True(engine.Strategy(0).Counters.RoundTrips > 0);
    }

    [Fact]
    public void WhatAStrategyThrowsNamesItsLine()
    {
        using StrategyFile file = _drawer.Open("public sealed class Bad : Strategy\n{\n    private readonly int[] _few = new int[3];\n    private int _next;\n    protected override void OnBar(in Bar bar)\n    {\n        _few[_next++] = 1;\n    }\n}");

        Engine engine = Drawer.Backtest(file.Find(null), 10);

        Assert.True(engine.Strategy(0).IsSuspended);
        string words = StrategyFailure.Describe(engine.Strategy(0).Failure!);
        Assert.StartsWith("IndexOutOfRangeException: ", words, StringComparison.Ordinal);
        Assert.EndsWith("My.cs:7)", words, StringComparison.Ordinal);
    }

    [Fact]
    public void AConstructorThatThrowsIsASentenceWithItsLine()
    {
        using StrategyFile file = _drawer.Open("public sealed class Bad : Strategy\n{\n    private readonly string _text;\n    public Bad()\n    {\n        _text = Enumerable.Empty<string>().First();\n    }\n    protected override void OnBar(in Bar bar) => Buy(_text);\n}");

        string refusal = Assert.Throws<ArgumentException>(() => file.Find(null).Configure([]).Create(Instruments.All.First())).Message;

        Assert.StartsWith("bad cannot be made: InvalidOperationException: ", refusal, StringComparison.Ordinal);
        Assert.EndsWith("My.cs:6).", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Missing.cs", "there is no such file")]
    [InlineData("folder.cs", "found a directory, expected a .cs file")]
    [InlineData("binary.cs", "is no UTF-8, expected C# text")]
    [InlineData("text.dll", "found a file that is no .NET assembly")]
    [InlineData("missing.dll", "there is no such file")]
    public void AFileThatCannotBeReadIsRefused(string name, string expected)
    {
        Directory.CreateDirectory(Path.Combine(_drawer.Folder, "folder.cs"));
        File.WriteAllBytes(Path.Combine(_drawer.Folder, "binary.cs"), [0x2f, 0x2f, 0xff, 0xfe, 0x0a]);
        _drawer.Write("text.dll", "not a library");

        string refusal = Assert.Throws<InputException>(() => StrategyFile.Open(Path.Combine(_drawer.Folder, name), CancellationToken.None)).Message;

        Assert.Contains(name, refusal, StringComparison.Ordinal);
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void EqualTextHasAnEqualHashAndOtherTextAnother()
    {
        string one = _drawer.Write("a/My.cs", "text"), same = _drawer.Write("b/My.cs", "text"), other = _drawer.Write("c/My.cs", "text2");

        Assert.Equal(StrategySource.Read(one).Hash, StrategySource.Read(same).Hash);
        Assert.NotEqual(StrategySource.Read(one).Hash, StrategySource.Read(other).Hash);
        _drawer.Write("b/shared/Common.cs", "");
        Assert.NotEqual(StrategySource.Read(one).Hash, StrategySource.Read(same).Hash);
    }
}
