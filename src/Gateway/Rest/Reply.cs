using System.Text.Json.Serialization;

namespace Tradewind.Gateway.Rest;

/// <summary>The envelope of every REST answer. Business failures travel in it with HTTP 200; what a code means depends on the endpoint.</summary>
public record Reply
{
    public static readonly Reply Done = new();

    [JsonPropertyOrder(1)]
    public bool Success => ErrorCode == 0;

    [JsonPropertyOrder(2)]
    public int ErrorCode { get; init; }

    [JsonPropertyOrder(3)]
    public string? ErrorMessage { get; init; }
}
