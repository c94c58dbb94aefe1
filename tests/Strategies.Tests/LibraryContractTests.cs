using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Simulation;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>What every strategy of the library keeps to; a new one is found by itself.</summary>
public sealed class LibraryContractTests
{
    private static readonly string[] Labels = ["Source", "Enters", "Exits", "Stop", "Assumes", "Lies"];
    private static readonly XElement[] Documented = [.. XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Tradewind.Strategies.xml")).Descendants("member")];

    public static TheoryData<string> All => new(StrategyLibrary.BuiltIn.All.Select(each => each.Name));

    [Theory]
    [MemberData(nameof(All))]
    public void ItsDocumentationSaysSourceEntryExitStopAssumptionAndHowItLies(string name)
    {
        XElement? member = Member($"T:{StrategyLibrary.BuiltIn.Find(name).Type.FullName}");
        Assert.False(string.IsNullOrWhiteSpace(member?.Element("summary")?.Value));
        string[] lines = [.. member!.Element("remarks")!.Elements("para").Select(line => line.Value.Trim())];
        Assert.Equal(Labels, lines.Select(line => line.Split(':')[0]));
        Assert.All(lines, line => Assert.Matches(@"^\w+: \S.{3,}\.$", Regex.Replace(line, @"\s+", " ")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EachOptionIsExplainedAndEachNumberHasARangeThatHoldsItsDefault(string name)
    {
        StrategyDescription strategy = StrategyLibrary.BuiltIn.Find(name);
        Assert.All(strategy.Parameters, parameter =>
        {
            Assert.False(string.IsNullOrWhiteSpace(Member($"P:{strategy.Type.FullName}.Options.{parameter.Name}")?.Element("summary")?.Value), $"{parameter.Name} lacks a summary");
            if (!IsNumber(parameter)) return;
            Assert.NotNull(parameter.Minimum);
            Assert.InRange(Number(parameter.Default!), Number(parameter.Minimum), Number(parameter.Maximum!));
        });
    }

    [Theory]
    [MemberData(nameof(All))]
    public void EachOptionRefusesWhatIsOutOfItsRangeOrOfAnotherKindAndShowsTheRange(string name)
    {
        StrategyDescription strategy = StrategyLibrary.BuiltIn.Find(name);
        foreach (StrategyParameter parameter in strategy.Parameters.Where(IsNumber))
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"between {parameter.Minimum} and {parameter.Maximum}");
            decimal step = parameter.Kind == "whole number" ? 1m : 0.5m;
            foreach (string wrong in (string[])[Text((decimal)Number(parameter.Minimum!) - step), Text((decimal)Number(parameter.Maximum!) + step), "many", "NaN", ""])
            {
                string refusal = Refusal(strategy, parameter.Name, wrong);
                Assert.StartsWith($"{name}: {parameter.Name} must be a ", refusal, StringComparison.Ordinal);
                Assert.Contains(range, refusal, StringComparison.Ordinal);
                Assert.Contains(wrong, refusal, StringComparison.Ordinal);
            }
        }
        foreach (StrategyParameter parameter in strategy.Parameters.Where(each => each.Kind is "yes or no" or "one of a list")) Assert.Contains($"{parameter.Name} must be", Refusal(strategy, parameter.Name, "perhaps"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void AnOptionThatItDoesNotHaveIsRefusedWithTheNearest(string name)
    {
        StrategyDescription strategy = StrategyLibrary.BuiltIn.Find(name);
        if (strategy.Parameters.Count == 0) Assert.Contains("it has none", Refusal(strategy, "Period", "9"), StringComparison.Ordinal);
        else Assert.Contains($"near names: {strategy.Parameters[0].Name}", Refusal(strategy, strategy.Parameters[0].Name + "x", "9"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ARunThatIsRestoredFromASnapshotAnywhereGoesOnAsIfNothingHadHappened(string name)
    {
        List<Input> inputs = [];
        ulong whole = Run(New(name), [.. Bars(Markets.Generated(count: 3_000), Markets.Generated("NQ", count: 3_000))], inputs);
        Assert.Equal(whole, Replay(New(name), inputs));
        var chance = new Random(name.Length * 31 + name[0]);
        for (int i = 0; i < 4; i++)
        {
            int cut = chance.Next(1, inputs.Count);
            Engine first = New(name), second = New(name);
            Replay(first, inputs.Take(cut));
            second.Restore(first.TakeSnapshot());
            Assert.True(whole == Replay(second, inputs.Skip(cut)), $"cut at {cut}");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ItNeverThrowsOnConstantGappyOrWildData(string name)
    {
        Bar[][] markets = [Constant(), Gappy(), Wild()];
        foreach (Bar[] market in markets)
        {
            Engine engine = New(name);
            Run(engine, [.. Bars(market, market)], []);
            for (int i = 0; i < engine.StrategyCount; i++) Assert.Null(engine.Strategy(i).LastError);
        }
    }

    [Fact]
    public void EachHasAPinnedBacktest()
    {
        IEnumerable<string> pinned = typeof(PinnedHashTests).GetMethod(nameof(PinnedHashTests.ABacktestOnTheGeneratedMarketHasItsHash))!.GetCustomAttributes(typeof(InlineDataAttribute), false).Select(row => (string)((InlineDataAttribute)row).Data[0]!);
        Assert.Equal(StrategyLibrary.BuiltIn.All.Select(each => each.Name).Order(), pinned.Order());
    }

    [Fact]
    public void AnUnknownNameIsRefusedWithTheNearest() =>
        Assert.Contains("near names: supertrend", Assert.Throws<ArgumentException>(() => StrategyLibrary.BuiltIn.Find("supertrent")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("trend-following", "Fast=50,Slow=50", "Fast must be below Slow, found Fast=50 and Slow=50")]
    [InlineData("parabolic-sar", "Step=0.3,Maximum=0.2", "Step must be at most Maximum")]
    [InlineData("ichimoku", "Conversion=26,Base=26", "Conversion must be below Base")]
    [InlineData("ichimoku", "Base=60", "Base must be below Span")]
    [InlineData("turtle", "ExitBars=20", "ExitBars must be below EntryBars")]
    [InlineData("turtle", "EntryBars=60", "FailsafeBars must be at least EntryBars")]
    [InlineData("pairs", "Entry=0.5", "Exit must be below Entry")]
    [InlineData("pairs", "Stop=1.5", "Stop must be 0 or above Entry")]
    [InlineData("pairs", "Other=", "Other must be the symbol")]
    [InlineData("weighted", "Entry=0.1", "Exit must be below Entry")]
    [InlineData("macd-crossover", "Fast=26", "Fast must be below Slow")]
    [InlineData("moving-average-cross", "Slow=10", "Fast must be below Slow")]
    public void OptionsThatContradictEachOtherAreRefused(string name, string settings, string expected)
    {
        KeyValuePair<string, string>[] pairs = [.. settings.Split(',').Select(each => KeyValuePair.Create(each.Split('=')[0], each.Split('=')[1]))];
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => StrategyLibrary.BuiltIn.Find(name).Configure(pairs)).Message, StringComparison.Ordinal);
    }

    private static Engine New(string name)
    {
        var engine = new Engine(new EngineOptions { Instruments = [Markets.Es, Markets.Nq], StartingCash = 1_000_000m, AllowShort = true });
        engine.Add(StrategyLibrary.BuiltIn.Find(name).Configure([]).Create(Markets.Es), 0, Timeframe.OneMinute, name);
        return engine;
    }

    private static ulong Replay(Engine engine, IEnumerable<Input> inputs)
    {
        foreach (Input input in inputs) engine.Process(in input);
        return engine.OutputHash;
    }

    /// <summary>The engine's hash after the bars, with orders worked at a venue; everything that went in is kept.</summary>
    private static ulong Run(Engine engine, (int Instrument, Bar Bar)[] bars, List<Input> inputs)
    {
        var venue = new SimulatedVenue(engine.Options.Instruments, new VenueOptions());
        foreach ((int instrument, Bar bar) in bars)
        {
            while (venue.TryFill(instrument, in bar, engine.Now)) Deliver();
            venue.ExpireAfter(instrument, bar.End > engine.Now ? bar.End : engine.Now);
            Deliver();
            Give(new Input(instrument, in bar));
            Deliver();
        }
        return engine.OutputHash;

        void Deliver()
        {
            while (venue.TryTakeEvent(out Input told)) Give(told);
        }

        void Give(Input input)
        {
            inputs.Add(input);
            foreach (Output output in engine.Process(in input))
            {
                if (output.Kind == OutputKind.OrderSubmitted) venue.Submit(output.Order, output.Time);
                else if (output.Kind == OutputKind.CancelRequested) venue.Cancel(output.Order, output.Time);
                else if (output.Kind == OutputKind.ModifyRequested) venue.Modify(output.Order, output.Time);
            }
        }
    }

    private static IEnumerable<(int, Bar)> Bars(Bar[] first, Bar[] second) => Markets.Together(first, second).Select(each => (each.Instrument, each.Bar));

    private static Bar[] Constant() => [.. Enumerable.Range(0, 800).Select(i => Markets.Minute(i, 5000, 5000, 5000, 5000, i % 3 == 0 ? 0 : 10))];

    /// <summary>Minutes with holes of minutes, hours and days between them, and jumps of the price across.</summary>
    private static Bar[] Gappy()
    {
        var chance = new Random(11);
        Timestamp time = Markets.Start;
        double price = 5000;
        return [.. Enumerable.Range(0, 1_500).Select(_ =>
        {
            int roll = chance.Next(200);
            time += TimeSpan.FromMinutes(roll == 0 ? 4_000 : roll < 4 ? 300 : roll < 20 ? 7 : 1);
            price = Math.Max(100, price + Math.Round((chance.NextDouble() - 0.5) * (roll < 4 ? 1_000 : 20)));
            return new Bar(time, time + TimeSpan.FromMinutes(1), price, price + 1, price - 1, price, roll);
        })];
    }

    /// <summary>Prices of a thousandth of a tick to a million, from one bar to the next.</summary>
    private static Bar[] Wild()
    {
        var chance = new Random(12);
        return [.. Enumerable.Range(0, 1_000).Select(i =>
        {
            double price = Math.Pow(10, chance.NextDouble() * 9 - 3);
            return Markets.Minute(i, price, price * 1.5, price * 0.5, price, Math.Pow(10, chance.Next(-3, 12)));
        })];
    }

    private static bool IsNumber(StrategyParameter parameter) => parameter.Kind is "whole number" or "number";

    private static double Number(object value) => Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Refusal(StrategyDescription strategy, string parameter, string value) => Assert.Throws<ArgumentException>(() => strategy.Configure([new(parameter, value)])).Message;

    private static XElement? Member(string name) => Array.Find(Documented, each => (string?)each.Attribute("name") == name);
}
