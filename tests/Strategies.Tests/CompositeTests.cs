using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;
using Tradewind.Strategies.Tests.Support;

namespace Tradewind.Strategies.Tests;

/// <summary>Composites against the positions that their strategies hold alone, and against votes counted by hand.</summary>
public sealed class CompositeTests
{
    private static readonly StrategyLibrary Library = new(typeof(CompositeTests).Assembly);

    [Theory]
    // Two of three are more than half.
    [InlineData("Majority", "fixed(Side=1), fixed(Side=1), fixed(Side=-1)", 1)]
    [InlineData("Majority", "fixed(Side=-1), fixed(Side=-1), fixed(Side=1)", -1)]
    [InlineData("Majority", "fixed(Side=1), fixed(Side=-1)", 0)]
    // Two of four are not, whatever the others say.
    [InlineData("Majority", "fixed(Side=1), fixed(Side=1), fixed(Side=0), do-nothing", 0)]
    [InlineData("Unanimous", "fixed(Side=1), fixed(Side=1), fixed(Side=1)", 1)]
    [InlineData("Unanimous", "fixed(Side=1), fixed(Side=1), do-nothing", 0)]
    // 0.9 of 1.4 is 64 %, 0.9 of 1.6 is 56 %.
    [InlineData("Threshold", "fixed(Side=1,Confidence=0.9), fixed(Side=-1,Confidence=0.5)", 1)]
    [InlineData("Threshold", "fixed(Side=1,Confidence=0.9), fixed(Side=-1,Confidence=0.7)", 0)]
    // Weight 3 × 0.5 against 0.9: 62.5 %.
    [InlineData("Threshold", "fixed(Side=-1,Confidence=0.5)*3, fixed(Side=1,Confidence=0.9)", -1)]
    // Nobody has any confidence: nobody wins.
    [InlineData("Threshold", "fixed(Side=1,Confidence=0), fixed(Side=-1,Confidence=0)", 0)]
    // A tie is no win, even at a low threshold.
    [InlineData("Threshold", "fixed(Side=1), fixed(Side=-1)", 0)]
    public void AVoteIsCountedByItsRule(string rule, string children, int expected) =>
        Assert.Equal(expected, Math.Sign(Run("voting", ("Children", children), ("Rule", rule)).Strategy.Position.Quantity));

    [Theory]
    [InlineData("fixed(Side=1), fixed(Side=1), fixed(Side=-1)", 1)]
    [InlineData("fixed(Side=1), fixed(Side=1), fixed(Side=1), do-nothing", 3)]
    [InlineData("fixed(Side=1), fixed(Side=-1)", 0)]
    [InlineData("fixed(Side=-1), fixed(Side=-1)", -2)]
    public void MultiStrategyHoldsTheSum(string children, int expected) => Assert.Equal(expected, Run("multi-strategy", ("Children", children)).Strategy.Position.Quantity);

    [Theory]
    // (2 × 1 − 1 × 0.5) / 3 = 0.5: just enough.
    [InlineData("fixed(Side=1)*2, fixed(Side=-1,Confidence=0.5)", 1)]
    // (2 × 1 − 1 × 0.6) / 3 = 0.467: not enough to enter.
    [InlineData("fixed(Side=1)*2, fixed(Side=-1,Confidence=0.6)", 0)]
    [InlineData("fixed(Side=-1), do-nothing", -1)]
    [InlineData("fixed(Side=-1), do-nothing, do-nothing", 0)]
    public void AWeightedScoreIsFollowedFromItsThresholdOn(string children, int expected) =>
        Assert.Equal(expected, Math.Sign(Run("weighted", ("Children", children), ("FollowResults", "false")).Strategy.Position.Quantity));

    [Fact]
    public void ACompositeOfOneDoesWhatThatOneDoes()
    {
        Bar[] bars = Markets.Generated(count: 3_000);
        StrategyRun alone = StrategyRun.Of(Library.Find("moving-average-cross").Configure([]).Create(Markets.Es), bars);
        foreach (string composite in (string[])["voting", "weighted", "multi-strategy"])
        {
            StrategyRun inside = StrategyRun.Of(Library.Find(composite).Configure([new("Children", "moving-average-cross")]).Create(Markets.Es), bars);
            Assert.True(alone.Fills.Count > 50);
            Assert.Equal(alone.Fills.Select(fill => (fill.Bar, fill.Price, fill.PositionAfter)), inside.Fills.Select(fill => (fill.Bar, fill.Price, fill.PositionAfter)));
        }
    }

