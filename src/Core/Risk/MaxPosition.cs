using Tradewind.Core.Model;

namespace Tradewind.Core.Risk;

/// <summary>Keeps the position of one instrument, working orders counted as filled, within a limit.</summary>
/// <param name="units">Most units long or short, above 0.</param>
public sealed class MaxPosition(decimal units) : IRiskRule
{
    private readonly double _limit = (double)units;

    public string Name => "position-limit";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        decimal worst = draft.WorstPosition;
        if (worst <= units) return RiskDecision.Approve((double)worst, _limit);
        decimal fits = draft.Terms.Side == Side.Buy
            ? units - draft.PositionBefore - draft.WorkingBuys
            : units + draft.PositionBefore - draft.WorkingSells;
        return RiskDecision.Reduce(RiskCode.PositionLimit, draft.Instrument.RoundDownToLot(Math.Min(fits, draft.Terms.Quantity)), (double)worst, _limit);
    }
}
