namespace Tradewind.Core.Risk;

/// <summary>Cuts orders to a largest quantity.</summary>
/// <param name="units">Most units in one order, above 0.</param>
public sealed class MaxOrderQuantity(decimal units) : IRiskRule
{
    private readonly double _limit = (double)units;

    public string Name => "order-quantity";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view) =>
        draft.ExactTerms.Quantity <= units
            ? RiskDecision.Approve((double)draft.ExactTerms.Quantity, _limit)
            : RiskDecision.Reduce(RiskCode.OrderQuantity, draft.Instrument.RoundDownToLot(units), (double)draft.ExactTerms.Quantity, _limit);
}
