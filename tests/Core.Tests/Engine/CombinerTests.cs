using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Four actions vote; ties, no weight and weak winners decide nothing.</summary>
public sealed class CombinerTests
{
    private const SignalAction Buy = SignalAction.Buy, Sell = SignalAction.Sell, Close = SignalAction.Close, Hold = SignalAction.Hold;

    public static TheoryData<string, (SignalAction Action, double Confidence)[], SignalAction, double> Votes => new()
    {
        { "a lone voice", [(Buy, 0.4)], Buy, 1 },
        { "the heavier side", [(Buy, 0.9), (Sell, 0.6)], Buy, 0.6 },
        { "close is a vote like the others", [(Close, 0.8), (Buy, 0.2)], Close, 0.8 },
        { "two closes beat one stronger buy", [(Close, 0.5), (Close, 0.5), (Buy, 0.9)], Close, 1.0 / 1.9 },
        { "a tie decides nothing", [(Buy, 0.5), (Sell, 0.5)], Hold, 0.5 },
        { "a tie decides nothing in the other order", [(Sell, 0.5), (Buy, 0.5)], Hold, 0.5 },
        { "a three-way tie", [(Buy, 0.3), (Sell, 0.3), (Close, 0.3)], Hold, 1.0 / 3 },
        { "no confidence at all", [(Buy, 0), (Sell, 0)], Hold, 0 },
        { "a winner below the minimum share", [(Buy, 0.4), (Sell, 0.3), (Close, 0.3)], Hold, 0.4 },
        { "hold can win", [(Hold, 0.9), (Buy, 0.2)], Hold, 0.9 / 1.1 },
    };

    [Theory]
    [MemberData(nameof(Votes))]
    public void TheConsensusIs(string which, (SignalAction Action, double Confidence)[] votes, SignalAction action, double confidence)
    {
        Vote[] cast = [.. votes.Select((vote, i) => new Vote(i, i, vote.Action, vote.Confidence, 1, TargetOf(vote.Action), 0))];
        Decision decision = new Consensus(0.5).Combine(cast, 1m, new decimal[cast.Length]);
        Assert.True(action == decision.Action, which);
        Assert.Equal(confidence, decision.Confidence, 12);
    }

    [Fact]
    public void AVoteWeighsItsConfidenceTimesItsStrategysWeight()
    {
        Vote[] votes = [new(0, 1, Buy, 0.5, 2, 1, 0), new(1, 2, Sell, 0.8, 0.5, -1, 0)];
        Assert.Equal(new Decision(Buy, 1.0 / 1.4), new Consensus(0.5).Combine(votes, 1m, new decimal[2]));
    }

    [Fact]
    public void OnHoldEverybodyKeepsWhatHeHas()
    {
        Vote[] votes = [new(0, 1, Buy, 0.5, 1, 3, 1), new(1, 2, Sell, 0.5, 1, -2, -2)];
        decimal[] targets = new decimal[2];
        new Consensus(0.5).Combine(votes, 1m, targets);
        Assert.Equal([1m, -2m], targets);
    }

    [Fact]
    public void TheWinnersShareTheMeanWishInWholeLotsAndTheLosersAreOut()
    {
        Vote[] votes = [new(0, 1, Buy, 0.6, 1, 4, 0), new(1, 2, Buy, 0.3, 1, 1, 0), new(2, 3, Sell, 0.2, 1, -5, -5)];
        decimal[] targets = new decimal[3];
        new Consensus(0.5).Combine(votes, 1m, targets);
        // (0.6 · 4 + 0.3 · 1) / 0.9 = 3 lots, two thirds of them to the heavier voice.
        Assert.Equal([2m, 1m, 0m], targets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void AMinimumShareOutsideItsRangeIsRefused(double share) =>
        Assert.Contains("minimum consensus", Assert.Throws<ArgumentOutOfRangeException>(() => new Consensus(share)).Message, StringComparison.Ordinal);

    [Fact]
    public void NettingGivesEachStrategyItsOwnWish()
    {
        Vote[] votes = [new(0, 1, Buy, 0.1, 1, 2, 0), new(1, 2, Sell, 0.9, 1, -1, 0), new(2, 3, Hold, 0, 1, 0, 4)];
        decimal[] targets = new decimal[3];
        Netting.Instance.Combine(votes, 1m, targets);
        Assert.Equal([2m, -1m, 4m], targets);
    }

    [Fact]
    public void AWeightStartsAtOneAndStaysBetweenItsFloorAndItsCap()
    {
        var weight = new StrategyWeight();
        for (int i = 0; i < StrategyWeight.Minimum - 1; i++) weight.Add(100);
        Assert.Equal(1, weight.Value);
        weight.Add(100);
        Assert.Equal(StrategyWeight.Cap, weight.Value);
        for (int i = 0; i < StrategyWeight.Memory; i++) weight.Add(-100);
        Assert.Equal(StrategyWeight.Floor, weight.Value);
    }

    [Fact]
    public void AWeightIsOneAndTheMeanOverTheDeviationOfItsLastResults()
    {
        var weight = new StrategyWeight();
        double[] results = [10, -5, 20, -15, 5, 10, -5, 0, 15, -10, 25, -20];
        foreach (double result in results) weight.Add(result);
        double mean = results.Average();
        double deviation = Math.Sqrt(results.Sum(result => (result - mean) * (result - mean)) / (results.Length - 1));
        Assert.Equal(1 + mean / deviation, weight.Value, 12);
    }

    private static decimal TargetOf(SignalAction action) => action switch { Buy => 1, Sell => -1, _ => 0 };
}
