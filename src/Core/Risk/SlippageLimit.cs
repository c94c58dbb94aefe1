using Tradewind.Core.Orders;

namespace Tradewind.Core.Risk;

/// <summary>No market order once the market has moved too far from the price that was decided on: best ask for buys, best bid for sells, the last price where there is no quote.</summary>
/// <remarks>
/// How it lies: it looks at the best price alone, and before the order is sent. A large order in a thin book, or a market that jumps meanwhile, fills further away;
/// only a limit order holds its price.
/// </remarks>
/// <param name="share">Furthest distance as a share of the price decided on, above 0 and at most 1.</param>
public sealed class SlippageLimit(decimal share) : IRiskRule
{
    private readonly double _share = (double)share;

    public string Name => "slippage";

    public bool ChecksReductions => false;

    /// <summary>Measures the distance in price; the limit is the share in price.</summary>
    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double expected = draft.ExpectedPrice, limit = Math.Abs(expected) * _share;
        if (draft.Terms.Type != OrderType.Market) return RiskDecision.Approve(0, limit);
        double distance = Math.Abs(view.Touch(draft.InstrumentIndex, draft.Terms.Side) - expected);
        return distance <= limit ? RiskDecision.Approve(distance, limit) : RiskDecision.Deny(RiskCode.Slippage, distance, limit);
    }
}
