using Tradewind.Core.Engine;

namespace Tradewind.Core.Risk;

/// <summary>Once the equity fell too far below its peak, no new risk until the run ends, even if it recovers.</summary>
/// <param name="rate">Largest drawdown as a fraction of the peak, above 0 and below 1.</param>
public sealed class DrawdownHalt(decimal rate) : IRiskRule
{
    private bool _isHalted;

    public string Name => "drawdown-halt";

    public bool ChecksReductions => false;

    public RiskDecision Check(in OrderDraft draft, IRiskView view)
    {
        double peak = view.PeakEquity;
        double measured = peak > 0 ? Math.Clamp((peak - view.Equity) / peak, 0, 1e6) : 1;
        _isHalted |= measured >= (double)rate;
        return _isHalted ? RiskDecision.Deny(RiskCode.Drawdown, measured, (double)rate) : RiskDecision.Approve(measured, (double)rate);
    }

    void ISnapshot.Sync(Snapshot stream) => stream.Sync(ref _isHalted);
}
