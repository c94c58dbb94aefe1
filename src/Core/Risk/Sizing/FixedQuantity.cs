namespace Tradewind.Core.Risk.Sizing;

/// <summary>Always the same number of units.</summary>
/// <param name="units">Units, above 0; cut down to the instrument's lot size.</param>
public sealed class FixedQuantity(decimal units) : ISizing
{
    private readonly bool _isWhole = decimal.IsInteger(units);

    public string Name => "fixed-quantity";

    public decimal Size(in SizingRequest request) => _isWhole && request.Instrument.HasWholeLots ? units : request.Instrument.RoundDownToLot(units);
}
