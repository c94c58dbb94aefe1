namespace Tradewind.Storage;

/// <summary>What a market data file holds; the numbers are written to recordings and never change.</summary>
public enum MarketDataKind : byte
{
    None = 0,
    Bars = 1,
    Trades = 2,
    Quotes = 3,
}
