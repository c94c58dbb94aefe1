using System.Net.Http.Json;
using System.Text.Json;

namespace Tradewind.Processes.Tests.Support;

/// <summary>What a session's status page says at one moment.</summary>
public sealed class EngineView(JsonElement status)
{
    private JsonElement View => status.GetProperty("view");

    private bool HasView => View.ValueKind != JsonValueKind.Null;

    public string Session => status.GetProperty("session").GetString()!;

    public bool IsSynced => HasView && View.GetProperty("account").GetProperty("state").GetString() == "Synced";

    public bool IsIdle => status.GetProperty("inboxDepth").GetInt32() == 0;

    public string Mode => status.GetProperty("mode").GetString()!;

    /// <summary>Signed units of the account by symbol; none where flat.</summary>
    public IReadOnlyDictionary<string, decimal> Positions => Held("instruments");

    /// <summary>The same, as the sum over all strategies.</summary>
    public IReadOnlyDictionary<string, decimal> OfStrategies => Held("strategies");

    public IReadOnlyList<EngineOrderRow> Working => HasView ? [.. View.GetProperty("working").EnumerateArray().Select(EngineOrderRow.Of)] : [];

    /// <summary>Filled orders among the latest.</summary>
    public int Filled => HasView ? View.GetProperty("orders").EnumerateArray().Count(row => row.GetProperty("status").GetString() == "Filled") : 0;

    public IReadOnlyList<string> Alerts => HasView ? [.. View.GetProperty("alerts").EnumerateArray().Select(row => row.GetProperty("text").GetString()!)] : [];

    /// <summary>Null while the page does not answer.</summary>
    public static async Task<EngineView?> OfAsync(HttpClient http, Uri page)
    {
        try
        {
            return new(await http.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status")));
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or TaskCanceledException)
        {
            return null;
        }
    }

    private Dictionary<string, decimal> Held(string rows) => !HasView ? [] : View.GetProperty(rows).EnumerateArray()
        .GroupBy(row => row.GetProperty("symbol").GetString()!, row => row.GetProperty("position").GetDecimal())
        .Where(group => group.Sum() != 0).ToDictionary(group => group.Key, group => group.Sum());
}

/// <summary>An order that works in the engine.</summary>
public sealed record EngineOrderRow(long Id, string Symbol, string Purpose, string Status, decimal Signed, decimal Filled, string? BrokerId, string? ClientId)
{
    public static EngineOrderRow Of(JsonElement row)
    {
        decimal quantity = row.GetProperty("quantity").GetDecimal();
        return new(row.GetProperty("id").GetInt64(), row.GetProperty("symbol").GetString()!, row.GetProperty("purpose").GetString()!, row.GetProperty("status").GetString()!,
            row.GetProperty("side").GetString() == "Buy" ? quantity : -quantity, row.GetProperty("filled").GetDecimal(), row.GetProperty("brokerOrderId").GetString(), row.GetProperty("clientId").GetString());
    }
}
