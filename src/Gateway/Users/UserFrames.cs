using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Users;

/// <summary>Writes user hub events as frames of SignalR's JSON protocol: <c>{action, data}</c>, members that are null left out.</summary>
internal static class UserFrames
{
    private const byte RecordSeparator = 0x1E;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new PlainDecimals() },
    };

    private static readonly string[] Targets = ["GatewayUserAccount", "GatewayUserOrder", "GatewayUserPosition", "GatewayUserTrade"];

    public static JsonNode Node(object argument) => JsonSerializer.SerializeToNode(argument, argument.GetType(), Json)!;

    /// <summary>What belongs to HTML alone is not escaped, whatever way an event came to be written.</summary>
    private static readonly JsonWriterOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SerializedHubMessage Message(UserEventKind kind, object argument, WireForm form)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            JsonSerializer.Serialize(json, new { type = 1, target = Targets[(int)kind], arguments = new[] { argument } }, Json);
        }
        buffer.Write([RecordSeparator]);
        return new([new SerializedMessage("json", form.Times(buffer.WrittenSpan.ToArray()))]);
    }
}
