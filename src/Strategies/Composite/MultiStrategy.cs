using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies.Composite;

/// <summary>Several strategies as one: it holds the sum of what they would hold, a fixed quantity for each.</summary>
/// <remarks>
/// <para>Source: the combination of forecasts, Bates and Granger, Operational Research Quarterly 20 (1969), with equal weights.</para>
/// <para>Enters: at the market, whenever the sum of its strategies' positions changes: long two and short one is one unit long.</para>
/// <para>Exits: when the sum is 0.</para>
/// <para>Stop: none at the venue. Each strategy's own stop works on paper, and counts at the close of the bar that reached it.</para>
/// <para>Assumes: strategies that are right at different times.</para>
/// <para>Lies: they trade on paper at closes, the sum at the next fill. Strategies that read the same prices agree more than their number says.</para>
/// </remarks>
[Strategy("multi-strategy", "Composite")]
public sealed class MultiStrategy : Strategy
{
    private readonly Options _options;
    private readonly Members _members;
    private int _sum;

    public MultiStrategy(Options options, StrategySite site) => (_options, _members) = (options, Members.Of(options.Children, site, Host));

    protected override void OnBar(in Bar bar)
    {
        int sum = 0;
        foreach (ChildStrategy child in _members.Children) sum += child.Direction;
        bool changed = sum != _sum;
        _sum = sum;
        if (sum == 0 && !changed) return;
        if (sum == 0) Close("its strategies add up to nothing");
        else Emit(new Wish(sum > 0 ? SignalAction.Buy : SignalAction.Sell, "the sum of its strategies", (double)Math.Abs(sum) / _members.Count) { Quantity = Math.Abs(sum) * (decimal)_options.Quantity });
    }

    /// <summary>What can be set; ranges are checked before the start.</summary>
    public sealed record Options : IValidatableObject
    {
        /// <summary>Its strategies, with settings in brackets: rsi-reversion(Period=7), supertrend. A list inside a list stands in square brackets.</summary>
        public string Children { get; init; } = "moving-average-cross, macd-crossover, rsi-reversion";

        /// <summary>Units for each strategy, rounded down to the instrument's lot.</summary>
        [Range(1e-8, 1e9)] public double Quantity { get; init; } = 1;

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => ChildFaults.In(Children, validationContext);
    }
}
