using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>The margin of all positions after the order, working orders counted as filled, must be covered by the equity.</summary>
public sealed class BuyingPower : IRiskRule
{
    public string Name => "buying-power";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        decimal needed = draft.Instrument.Margin(draft.WorstPosition, draft.ReferencePrice);
        for (int i = 0; i < view.InstrumentCount; i++)
        {
            if (i != draft.InstrumentIndex) needed += MarginOf(i, view);
        }
        decimal equity = (decimal)view.Equity;
        return needed <= equity ? RiskDecision.Approve(needed, equity) : RiskDecision.Deny(RiskCode.BuyingPower, needed, equity);
    }

    private static decimal MarginOf(int index, IRiskView view)
    {
        decimal position = view.Position(index);
        decimal worst = Math.Max(Math.Abs(position + view.Working(index, Side.Buy)), Math.Abs(position - view.Working(index, Side.Sell)));
        if (worst == 0m) return 0m;
        Instrument instrument = view.Instrument(index);
        return instrument.Margin(worst, instrument.RoundToTick(view.Mark(index)));
    }
}
