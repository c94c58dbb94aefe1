using System.Net;
using System.Text.Json;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

internal static class FaultRun
{
    /// <summary>Switches a fault on at the control endpoint.</summary>
    public static async Task<int> Inject(this TradingRun run, string fault, object? more = null)
    {
        Dictionary<string, JsonElement> members = more is null ? [] : JsonSerializer.SerializeToElement(more).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        members["fault"] = JsonSerializer.SerializeToElement(fault);
        (HttpStatusCode status, JsonElement body) = await run.Gateway.Post("/control/faults", JsonSerializer.Serialize(members));
        Assert.Equal(HttpStatusCode.OK, status);
        return body.GetProperty("id").GetInt32();
    }

    /// <summary>How often the faults that are switched on have happened.</summary>
    public static int Struck(this TradingRun run) => run.Gateway.Server.Faults.Sum(fault => fault.Struck);

    /// <summary>Switches all faults off.</summary>
    public static async Task Heal(this TradingRun run)
    {
        using HttpResponseMessage healed = await run.Gateway.Send("/control/faults", "", method: HttpMethod.Delete);
        Assert.Equal(HttpStatusCode.NoContent, healed.StatusCode);
    }

    public static Task<HttpResponseMessage> Raw(this TradingRun run, string path, object body) => run.Gateway.Send($"/api/{path}", JsonSerializer.Serialize(body), run.Token);

    public static Task<HttpResponseMessage> RawPlace(this TradingRun run, string? tag = null) =>
        run.Raw("Order/place", new { accountId = 1001, contractId = TradingRun.Es, type = 2, side = 0, size = 1, customTag = tag });

    public static Task<HttpResponseMessage> RawSearch(this TradingRun run) => run.Raw("Order/searchOpen", new { accountId = 1001 });
}
