using Tradewind.Core.Model;

namespace Tradewind.Core.Portfolio;

/// <summary>A strategy's way from flat to flat (or to the other side) in one instrument.</summary>
/// <param name="EntrySide">Buy for a long round trip.</param>
/// <param name="Quantity">Units entered in all.</param>
/// <param name="EntryValue">Sum of quantity times price over the entries.</param>
/// <param name="ExitValue">Sum of quantity times price over the exits.</param>
/// <param name="GrossPnl">Before fees, in the instrument's currency.</param>
/// <param name="Fees">Fees of the entries and exits.</param>
public readonly record struct RoundTrip(
    int Strategy, Timestamp Entered, Timestamp Exited, Side EntrySide, decimal Quantity, decimal EntryValue, decimal ExitValue, decimal GrossPnl, decimal Fees)
{
    /// <summary>Mean price of the entries.</summary>
    public decimal EntryPrice => EntryValue / Quantity;

    /// <summary>Mean price of the exits; they are as many units as the entries.</summary>
    public decimal ExitPrice => ExitValue / Quantity;

    public decimal NetPnl => GrossPnl - Fees;
}
