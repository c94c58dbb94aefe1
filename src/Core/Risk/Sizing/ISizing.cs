using Tradewind.Core.Model;

namespace Tradewind.Core.Risk.Sizing;

/// <summary>What a sizing may look at.</summary>
/// <param name="EntryPrice">Where the position would be entered: the limit or stop price, otherwise the last price.</param>
/// <param name="StopLoss">Price of the protective stop; 0 where there is none.</param>
/// <param name="Equity">Account equity in money.</param>
public readonly record struct SizingRequest(Instrument Instrument, double EntryPrice, double StopLoss, double Equity);

/// <summary>Turns a wish without a quantity into units.</summary>
public interface ISizing
{
    string Name { get; }

    /// <summary>Units, a multiple of the lot size, 0 for no position.</summary>
    decimal Size(in SizingRequest request);
}
