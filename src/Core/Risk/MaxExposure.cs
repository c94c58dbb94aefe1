using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>Keeps the sum of all notionals after the order, working orders counted as filled, within a multiple of the equity.</summary>
/// <param name="multiple">Most notional per unit of equity, above 0.</param>
public sealed class MaxExposure(decimal multiple) : IRiskRule
{
    private readonly double _multiple = (double)multiple;

    public string Name => "exposure";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double exposure = draft.Instrument.Notional((double)draft.WorstPosition, draft.ReferencePrice);
        for (int i = 0; i < view.InstrumentCount; i++)
        {
            if (i != draft.InstrumentIndex) exposure += NotionalOf(i, view);
        }
        double limit = Math.Max(0, view.Equity) * _multiple;
        return exposure <= limit ? RiskDecision.Approve(exposure, limit) : RiskDecision.Deny(RiskCode.Exposure, exposure, limit);
    }

    private static double NotionalOf(int index, IRiskView view)
    {
        decimal worst = view.WorstPosition(index);
        return worst.IsZero ? 0 : view.Instrument(index).Notional((double)worst, view.Mark(index));
    }
}
