using System.Text.Json;
using System.Text.Json.Serialization;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Rest;

/// <summary>What every reply carries; the meaning of the code depends on the endpoint.</summary>
internal abstract class Envelope
{
    public bool Success { get; set; }

    public int ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public bool IsSuccess => Success && ErrorCode == 0;
}

internal sealed class LoginRequest
{
    public required string UserName { get; init; }

    public required string ApiKey { get; init; }
}

internal sealed class LoginReply : Envelope
{
    public Secret? Token { get; set; }
}

internal sealed class ValidateReply : Envelope
{
    public Secret? NewToken { get; set; }
}

internal sealed class ContractsRequest
{
    public string? SearchText { get; init; }

    public required bool Live { get; init; }
}

internal sealed class ContractsReply : Envelope
{
    public IReadOnlyList<ContractReply?>? Contracts { get; set; }
}

internal sealed class ContractReply
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public decimal TickSize { get; set; }

    public decimal TickValue { get; set; }

    public bool ActiveContract { get; set; }

    public string? SymbolId { get; set; }
}

internal sealed class BarsRequest
{
    public required string ContractId { get; init; }

    public required bool Live { get; init; }

    public required string StartTime { get; init; }

    public required string EndTime { get; init; }

    public required int Unit { get; init; }

    public required int UnitNumber { get; init; }

    public required int Limit { get; init; }

    public required bool IncludePartialBar { get; init; }
}

internal sealed class BarsReply : Envelope
{
    public IReadOnlyList<BarReply?>? Bars { get; set; }
}

/// <summary>Newest first on the wire; <see cref="T"/> is the bar's start. A member that is absent or null makes the bar unusable.</summary>
internal sealed class BarReply
{
    public Timestamp? T { get; set; }

    public double? O { get; set; }

    public double? H { get; set; }

    public double? L { get; set; }

    public double? C { get; set; }

    public double? V { get; set; }
}

internal sealed class WireTimeConverter : JsonConverter<Timestamp>
{
    public override Timestamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && WireTime.TryRead(WireText.Read(ref reader), out Timestamp time)) return time;
        throw new JsonException("A time must be ISO 8601.");
    }

    public override void Write(Utf8JsonWriter writer, Timestamp value, JsonSerializerOptions options) => writer.WriteStringValue(WireTime.Write(value));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    PropertyNameCaseInsensitive = true,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(WireTimeConverter)])]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginReply))]
[JsonSerializable(typeof(ValidateReply))]
[JsonSerializable(typeof(ContractsRequest))]
[JsonSerializable(typeof(ContractsReply))]
[JsonSerializable(typeof(BarsRequest))]
[JsonSerializable(typeof(BarsReply))]
[JsonSerializable(typeof(PlaceRequest))]
[JsonSerializable(typeof(PlaceReply))]
[JsonSerializable(typeof(ModifyRequest))]
[JsonSerializable(typeof(ModifyReply))]
[JsonSerializable(typeof(OrderByIdRequest))]
[JsonSerializable(typeof(OrderReply))]
[JsonSerializable(typeof(OrderQuery))]
[JsonSerializable(typeof(AccountsRequest))]
[JsonSerializable(typeof(AccountsReply))]
[JsonSerializable(typeof(AccountRequest))]
[JsonSerializable(typeof(PositionsReply))]
[JsonSerializable(typeof(TradesReply))]
[JsonSerializable(typeof(CancelRequest))]
[JsonSerializable(typeof(CancelReply))]
[JsonSerializable(typeof(SpanRequest))]
[JsonSerializable(typeof(OrdersReply))]
internal sealed partial class WireJson : JsonSerializerContext;
