using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.ProjectX;

/// <summary>The simulator's control endpoints: its truth, its faults and the hand on it.</summary>
internal sealed class SimulatorControl(Uri gateway) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = gateway };

    public async Task<JsonElement> GetAsync(string path, CancellationToken cancel) => await _http.GetFromJsonAsync<JsonElement>(Place(path), cancel).ConfigureAwait(false);

    public async Task<JsonElement> PostAsync(string path, object body, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(Place(path), body, cancel).ConfigureAwait(false);
        JsonElement said = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode || (said.TryGetProperty("success", out JsonElement success) && !success.GetBoolean())) throw new CardFailedException($"The simulator refused /control/{path}: {said}");
        return said;
    }

    public async Task DeleteAsync(string path, CancellationToken cancel)
    {
        using HttpResponseMessage answer = await _http.DeleteAsync(Place(path), cancel).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    private static Uri Place(string path) => new($"/control/{path}", UriKind.Relative);
}

/// <summary>Reads the simulator's truth of one account.</summary>
internal static class TruthReader
{
    public static VenueTruth Read(JsonElement truth, string contract)
    {
        JsonElement account = truth.GetProperty("accounts")[0];
        return new(
            account.GetProperty("account").GetProperty("balance").GetDecimal(),
            account.GetProperty("positions").EnumerateArray().Where(row => row.GetProperty("contractId").GetString() == contract).Sum(Signed),
            [.. account.GetProperty("orders").EnumerateArray().Select(row => Order(row.GetProperty("order")))],
            [.. account.GetProperty("trades").EnumerateArray().Select(Fill)],
            [.. truth.GetProperty("commands").EnumerateArray().Select(Command)]);
    }

    private static decimal Signed(JsonElement position) => position.GetProperty("size").GetDecimal() * (position.GetProperty("type").GetInt32() == 1 ? 1 : -1);

    private static TrueOrder Order(JsonElement row) => new(
        Id(row, "id")!, Text(row, "customTag"), StateOf(row.GetProperty("status").GetInt32()), SideOf(row), TypeOf(row.GetProperty("type").GetInt32()),
        row.GetProperty("size").GetDecimal(), row.GetProperty("fillVolume").GetDecimal(), Number(row, "limitPrice"), Number(row, "stopPrice"));

    private static TrueFill Fill(JsonElement row) => new(
        Id(row, "id")!, Id(row, "orderId")!, SideOf(row), row.GetProperty("size").GetDecimal(), row.GetProperty("price").GetDecimal(), Number(row, "fees") + Number(row, "commissions"), row.GetProperty("voided").GetBoolean());

    private static TrueCommand Command(JsonElement row) => new(
        row.GetProperty("path").GetString() switch { "Order/place" => VenueCall.Submit, "Order/modify" => VenueCall.Modify, "Order/cancel" => VenueCall.Cancel, _ => VenueCall.Other },
        Text(row, "customTag"), Id(row, "orderId"), row.GetProperty("code").GetInt32() == 0);

    private static TrueState StateOf(int status) => status switch { 2 => TrueState.Filled, 3 => TrueState.Canceled, 4 => TrueState.Expired, 5 => TrueState.Rejected, 8 => TrueState.Suspended, 6 => TrueState.Pending, _ => TrueState.Working };

    private static OrderType? TypeOf(int type) => type switch { 1 => OrderType.Limit, 2 => OrderType.Market, 3 => OrderType.StopLimit, 4 or 5 => OrderType.Stop, _ => null };

    private static Side SideOf(JsonElement row) => row.GetProperty("side").GetInt32() == 0 ? Side.Buy : Side.Sell;

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static string? Id(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture) : null;

    private static decimal Number(JsonElement row, string name) => row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDecimal() : 0;
}
