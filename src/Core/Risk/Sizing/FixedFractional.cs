namespace Tradewind.Core.Risk.Sizing;

/// <summary>Risks a fixed fraction of the equity: units = fraction × equity / (distance to the protective stop × point value), rounded down to the lot.</summary>
/// <remarks>Without a protective stop the whole notional counts as the risk. It lies where the market jumps over the stop: the loss is larger then.</remarks>
/// <param name="fraction">Share of the equity risked in a trade, above 0 and at most 1.</param>
public sealed class FixedFractional(decimal fraction) : ISizing
{
    public string Name => "fixed-fractional";

    public decimal Size(in SizingRequest request)
    {
        double distance = request.StopLoss == 0 ? Math.Abs(request.EntryPrice) : Math.Abs(request.EntryPrice - request.StopLoss);
        double riskPerUnit = distance * request.Instrument.PointValueAsDouble;
        if (!(riskPerUnit > 0) || !(request.Equity > 0)) return 0m;
        // A billionth more keeps 20 units that come out as 19.999999999999996 from becoming 19.
        double units = request.Equity * (double)fraction / riskPerUnit * (1 + 1e-9);
        return units < 1e15 ? request.Instrument.RoundDownToLot((decimal)units) : 0m;
    }
}
