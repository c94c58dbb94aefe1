using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tradewind.Gateway.Rest;

/// <summary>Writes decimals without trailing zeros: 29446, 1.08505.</summary>
internal sealed class PlainDecimals : JsonConverter<decimal>
{
    // Dividing by 1 with the most digits a decimal can have leaves the fewest digits that the value needs.
    private const decimal One = 1.0000000000000000000000000000m;

    public static decimal Trim(decimal value) => value / One;

    public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? JsonSerializer.Deserialize<decimal>(ref reader) : reader.GetDecimal();

    public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(Trim(value));
}
