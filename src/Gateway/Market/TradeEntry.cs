using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>One trade of a trade event.</summary>
/// <param name="IsSell">Whether the seller crossed the spread.</param>
internal readonly record struct TradeEntry(Timestamp Time, decimal Price, bool IsSell, long Volume);
