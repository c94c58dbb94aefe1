using System.Text.Json;

namespace Tradewind.App.Running.Checking;

/// <summary>An account as the simulator itself has it, whatever its answers and events say.</summary>
/// <param name="Positions">Signed, by symbol; flat ones are missing.</param>
/// <param name="Orders">Of all sessions, by client id.</param>
/// <param name="Numbers">The client ids by the simulator's numbers.</param>
/// <param name="TakenTwice">Client ids under which more than one order was taken.</param>
internal sealed record SimulatorTruth(decimal Balance, IReadOnlyDictionary<string, decimal> Positions, IReadOnlyDictionary<string, TrueOrder> Orders, IReadOnlyDictionary<string, string> Numbers, IReadOnlyList<string> TakenTwice)
{
    /// <summary>The month's letter and the year's two digits, which follow the symbol.</summary>
    private const int MonthLength = 3;

    public static SimulatorTruth Of(JsonElement truth)
    {
        JsonElement account = truth.GetProperty("accounts")[0];
        Dictionary<long, decimal> executed = account.GetProperty("trades").EnumerateArray().Where(trade => !trade.GetProperty("voided").GetBoolean())
            .GroupBy(trade => trade.GetProperty("orderId").GetInt64()).ToDictionary(trades => trades.Key, trades => trades.Sum(trade => trade.GetProperty("size").GetDecimal()));
        JsonElement[] tagged = [.. account.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("order"))
            .Where(order => order.TryGetProperty("customTag", out JsonElement tag) && tag.ValueKind == JsonValueKind.String)];
        ILookup<string, TrueOrder> placed = tagged.Select(order => (Tag: order.GetProperty("customTag").GetString()!, Order: new TrueOrder(executed.GetValueOrDefault(order.GetProperty("id").GetInt64()), IsLive(order))))
            .ToLookup(order => order.Tag, order => order.Order);
        return new(
            account.GetProperty("account").GetProperty("balance").GetDecimal(),
            account.GetProperty("positions").EnumerateArray().GroupBy(SymbolOf).ToDictionary(rows => rows.Key, rows => rows.Sum(Signed)),
            placed.ToDictionary(same => same.Key, same => new TrueOrder(same.Sum(order => order.Executed), same.Any(order => order.IsLive))),
            tagged.ToDictionary(order => order.GetProperty("id").GetRawText(), order => order.GetProperty("customTag").GetString()!),
            [.. placed.Where(same => same.Count() > 1).Select(same => same.Key)]);
    }

    private static string SymbolOf(JsonElement position) => position.GetProperty("contractDisplayName").GetString()![..^MonthLength];

    private static decimal Signed(JsonElement position) => position.GetProperty("size").GetDecimal() * (position.GetProperty("type").GetInt32() == 1 ? 1 : -1);

    /// <summary>Open, pending, about to be canceled or suspended; but a leg that waits for its entry is no order of ours at work: the entry is, and the engine knows of no other.</summary>
    private static bool IsLive(JsonElement order) => order.GetProperty("status").GetInt32() switch
    {
        1 or 6 or 7 => true,
        8 => !order.TryGetProperty("parentOrderId", out JsonElement parent) || parent.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}

/// <param name="Executed">Units, without those that were taken back.</param>
internal readonly record struct TrueOrder(decimal Executed, bool IsLive);
