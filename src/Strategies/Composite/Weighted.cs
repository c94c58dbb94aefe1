using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Composite;

/// <summary>Several strategies give one score between −1 and 1, the weighted mean of their opinions; beyond a threshold it is followed.</summary>
/// <remarks>
/// <para>Source: weights by past results as in Bates and Granger, The Combination of Forecasts, Operational Research Quarterly 20 (1969).</para>
/// <para>Enters: at the market, when the score is at least Entry (long) or at most −Entry (short). A strategy adds its weight times its confidence, signed as the position that it would hold alone; one without a position adds nothing and counts in the weights.</para>
/// <para>Exits: when the score is within Exit of 0.</para>
/// <para>Stop: the furthest stop of the strategies on the side that is held, moved as theirs move; none where one of them has none, or UseStops is false.</para>
/// <para>Assumes: that the weights, from the settings and where wanted from each strategy's results on paper, say who is right next.</para>
/// <para>Lies: weights that follow results follow luck first: they need ten round trips before they move, stay between a quarter and two, and still reward what just worked.</para>
/// </remarks>
[Strategy("weighted", "Composite")]
public sealed class Weighted : Strategy
{
    private readonly Options _options;
    private readonly Members _members;

    public Weighted(Options options, StrategySite site) => (_options, _members) = (options, Members.Of(options.Children, site, Host));

    protected override void OnBar(in Bar bar)
    {
        double score = Score(), size = Math.Abs(score);
        int direction = Math.Sign(score);
        bool isHeld = direction > 0 ? IsLong : direction < 0 && IsShort;
        if (size >= _options.Entry || (isHeld && size > _options.Exit))
        {
            Emit(new Wish(direction > 0 ? SignalAction.Buy : SignalAction.Sell, "the weighted score of its strategies", Math.Min(1, size)) { StopLoss = _options.UseStops ? _members.StopOf(direction) : null });
        }
        else if (!IsFlat)
        {
            Close("the weighted score is near 0", 1 - Math.Min(1, size));
        }
    }

    private double Score()
    {
        double sum = 0, weights = 0;
        for (int i = 0; i < _members.Count; i++)
        {
            ChildStrategy child = _members.Children[i];
            double weight = _members.WeightOf(i) * (_options.FollowResults ? child.Weight : 1);
            sum += weight * child.Direction * child.Confidence;
            weights += weight;
        }
        return weights > 0 ? sum / weights : 0;
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Its strategies, with settings in brackets and a weight behind a star: rsi-reversion(Period=7)*2, supertrend. A list inside a list stands in square brackets.</summary>
        public string Children { get; init; } = "moving-average-cross*2, macd-crossover, supertrend";

        /// <summary>Score from which a side is taken; above <see cref="Exit"/>.</summary>
        [Range(0.01, 1.0)] public double Entry { get; init; } = 0.5;

        /// <summary>Score at which a side is left.</summary>
        [Range(0.0, 1.0)] public double Exit { get; init; } = 0.2;

        /// <summary>Multiplies each weight with what the strategy's own results on paper make it: 0.25 to 2, 1 at first.</summary>
        public bool FollowResults { get; init; } = true;

        /// <summary>Protects the position with the furthest stop of those on its side.</summary>
        public bool UseStops { get; init; } = true;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        {
            if (Exit >= Entry) yield return new ValidationResult($"Exit must be below Entry, found Exit={Exit} and Entry={Entry}.");
            foreach (ValidationResult fault in ChildFaults.In(Children, validationContext)) yield return fault;
        }
    }
}
