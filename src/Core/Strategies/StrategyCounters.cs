using Tradewind.Core.Model;

namespace Tradewind.Core.Strategies;

/// <summary>What a strategy did so far.</summary>
public struct StrategyCounters
{
    public long Signals { get; set; }

    public long Refused { get; set; }

    /// <summary>The kinds of contradictory wishes that were told, as bits: each once.</summary>
    internal int ToldRefusals { get; set; }

    public long RoundTrips { get; set; }

    public long Wins { get; set; }

    /// <summary>How often it was suspended.</summary>
    public long Suspensions { get; set; }

    /// <summary>Sum over its signals; divided by their number it is the mean.</summary>
    public double ConfidenceSum { get; set; }

    private decimal _realizedPnl;
    private decimal _fees;

    /// <summary>Realized profit before fees.</summary>
    public decimal RealizedPnl { readonly get => _realizedPnl; set => _realizedPnl = value; }

    public decimal Fees { readonly get => _fees; set => _fees = value; }

    /// <summary>Share of its round trips that earned money, 0 to 1; null before the first.</summary>
    public readonly double? HitRate => RoundTrips > 0 ? (double)Wins / RoundTrips : null;

    /// <summary>Mean confidence of its signals, 0 to 1; null before the first.</summary>
    public readonly double? AverageConfidence => Signals > 0 ? ConfidenceSum / Signals : null;

    internal void Book(in decimal realized, in decimal fee)
    {
        if (!realized.IsZero) AmountSums.Add(ref _realizedPnl, in realized);
        if (!fee.IsZero) AmountSums.Add(ref _fees, in fee);
    }
}
