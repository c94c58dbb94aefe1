using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.Core.Model;

namespace Tradewind.Server;

/// <summary>How the API writes JSON: camelCase, words for enumerations, ISO 8601 for times, a hexadecimal word for hashes.</summary>
public static class WireFormat
{
    public static readonly JsonSerializerOptions Options = Configure(new(JsonSerializerDefaults.Web));

    internal static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new TimestampText());
        options.Converters.Add(new HashText());
        options.Converters.Add(new JsonStringEnumConverter());
        return options;
    }

    private sealed class TimestampText : JsonConverter<Timestamp>
    {
        public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Timestamp.From(reader.GetDateTimeOffset());

        public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class HashText : JsonConverter<ulong>
    {
        public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Convert.ToUInt64(reader.GetString(), 16);

        public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("x16"));
    }
}
