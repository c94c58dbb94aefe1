namespace Tradewind.Core.Signals;

/// <summary>Every strategy gets what it wishes for; the account holds the sum, and opposite wishes cross inside.</summary>
public sealed class Netting : ISignalCombiner
{
    public static readonly Netting Instance = new();

    public string Name => "netting";

    public bool UsesWeights => false;

    public Decision Combine(ReadOnlySpan<Vote> votes, decimal lotSize, Span<decimal> targets)
    {
        if (votes.Length == 1)
        {
            ref readonly Vote only = ref votes[0];
            // Copied whole, as it will be read: of a choice between two the compiler would make a copy in parts.
            if (only.Action == SignalAction.Hold) targets[0] = only.Held;
            else targets[0] = only.Target;
            return new(only.Action, only.Confidence);
        }
        decimal sum = 0, held = 0;
        double weight = 0;
        for (int i = 0; i < votes.Length; i++)
        {
            ref readonly Vote vote = ref votes[i];
            targets[i] = vote.Action == SignalAction.Hold ? vote.Held : vote.Target;
            sum += targets[i];
            held += vote.Held;
            weight = Math.Max(weight, vote.Confidence);
        }
        SignalAction action = sum == held ? SignalAction.Hold : sum == 0 ? SignalAction.Close : sum > 0 ? SignalAction.Buy : SignalAction.Sell;
        return new(action, action == SignalAction.Hold ? 0 : weight);
    }
}
