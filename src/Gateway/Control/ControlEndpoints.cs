using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;

namespace Tradewind.Gateway.Control;

/// <summary>What the original does not have: a look into the simulator and a hand on it, without a token.</summary>
internal static class ControlEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new TimestampText() } };

    public static void MapControl(this IEndpointRouteBuilder routes, Func<GatewayCounters> counters, MarketPump pump)
    {
        routes.MapGet("/control/counters", () => Results.Json(counters(), Json));
        routes.MapGet("/control/market", () => Results.Json(counters().Market, Json));
        routes.MapPost("/control/pause", () =>
        {
            pump.Pause();
            return Results.Json(pump.Read(), Json);
        });
        routes.MapPost("/control/resume", () =>
        {
            pump.Resume();
            return Results.Json(pump.Read(), Json);
        });
    }

    private sealed class TimestampText : JsonConverter<Timestamp>
    {
        public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Timestamp.From(reader.GetDateTimeOffset());

        public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
