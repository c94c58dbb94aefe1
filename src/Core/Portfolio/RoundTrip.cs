using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>A strategy's way from flat to flat (or to the other side) in one instrument.</summary>
/// <param name="EntrySide">Buy for a long round trip.</param>
/// <param name="Quantity">Units entered in all.</param>
/// <param name="EntryPrice">Mean price of the entries.</param>
/// <param name="ExitPrice">Mean price of the exits.</param>
/// <param name="GrossPnl">Before fees, in the instrument's currency.</param>
/// <param name="Fees">Fees of the entries and exits.</param>
public readonly record struct RoundTrip(
    int Strategy, Timestamp Entered, Timestamp Exited, Side EntrySide, decimal Quantity, decimal EntryPrice, decimal ExitPrice, decimal GrossPnl, decimal Fees)
{
    public decimal NetPnl => GrossPnl - Fees;
}
