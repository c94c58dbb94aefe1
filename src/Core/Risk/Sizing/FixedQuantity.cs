namespace Tradewind.Core.Risk.Sizing;

/// <summary>Always the same number of units.</summary>
/// <param name="units">Units, above 0; cut down to the instrument's lot size.</param>
public sealed class FixedQuantity(decimal units) : ISizing
{
    public string Name => "fixed-quantity";

    public decimal Size(in SizingRequest request) => request.Instrument.LotSize == 1m && decimal.IsInteger(units) ? units : request.Instrument.RoundDownToLot(units);
}
