using System.Globalization;
using System.Text.Json;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>What the simulator's control endpoint says really is.</summary>
internal sealed class VenueTruth(JsonElement truth)
{
    public sealed record Order(long Id, string? Tag, int Status, int Side, int Size, long Filled, string Contract, decimal? StopPrice, decimal? LimitPrice, long? Parent, int Type, long? Trail)
    {
        public string Number => Id.ToString(CultureInfo.InvariantCulture);

        /// <summary>Open, pending, about to be canceled or suspended.</summary>
        public bool IsLive => Status is 1 or 6 or 7 or 8;
    }

    public sealed record Trade(long Id, long OrderId, int Side, int Size, decimal Price, decimal Costs, bool IsVoided);

    private JsonElement Account => truth.GetProperty("accounts")[0];

    public decimal Balance => Account.GetProperty("account").GetProperty("balance").GetDecimal();

    public IReadOnlyList<Order> Orders => [.. Account.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("order")).Select(row => new Order(
        row.GetProperty("id").GetInt64(), Text(row, "customTag"), row.GetProperty("status").GetInt32(), row.GetProperty("side").GetInt32(), row.GetProperty("size").GetInt32(),
        row.GetProperty("fillVolume").GetInt64(), row.GetProperty("contractId").GetString()!, Number(row, "stopPrice"), Number(row, "limitPrice"), (long?)Number(row, "parentOrderId"), row.GetProperty("type").GetInt32(), (long?)Number(row, "trailDistance")))];

    public IReadOnlyList<Trade> Trades => [.. Account.GetProperty("trades").EnumerateArray().Select(row => new Trade(
        row.GetProperty("id").GetInt64(), row.GetProperty("orderId").GetInt64(), row.GetProperty("side").GetInt32(), row.GetProperty("size").GetInt32(),
        row.GetProperty("price").GetDecimal(), row.GetProperty("fees").GetDecimal() + row.GetProperty("commissions").GetDecimal(), row.GetProperty("voided").GetBoolean()))];

    /// <summary>Signed units of a contract.</summary>
    public decimal Net(string contract) => Account.GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("contractId").GetString() == contract)
        .Sum(row => row.GetProperty("size").GetDecimal() * (row.GetProperty("type").GetInt32() == 1 ? 1 : -1));

    /// <summary>Tags of orders that were placed, once for each time that the venue took one.</summary>
    public IReadOnlyList<string> TakenTags => [.. truth.GetProperty("commands").EnumerateArray()
        .Where(row => row.GetProperty("path").GetString() == "Order/place" && row.GetProperty("code").GetInt32() == 0).Select(row => row.GetProperty("customTag").GetString()!)];

    public IReadOnlyList<(string Path, string? Tag, int Code)> Commands => [.. truth.GetProperty("commands").EnumerateArray()
        .Select(row => (row.GetProperty("path").GetString()!, Text(row, "customTag"), row.GetProperty("code").GetInt32()))];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"balance {Balance}; positions: {Account.GetProperty("positions")}; orders: {string.Join(" | ", Orders.Select(order => $"{order.Id} {order.Tag} status {order.Status} {order.Filled}/{order.Size}"))}");

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static decimal? Number(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : null;
}
