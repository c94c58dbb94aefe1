namespace Tradewind.Core.Risk.Sizing;

/// <summary>Risks a fixed fraction of the equity: units = fraction × equity / (distance to the protective stop × point value), rounded down to the lot.</summary>
/// <remarks>Without a protective stop the whole notional counts as the risk. It lies where the market jumps over the stop: the loss is larger then.</remarks>
/// <param name="fraction">Share of the equity risked in a trade, above 0 and at most 1.</param>
public sealed class FixedFractional(decimal fraction) : ISizing
{
    public string Name => "fixed-fractional";

    public decimal Size(in SizingRequest request) => request.UnitsFor(request.Equity * (double)fraction, request.RiskPerUnit);
}
