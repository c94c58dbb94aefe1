namespace Tradewind.Core.Signals;

/// <summary>The action with the most weight wins; the winners share the position, all others stay out of it.</summary>
/// <remarks>A tie, no weight at all, or a winner below the minimum share is Hold. Only the winner's side trades: a strategy that lost the vote holds nothing.</remarks>
public sealed class Consensus : ISignalCombiner
{
    private readonly double _minimumShare;

    /// <param name="minimumShare">Share of all weights that the winner needs, above 0 and at most 1.</param>
    public Consensus(double minimumShare = 0.5)
    {
        if (!(minimumShare > 0 && minimumShare <= 1)) throw new ArgumentOutOfRangeException(nameof(minimumShare), $"The minimum consensus must be above 0 and at most 1, found {minimumShare}.");
        _minimumShare = minimumShare;
    }

    public string Name => "consensus";

    public Decision Combine(ReadOnlySpan<Vote> votes, decimal lotSize, Span<decimal> targets)
    {
        Decision decision = Decide(votes);
        if (decision.Action == SignalAction.Hold)
        {
            for (int i = 0; i < votes.Length; i++) targets[i] = votes[i].Held;
        }
        else
        {
            Share(votes, decision.Action, lotSize, targets);
        }
        return decision;
    }

    private Decision Decide(ReadOnlySpan<Vote> votes)
    {
        Span<double> weights = stackalloc double[4];
        weights.Clear();
        double total = 0;
        foreach (ref readonly Vote vote in votes)
        {
            weights[(int)vote.Action] += vote.Weight;
            total += vote.Weight;
        }
        if (!(total > 0)) return new(SignalAction.Hold, 0);
        int winner = 0;
        bool isTied = false;
        for (int action = 1; action < weights.Length; action++)
        {
            if (weights[action] > weights[winner]) (winner, isTied) = (action, false);
            else if (weights[action] == weights[winner]) isTied = true;
        }
        double share = weights[winner] / total;
        return isTied || share < _minimumShare ? new(SignalAction.Hold, share) : new((SignalAction)winner, share);
    }

    /// <summary>The position is the winners' weighted mean wish, in lots, handed out by weight with the remainder to the earliest.</summary>
    private static void Share(ReadOnlySpan<Vote> votes, SignalAction action, decimal lotSize, Span<decimal> targets)
    {
        targets.Clear();
        if (action == SignalAction.Close) return;
        double weights = 0, wished = 0;
        foreach (ref readonly Vote vote in votes)
        {
            if (vote.Action != action) continue;
            weights += vote.Weight;
            wished += vote.Weight * (double)vote.Target;
        }
        long lots = (long)Math.Round(Math.Abs(wished / weights) / (double)lotSize, MidpointRounding.ToEven);
        if (lots == 0 && wished != 0) lots = 1;
        decimal lot = wished < 0 ? -lotSize : lotSize;
        double weightLeft = weights;
        for (int i = 0; i < votes.Length && lots > 0; i++)
        {
            if (votes[i].Action != action) continue;
            long share = weightLeft <= votes[i].Weight ? lots : (long)Math.Ceiling(lots * (votes[i].Weight / weightLeft));
            share = Math.Min(share, lots);
            targets[i] = share * lot;
            lots -= share;
            weightLeft -= votes[i].Weight;
        }
    }
}
