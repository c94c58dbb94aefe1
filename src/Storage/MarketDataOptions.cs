using Tradewind.Core.Model;

namespace Tradewind.Storage;

/// <summary>How a market data file is to be read.</summary>
public sealed record MarketDataOptions
{
    public static readonly MarketDataOptions Default = new();

    /// <summary>What the file is about; a recording of another symbol is refused. CSV files carry no symbol of their own.</summary>
    public string? Symbol { get; init; }

    /// <summary>Length of the bars in a CSV file, a time of one nanosecond or more; null takes the smallest step between two of them.</summary>
    public Timeframe? Timeframe { get; init; }

    /// <summary>Accepts prices of zero and below, which calendar spreads have and crude oil had on 2020-04-20.</summary>
    public bool AllowNegativePrices { get; init; }

    /// <summary>Checks every block of a recording on opening. Without it a damaged block is read as it stands.</summary>
    public bool VerifyChecksums { get; init; } = true;
}
