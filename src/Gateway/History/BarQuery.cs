using Tradewind.Core.Model;

namespace Tradewind.Gateway.History;

/// <param name="From">The earliest start of a bar.</param>
/// <param name="To">The first start that is too late.</param>
/// <param name="Limit">How many at most, the newest ones.</param>
/// <param name="IncludePartial">Whether the bar that is still forming belongs to the answer.</param>
internal readonly record struct BarQuery(BarUnit Unit, int Number, Timestamp From, Timestamp To, int Limit, bool IncludePartial);

/// <summary>A bar as the protocol writes it; <see cref="T"/> is its start.</summary>
internal readonly record struct HistoryBar(DateTimeOffset T, decimal O, decimal H, decimal L, decimal C, long V);
