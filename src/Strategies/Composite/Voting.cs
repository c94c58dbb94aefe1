using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Composite;

/// <summary>How many must agree.</summary>
public enum VotingRule
{
    /// <summary>More than half of all strategies.</summary>
    Majority,

    /// <summary>All of them.</summary>
    Unanimous,

    /// <summary>A share of the confidence of those that have an opinion.</summary>
    Threshold,
}

/// <summary>Several strategies vote for long, short or flat; what wins by the rule is held.</summary>
/// <remarks>
/// <para>Source: Condorcet's jury theorem, 1785: more than half of independent voters, each right more often than not, are right more often still.</para>
/// <para>Enters: at the market, when the vote for long or short wins. Each strategy votes for the position that it would hold alone; one that never spoke does not vote, and under Majority and Unanimous counts against all.</para>
/// <para>Exits: when the vote for flat wins. A vote that nobody wins, and a tie, change nothing.</para>
/// <para>Stop: the furthest stop of the strategies that won, moved as theirs move; none where one of them has none, or UseStops is false.</para>
/// <para>Assumes: independent opinions.</para>
/// <para>Lies: strategies on the same prices are not independent, so the vote is surer than it is right. Confidences of two strategies do not mean the same.</para>
/// </remarks>
[Strategy("voting", "Composite")]
public sealed class Voting : Strategy
{
    private readonly Options _options;
    private readonly Members _members;

    public Voting(Options options, StrategySite site) => (_options, _members) = (options, Members.Of(options.Children, site, Host));

    protected override void OnBar(in Bar bar)
    {
        (SignalAction winner, double share) = Count();
        if (winner is SignalAction.Buy or SignalAction.Sell)
        {
            double? stop = _options.UseStops ? _members.StopOf(winner == SignalAction.Buy ? 1 : -1) : null;
            Emit(new Wish(winner, "the vote of its strategies", share) { StopLoss = stop });
        }
        else if (winner == SignalAction.Close && !IsFlat)
        {
            Close("its strategies voted for flat", share);
        }
    }

    private (SignalAction Winner, double Share) Count()
    {
        Span<double> votes = stackalloc double[4];
        double total = 0;
        for (int i = 0; i < _members.Count; i++)
        {
            ChildStrategy child = _members.Children[i];
            if (child.Opinion == SignalAction.Hold) continue;
            // A vote for flat has no confidence of its own.
            double vote = _options.Rule != VotingRule.Threshold ? 1 : _members.WeightOf(i) * (child.Direction == 0 ? 1 : child.Confidence);
            votes[(int)child.Opinion] += vote;
            total += vote;
        }
        if (!(total > 0)) return (SignalAction.Hold, 0);
        int winner = votes[(int)SignalAction.Buy] > votes[(int)SignalAction.Sell] ? (int)SignalAction.Buy : (int)SignalAction.Sell;
        bool isTied = votes[(int)SignalAction.Buy] == votes[(int)SignalAction.Sell];
        if (votes[(int)SignalAction.Close] >= votes[winner]) (isTied, winner) = (votes[(int)SignalAction.Close] == votes[winner], (int)SignalAction.Close);
        bool wins = _options.Rule switch
        {
            VotingRule.Majority => votes[winner] > _members.Count / 2.0,
            VotingRule.Unanimous => votes[winner] == _members.Count,
            _ => votes[winner] / total >= _options.Threshold,
        };
        return wins && !isTied ? ((SignalAction)winner, votes[winner] / total) : (SignalAction.Hold, 0);
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Its strategies, with settings in brackets and a weight behind a star: rsi-reversion(Period=7)*2, supertrend. A list inside a list stands in square brackets.</summary>
        public string Children { get; init; } = "moving-average-cross, macd-crossover, supertrend";

        /// <summary>How many must agree.</summary>
        public VotingRule Rule { get; init; } = VotingRule.Majority;

        /// <summary>Share of all confidence that wins under the rule Threshold.</summary>
        [Range(0.01, 1.0)] public double Threshold { get; init; } = 0.6;

        /// <summary>Protects the position with the furthest stop of those that won.</summary>
        public bool UseStops { get; init; } = true;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ChildFaults.In(Children, validationContext);
    }
}
