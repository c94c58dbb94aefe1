using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Faults;

/// <summary>Changes to answers and events that a client has to bear.</summary>
internal static class JsonDamage
{
    private static readonly HashSet<string> Amounts =
        ["limitPrice", "stopPrice", "trailPrice", "filledPrice", "averagePrice", "price", "profitAndLoss", "fees", "commissions", "balance", "o", "h", "l", "c", "tickSize", "tickValue"];

    /// <summary>Shortens every list of an answer to its first rows.</summary>
    public static void Cut(JsonObject answer, Func<int, int> length)
    {
        foreach (JsonArray rows in answer.Select(member => member.Value).OfType<JsonArray>()) rows.RemoveRange(length(rows.Count), rows.Count - length(rows.Count));
    }

    /// <summary>Takes away the bars that began after an instant.</summary>
    public static void Older(JsonObject answer, Timestamp limit)
    {
        if (answer["bars"] is JsonArray bars) bars.RemoveAll(bar => bar!["t"]!.GetValue<DateTimeOffset>() > limit.ToDateTimeOffset());
    }

    /// <summary>Takes away the rows that were made before an instant.</summary>
    public static void Younger(JsonObject answer, Timestamp limit)
    {
        foreach (JsonArray rows in answer.Select(member => member.Value).OfType<JsonArray>()) rows.RemoveAll(row => row!["creationTimestamp"]!.GetValue<DateTimeOffset>() < limit.ToDateTimeOffset());
    }

    public static void Scale(JsonNode? node, string name, decimal factor) =>
        ForEach(node, (owner, member) => { if (member == name) owner[member] = owner[member]!.GetValue<decimal>() * factor; });

    public static void Replace(JsonNode? node, string name, int value) =>
        ForEach(node, (owner, member) => { if (member == name) owner[member] = value; });

    public static void QuoteAmounts(JsonNode? node) => ForEach(node, (owner, member) =>
    {
        if (Amounts.Contains(member) && owner[member] is JsonValue value && value.GetValueKind() == JsonValueKind.Number) owner[member] = value.GetValue<decimal>().ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>Every object gets a member that no version of the protocol has.</summary>
    public static void AddUnknown(JsonNode? node)
    {
        if (node is JsonArray rows) foreach (JsonNode? row in rows) AddUnknown(row);
        if (node is not JsonObject owner) return;
        foreach (JsonNode? value in owner.Select(member => member.Value).ToArray()) AddUnknown(value);
        owner["fromTheFuture"] = new JsonObject { ["kind"] = "unknown" };
    }

    /// <summary>Amounts with nine decimals, tick sizes with an exponent.</summary>
    public static void Loosen(JsonNode? node) => ForEach(node, (owner, member) =>
    {
        if (!Amounts.Contains(member) || owner[member] is not JsonValue value || value.GetValueKind() != JsonValueKind.Number) return;
        owner[member] = JsonNode.Parse(value.GetValue<decimal>().ToString(member == "tickSize" ? "0.#########E-0" : "0.000000000", CultureInfo.InvariantCulture));
    });

    /// <summary>Visits the objects that have a member.</summary>
    public static void ForEachObject(JsonNode? node, string member, Action<JsonObject> visit)
    {
        if (node is JsonArray rows) foreach (JsonNode? row in rows) ForEachObject(row, member, visit);
        if (node is not JsonObject owner) return;
        foreach (JsonNode? value in owner.Select(pair => pair.Value).ToArray()) ForEachObject(value, member, visit);
        if (owner.ContainsKey(member)) visit(owner);
    }

    private static void ForEach(JsonNode? node, Action<JsonObject, string> visit)
    {
        if (node is JsonArray rows) foreach (JsonNode? row in rows) ForEach(row, visit);
        if (node is not JsonObject owner) return;
        foreach (string member in owner.Select(member => member.Key).ToArray())
        {
            ForEach(owner[member], visit);
            visit(owner, member);
        }
    }
}
