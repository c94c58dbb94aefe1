/// <summary>No single order for more than a share of the account's equity.</summary>
/// <param name="share">Most notional of an order per unit of equity, above 0.</param>
public sealed class MyRiskRule(double share) : IRiskRule
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
        return measured <= share
            ? RiskDecision.Approve(measured, share)
            : RiskDecision.Deny(RiskCode.Exposure, measured, share);
    }
}
