using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Simulation;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>A composite that is warmed up with bars of the past holds, from the first bar on, the opinion that it would have had if it had always run.</summary>
public sealed class CompositeRestartTests
{
    private const int Past = 1_200;
    private const int After = 400;

    public static TheoryData<string, string> Composites => new()
    {
        { "voting", "moving-average-cross(Fast=5, Slow=20), macd-crossover, supertrend" },
        { "voting", "rsi-reversion(Period=7), bollinger-reversion, atr-trailing-stop, supertrend" },
        { "multi-strategy", "moving-average-cross(Fast=5, Slow=20), rsi-reversion(Period=7), turtle" },
        { "weighted", "moving-average-cross(Fast=5, Slow=20)*2, macd-crossover, supertrend" },
        { "voting", "voting(Children=[moving-average-cross(Fast=5, Slow=20), macd-crossover, supertrend]), parabolic-sar, multi-strategy(Children=[grid, rsi-reversion])" },
    };

    [Theory]
    [MemberData(nameof(Composites))]
    public void AfterARestartItWishesWhatItWouldHaveWished(string composite, string children)
    {
        Bar[] bars = Markets.Generated(count: Past + After);
        Strategy always = New(composite, children), restarted = New(composite, children);
        var whole = new StrategyRun(always, true, Markets.Es);
        var second = new StrategyRun(restarted, true, Markets.Es);
        for (int i = 0; i < bars.Length; i++)
        {
            whole.Give(in bars[i]);
            // All of the past comes at one moment, as it does when a session begins.
            if (i < Past) second.Recall(0, in bars[i], bars[Past].Start);
            else second.Give(in bars[i]);
            if (i < Past - 1) continue;
            Assert.Equal(Opinions(always), Opinions(restarted));
            if (i >= Past) Assert.Equal((whole.Strategy.Wish?.Action, whole.Strategy.Target), (second.Strategy.Wish?.Action, second.Strategy.Target));
        }
        Assert.True(whole.Signals.Count(said => said.Bar >= Past) > 5, "too few occasions to compare");
        Assert.Equal(whole.Strategy.Position.Quantity, second.Strategy.Position.Quantity);
    }

    [Fact]
    public void ThePastIsNotTraded()
    {
        var run = new StrategyRun(New("voting", "moving-average-cross(Fast=5, Slow=20), macd-crossover, supertrend"), true, Markets.Es);
        foreach (Bar bar in Markets.Generated(count: Past)) run.Recall(0, in bar, bar.End);

        Assert.Empty(run.Signals);
        Assert.Empty(run.Fills);
        Assert.Empty(run.Engine.Market(0).Working);
        Assert.Equal(0, run.Strategy.Counters.Signals);
        Assert.True(run.Strategy.IsReady);
    }

    /// <summary>The version is made of other strategies than the running one, so that its indicators are new here.</summary>
    [Fact]
    public void AVersionThatIsSwappedInHasTheOpinionOfOneThatAlwaysRan()
    {
        const string Children = "moving-average-cross(Fast=5, Slow=20), macd-crossover, supertrend";
        Bar[] bars = Markets.Generated(count: Past + After);
        Strategy always = New("voting", Children), joined = New("voting", Children);
        var whole = new StrategyRun(always, true, Markets.Es);
        var engine = new Engine(new EngineOptions { Instruments = [Markets.Es], AllowShort = true, StartingCash = 1_000_000m, RecentBars = Past, Versions = new One(joined) });
        engine.Add(New("voting", "moving-average-cross(Fast=5, Slow=20), rsi-reversion"), 0, Timeframe.OneMinute);
        var backtest = new Backtest(engine, new VenueOptions());
        int compared = 0;
        for (int i = 0; i < bars.Length; i++)
        {
            whole.Give(in bars[i]);
            backtest.OnBar(0, in bars[i]);
            if (i == Past) engine.Process(new Input(engine.Now, new Command(CommandKind.TryVersion), "new"));
            if (i < Past) continue;
            Assert.Equal(Opinions(always), Opinions(joined));
            compared++;
        }
        Assert.Equal(After, compared);
    }

    private static Strategy New(string composite, string children) => StrategyLibrary.BuiltIn.Find(composite).Configure([new("Children", children)]).Create(Markets.Es);

    /// <summary>What each of its strategies, however deep, would hold alone, with what confidence and where protected.</summary>
    private static List<string> Opinions(Strategy composite)
    {
        List<string> all = [];
        foreach (ChildStrategy child in Hosted(composite))
        {
            all.Add($"{child.Name} {child.Opinion} {child.Confidence:F9} {child.StopLoss} {child.Weight:F9} {child.Counters.RoundTrips}");
        }
        return all;
    }

    private static IEnumerable<ChildStrategy> Hosted(Strategy strategy)
    {
        foreach (object? member in strategy.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic).Where(field => field.FieldType.Name == "Members").Select(field => field.GetValue(strategy)))
        {
            foreach (ChildStrategy child in (IEnumerable<ChildStrategy>)member!.GetType().GetProperty("Children")!.GetValue(member)!) yield return child;
        }
    }

    private sealed class One(Strategy strategy) : IStrategyVersions
    {
        public Strategy Create(string name, string version, Instrument instrument) => strategy;
    }
}
