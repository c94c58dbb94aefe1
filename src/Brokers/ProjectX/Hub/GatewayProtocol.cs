using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>Reads those records of a hub that are the gateway's own events.</summary>
internal interface IRecordReader
{
    /// <summary>False for a record that SignalR itself has to understand.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    bool TryConsume(ReadOnlySpan<byte> record, long receivedAt);

    /// <summary>A record was dropped.</summary>
    /// <param name="what">What could not be read, a constant, so that warnings can be counted by it.</param>
    void OnUnreadable(string what);
}

/// <summary>
/// SignalR's JSON protocol with a short cut: the gateway's events are read where they lie and given to their reader; everything else goes the usual way.
/// Spares the object, the boxing and the reflection of a general invocation for each message, takes any number of arguments, and drops a
/// broken record instead of the connection.
/// </summary>
internal sealed class GatewayProtocol(IHubProtocol inner, IRecordReader events, TimeProvider time) : IHubProtocol
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
            return events.TryConsume(record.IsSingleSegment ? record.FirstSpan : Join(record), receivedAt);
        }
        catch (JsonException)
        {
            events.OnUnreadable(BrokenRecord);
            return true;
        }
    }

    private ReadOnlySpan<byte> Join(in ReadOnlySequence<byte> record)
    {
        int length = checked((int)record.Length);
        if (_joined.Length < length) _joined = new byte[Math.Max(length, 4096)];
        record.CopyTo(_joined);
        return _joined.AsSpan(0, length);
    }
}
