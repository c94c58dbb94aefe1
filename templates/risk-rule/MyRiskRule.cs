/// <summary>No single order for more than a share of the account's equity.</summary>
public sealed class MyRiskRule(MyRiskRule.Options options) : IRiskRule
{
    /// <summary>Stable: people, stores and metrics know the rule by it.</summary>
    public string Name => "MyRiskRule";

    /// <summary>Orders that only reduce a position always pass.</summary>
    public bool ChecksReductions => false;

    /// <summary>Approves, reduces or denies, with the number that was measured and its limit. What throws here denies the order.</summary>
    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double notional = Math.Abs(draft.ReferencePrice) * (double)(draft.Terms.Quantity * draft.Instrument.PointValue);
        double measured = notional / view.Equity;
        return measured <= options.Share
            ? RiskDecision.Approve(measured, options.Share)
            : RiskDecision.Deny(RiskCode.OwnRule, measured, options.Share);
    }

    /// <summary>What can be set in the configuration; ranges are checked before the start.</summary>
    public sealed record Options
    {
        /// <summary>Most notional of an order per unit of equity.</summary>
        [Range(0.01, 1000)] public double Share { get; init; } = 5;
    }
}
