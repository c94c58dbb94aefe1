using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>Keeps the sum of all notionals after the order, working orders counted as filled, within a multiple of the equity.</summary>
/// <param name="multiple">Most notional per unit of equity, above 0.</param>
public sealed class MaxExposure(decimal multiple) : IRiskRule
{
    public string Name => "exposure";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        decimal exposure = draft.Instrument.Notional(draft.WorstPosition, draft.ReferencePrice);
        for (int i = 0; i < view.InstrumentCount; i++)
        {
            if (i != draft.InstrumentIndex) exposure += WorstNotional(i, view);
        }
        decimal limit = (decimal)Math.Max(0, view.Equity) * multiple;
        return exposure <= limit ? RiskDecision.Approve(exposure, limit) : RiskDecision.Deny(RiskCode.Exposure, exposure, limit);
    }

    private static decimal WorstNotional(int index, IRiskView view)
    {
        decimal position = view.Position(index);
        decimal worst = Math.Max(Math.Abs(position + view.Working(index, Side.Buy)), Math.Abs(position - view.Working(index, Side.Sell)));
        if (worst == 0m) return 0m;
        Instrument instrument = view.Instrument(index);
        return instrument.Notional(worst, instrument.RoundToTick(view.Mark(index)));
    }
}
