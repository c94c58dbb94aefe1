namespace Tradewind.Core.Signals;

/// <summary>A strategy's standing wish at the moment of a decision.</summary>
/// <param name="Strategy">Index of the strategy in the engine.</param>
/// <param name="Signal">Id of the signal that stated the wish.</param>
/// <param name="Action">Four actions vote; Close is a vote for a flat position.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="StrategyWeight">From the strategy's own results; see <see cref="StrategyWeight"/>.</param>
/// <param name="Target">The signed position that the wish was sized to.</param>
/// <param name="Held">The strategy's signed position now.</param>
public readonly record struct Vote(int Strategy, long Signal, SignalAction Action, double Confidence, double StrategyWeight, decimal Target, decimal Held)
{
    public double Weight => Confidence * StrategyWeight;
}

/// <summary>What all strategies together decided for an instrument.</summary>
/// <param name="Action">Hold leaves everything as it is.</param>
/// <param name="Confidence">The winner's share of all weights, 0 to 1; 0 when nobody had any.</param>
public readonly record struct Decision(SignalAction Action, double Confidence);

/// <summary>Makes one decision of many wishes, and says what each strategy is to hold.</summary>
public interface ISignalCombiner
{
    string Name { get; }

    /// <summary>False for a combiner that looks at no weights: the votes then carry a strategy weight of 1.</summary>
    bool UsesWeights => true;

    /// <param name="votes">One vote a strategy, in order of registration.</param>
    /// <param name="lotSize">Smallest quantity step.</param>
    /// <param name="targets">Filled with the signed position that each voter is to hold; as long as <paramref name="votes"/>.</param>
    Decision Combine(ReadOnlySpan<Vote> votes, decimal lotSize, Span<decimal> targets);
}