    [Fact]
    public void ACompositeMayBePartOfAnother()
    {
        const string Inner = "voting(Children=[fixed(Side=1), fixed(Side=1), fixed(Side=-1)])";
        StrategyRun run = Run("voting", ("Children", $"{Inner}, multi-strategy(Children=[fixed(Side=1), {Inner}]), fixed(Side=-1)"));
        Assert.Equal(1, Math.Sign(run.Strategy.Position.Quantity));
    }

    [Fact]
    public void TheStopIsTheFurthestOfThoseThatWon()
    {
        StrategyRun run = Run("voting", ("Children", "fixed(Side=1,Stop=5), fixed(Side=1,Stop=8), fixed(Side=-1,Stop=20)"));
        Assert.Equal(92m, run.Signals[0].Stop);
        Assert.Null(Run("voting", ("Children", "fixed(Side=1,Stop=5), fixed(Side=1), fixed(Side=-1)")).Signals[0].Stop);
        Assert.Null(Run("voting", ("UseStops", "false"), ("Children", "fixed(Side=1,Stop=5), fixed(Side=1,Stop=5)")).Signals[0].Stop);
    }

    [Fact]
    public void ItIsReadyWhenAllItsStrategiesAre()
    {
        StrategyRun run = StrategyRun.Of(Library.Find("voting").Configure([new("Children", "moving-average-cross(Fast=2,Slow=3), supertrend(Period=40)")]).Create(Markets.Es), Markets.Generated(count: 40));
        Assert.False(run.Strategy.IsReady);
        Assert.Equal(41, run.Strategy.Indicators.Max(each => each.WarmUp));
    }

    [Theory]
    [InlineData("", "Children, character 1: found the end, expected the name of a strategy")]
    [InlineData("supertrend supertrend", "Children, character 12: found \"supertrend\", expected a comma and another strategy, or the end")]
    [InlineData("supertrend,", "Children, character 12: found the end, expected the name of a strategy")]
    [InlineData("supertrend(Period", "Children, character 18: found the end, expected an equals sign")]
    [InlineData("supertrend(Period=9", "Children, character 20: found the end, expected a comma or a closing bracket")]
    [InlineData("supertrend*0", "Children, character 12: found \"0\", expected a weight above 0 and at most 1000")]
    [InlineData("supertrend*x", "Children, character 12: found \"x\", expected a weight above 0 and at most 1000")]
    [InlineData("voting(Children=[supertrend", "Children, character 28: found the end, expected a closing square bracket")]
    [InlineData("supertrand", "There is no strategy \"supertrand\"; near names: supertrend")]
    [InlineData("supertrend(Period=0)", "supertrend: Period must be a whole number between 1 and 1000, found 0")]
    [InlineData("supertrend(Perod=9)", "there is no parameter Perod; near names: Period")]
    [InlineData("moving-average-cross(Fast=30, Slow=20)", "Fast must be below Slow")]
    [InlineData("voting(Children=[supertrand])", "There is no strategy \"supertrand\"")]
    public void AFaultInTheListIsSaidWithItsPlace(string children, string expected)
    {
        string refusal = Assert.Throws<ArgumentException>(() => Library.Find("voting").Configure([new("Children", children)])).Message;
        Assert.Contains(expected, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AStrategyOfTwoInstrumentsCannotBeAPart()
    {
        StrategySettings settings = Library.Find("voting").Configure([new("Children", "pairs, supertrend")]);
        Assert.Contains("trades a second instrument (NQ)", Assert.Throws<ArgumentException>(() => settings.Create(Markets.Es)).Message, StringComparison.Ordinal);
    }

    private static StrategyRun Run(string name, params (string Name, string Value)[] settings)
    {
        Strategy strategy = Library.Find(name).Configure(settings.Select(each => KeyValuePair.Create(each.Name, each.Value))).Create(Markets.Plain);
        return StrategyRun.Of(strategy, Markets.Closes(100, 100, 100), Markets.Plain);
    }

    /// <summary>Says one thing for ever.</summary>
    [Strategy("fixed", "Test")]
    public sealed class Fixed(Fixed.Options options) : Strategy
    {
        protected override void OnBar(in Bar bar)
        {
            SignalAction action = options.Side > 0 ? SignalAction.Buy : options.Side < 0 ? SignalAction.Sell : SignalAction.Close;
            Emit(new Wish(action, "as it was told", options.Confidence) { StopLoss = options.Stop > 0 ? 100 - options.Side * options.Stop : null });
        }

        /// <summary>What it says.</summary>
        public sealed record Options
        {
            /// <summary>1 long, −1 short, 0 flat.</summary>
            public int Side { get; init; }

            /// <summary>0 to 1.</summary>
            public double Confidence { get; init; } = 1;

            /// <summary>Points from 100; 0 for none.</summary>
            public double Stop { get; init; }
        }
    }
}
