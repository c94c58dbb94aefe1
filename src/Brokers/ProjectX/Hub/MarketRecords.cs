using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The records of the market hub.</summary>
internal sealed class MarketRecords(PayloadReader payloads, IMarketEvents events) : IRecordReader
{
    public bool TryConsume(ReadOnlySpan<byte> record, long receivedAt)
    {
        var reader = new Utf8JsonReader(record);
        var target = Target.Unknown;
        Utf8JsonReader saved = default;
        bool hasSaved = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A record must be an object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isArguments = reader.ValueTextEquals("arguments"u8);
            bool isTarget = !isArguments && reader.ValueTextEquals("target"u8);
            bool isType = !isArguments && !isTarget && reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType && !IsInvocation(ref reader)) return false;
            if (isTarget && (target = TargetOf(ref reader)) == Target.Foreign) return false;
            if (isArguments && reader.TokenType == JsonTokenType.StartArray && target is >= Target.Quote and <= Target.Depth) payloads.Read(ref reader, (MarketChannel)(target - Target.Quote), receivedAt);
            else if (isArguments)
            {
                saved = reader;
                hasSaved = target == Target.Unknown;
                reader.Skip();
            }
            else reader.Skip();
        }
        if (hasSaved && target is >= Target.Quote and <= Target.Depth) payloads.Read(ref saved, (MarketChannel)(target - Target.Quote), receivedAt);
        if (target == Target.Logout) events.OnLogout();
        return target != Target.Unknown;
    }

    public void OnUnreadable(string what) => events.OnUnreadable(what);

    private static bool IsInvocation(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int type) && type == HubProtocolConstants.InvocationMessageType;

    private static Target TargetOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return Target.Foreign;
        if (reader.ValueTextEquals("GatewayQuote"u8)) return Target.Quote;
        if (reader.ValueTextEquals("GatewayTrade"u8)) return Target.Trade;
        if (reader.ValueTextEquals("GatewayDepth"u8)) return Target.Depth;
        return reader.ValueTextEquals("GatewayLogout"u8) ? Target.Logout : Target.Foreign;
    }

    private enum Target
    {
        Unknown = 0,
        Foreign,
        Quote,
        Trade,
        Depth,
        Logout,
    }
}
