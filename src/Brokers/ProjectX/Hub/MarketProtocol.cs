using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>
/// SignalR's JSON protocol with a short cut: market events are read where they lie and given to the sink; everything else goes the usual way.
/// Spares the object, the boxing and the reflection of a general invocation for each message, takes any number of arguments, and drops a
/// broken record instead of the connection.
/// </summary>
internal sealed class MarketProtocol(IHubProtocol inner, PayloadReader payloads, IMarketEvents events, TimeProvider time) : IHubProtocol
{
    private const byte RecordEnd = 0x1E;
    private const string BrokenRecord = "a record that is not JSON";

    private byte[] _joined = [];

    public string Name => inner.Name;

    /// <summary>The version of the gateway's handshake.</summary>
    public int Version => 1;

    public TransferFormat TransferFormat => inner.TransferFormat;

    public bool IsVersionSupported(int version) => version == Version;

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        message = null;
        while (input.PositionOf(RecordEnd) is { } end)
        {
            ReadOnlySequence<byte> record = input.Slice(0, end);
            ReadOnlySequence<byte> withEnd = input.Slice(0, input.GetPosition(1, end));
            input = input.Slice(withEnd.End);
            if (TryConsume(record)) continue;
            if (TryParseOther(ref withEnd, binder, out message)) return true;
        }
        return false;
    }

    private bool TryParseOther(ref ReadOnlySequence<byte> record, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        try
        {
            return inner.TryParseMessage(ref record, binder, out message);
        }
        catch (InvalidDataException)
        {
            events.OnUnreadable(BrokenRecord);
            message = null;
            return false;
        }
    }

    private bool TryConsume(in ReadOnlySequence<byte> record)
    {
        long receivedAt = time.GetTimestamp();
        try
        {
            return TryConsume(record.IsSingleSegment ? record.FirstSpan : Join(record), receivedAt);
        }
        catch (JsonException)
        {
            events.OnUnreadable(BrokenRecord);
            return true;
        }
    }

    private bool TryConsume(ReadOnlySpan<byte> record, long receivedAt)
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

    private static bool IsInvocation(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int type) && type == HubProtocolConstants.InvocationMessageType;

    private static Target TargetOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String) return Target.Foreign;
        if (reader.ValueTextEquals("GatewayQuote"u8)) return Target.Quote;
        if (reader.ValueTextEquals("GatewayTrade"u8)) return Target.Trade;
        if (reader.ValueTextEquals("GatewayDepth"u8)) return Target.Depth;
        return reader.ValueTextEquals("GatewayLogout"u8) ? Target.Logout : Target.Foreign;
    }

    private ReadOnlySpan<byte> Join(in ReadOnlySequence<byte> record)
    {
        int length = checked((int)record.Length);
        if (_joined.Length < length) _joined = new byte[Math.Max(length, 4096)];
        record.CopyTo(_joined);
        return _joined.AsSpan(0, length);
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
