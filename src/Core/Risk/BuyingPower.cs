using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>The margin of all positions after the order, working orders counted as filled, must be covered by the equity.</summary>
public sealed class BuyingPower : IRiskRule
{
    public string Name => "buying-power";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double needed = draft.Instrument.Margin((double)draft.WorstPosition, draft.ReferencePrice);
        for (int i = 0; i < view.InstrumentCount; i++)
        {
            if (i != draft.InstrumentIndex) needed += MarginOf(i, view);
        }
        return needed <= view.Equity ? RiskDecision.Approve(needed, view.Equity) : RiskDecision.Deny(RiskCode.BuyingPower, needed, view.Equity);
    }

    private static double MarginOf(int index, IRiskView view)
    {
        decimal worst = view.WorstPosition(index);
        return worst.IsZero ? 0 : view.Instrument(index).Margin((double)worst, view.Mark(index));
    }
}
