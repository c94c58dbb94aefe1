using System.Text.Json;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Accounts;

internal sealed class AccountsRequest
{
    public required bool OnlyActiveAccounts { get; init; }
}

internal sealed class AccountsReply : Envelope
{
    public JsonElement Accounts { get; set; }
}

internal sealed class AccountRequest
{
    public required long AccountId { get; init; }
}

internal sealed class SpanRequest
{
    public required long AccountId { get; init; }

    public required string StartTimestamp { get; init; }

    public string? EndTimestamp { get; init; }
}

internal sealed class PositionsReply : Envelope
{
    public JsonElement Positions { get; set; }
}

internal sealed class TradesReply : Envelope
{
    public JsonElement Trades { get; set; }
}
