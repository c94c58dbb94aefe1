using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Rest;

namespace Tradewind.Gateway.Hubs;

/// <summary>Writes hub events as frames of SignalR's JSON protocol. Members that are null are left out.</summary>
/// <remarks>One per writing thread: the buffer is used again and again.</remarks>
[SuppressMessage("Reliability", "CA1001:Types that own disposable fields should be disposable", Justification = "The writer holds nothing but the managed buffer.")]
internal sealed class Frames
{
    private const byte RecordSeparator = 0x1E;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _json;

    private readonly QuirkSet _quirks;
    private readonly WireForm _form;

    public Frames(QuirkSet quirks)
    {
        _json = new(_buffer, new JsonWriterOptions { SkipValidation = true });
        _quirks = quirks;
        _form = new(quirks);
    }

    /// <summary>Only what differs from the quote before; all of it, and the contract's id, when that was empty.</summary>
    public byte[] Quote(ContractFeed contract, in QuoteFields now, in QuoteFields before, Timestamp time)
    {
        Begin("GatewayQuote", contract.Id);
        _json.WriteStartObject();
        _json.WriteString("symbol"u8, contract.SymbolId);
        Changed("lastPrice"u8, now.LastPrice, before.LastPrice);
        Changed("bestBid"u8, now.BestBid, before.BestBid);
        Changed("bestAsk"u8, now.BestAsk, before.BestAsk);
        Changed("change"u8, now.Change, before.Change);
        Changed("changePercent"u8, now.ChangePercent, before.ChangePercent);
        Changed("open"u8, now.Open, before.Open);
        Changed("high"u8, now.High, before.High);
        Changed("low"u8, now.Low, before.Low);
        if (now.Volume is { } volume && volume != before.Volume) _json.WriteNumber("volume"u8, volume);
        _json.WriteString("lastUpdated"u8, time.ToDateTimeOffset());
        _json.WriteString("timestamp"u8, time.ToDateTimeOffset());
        if (before.IsEmpty) _json.WriteString("contract"u8, contract.Id);
        _json.WriteEndObject();
        return End();
    }

    public byte[] Trades(ContractFeed contract, ReadOnlySpan<TradeEntry> trades, bool isArray)
    {
        Begin("GatewayTrade", contract.Id);
        if (isArray) _json.WriteStartArray();
        foreach (TradeEntry trade in trades)
        {
            _json.WriteStartObject();
            _json.WriteString("symbolId"u8, contract.SymbolId);
            _json.WriteString("contractId"u8, contract.Id);
            _json.WriteNumber("price"u8, PlainDecimals.Trim(trade.Price));
            _json.WriteString("timestamp"u8, trade.Time.ToDateTimeOffset());
            _json.WriteNumber("type"u8, trade.IsSell ? 1 : 0);
            _json.WriteNumber("volume"u8, trade.Volume);
            _json.WriteEndObject();
        }
        if (isArray) _json.WriteEndArray();
        return End();
    }

    public byte[] Depth(ContractFeed contract, ReadOnlySpan<DepthEntry> entries, bool isArray)
    {
        Begin("GatewayDepth", contract.Id);
        if (isArray) _json.WriteStartArray();
        if (isArray && _quirks.Has(Quirk.NullDepthEntries)) _json.WriteNullValue();
        bool isInCurrent = _quirks.Has(Quirk.DepthVolumeInCurrent);
        foreach (DepthEntry entry in entries)
        {
            bool isPlain = entry.Type is DepthType.Bid or DepthType.Ask;
            _json.WriteStartObject();
            _json.WriteString("timestamp"u8, entry.Time.ToDateTimeOffset());
            _json.WriteNumber("type"u8, (int)entry.Type);
            _json.WriteNumber("price"u8, PlainDecimals.Trim(entry.Price));
            _json.WriteNumber("volume"u8, isPlain && isInCurrent ? 0 : entry.Volume);
            // Seen live: entries for the best prices carry 0 here. For the others readers disagree on which member counts, so both tell it.
            _json.WriteNumber("currentVolume"u8, isPlain ? entry.Volume : 0);
            _json.WriteEndObject();
        }
        if (isArray) _json.WriteEndArray();
        return End();
    }

    private void Begin(string target, string contractId)
    {
        _json.WriteStartObject();
        _json.WriteNumber("type"u8, 1);
        _json.WriteString("target"u8, target);
        _json.WriteStartArray("arguments"u8);
        _json.WriteStringValue(contractId);
    }

    private byte[] End()
    {
        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write([RecordSeparator]);
        byte[] message = _form.Times(_buffer.WrittenSpan.ToArray());
        _buffer.ResetWrittenCount();
        _json.Reset();
        return message;
    }

    private void Changed(ReadOnlySpan<byte> name, decimal? now, decimal? before)
    {
        if (now is { } value && now != before) _json.WriteNumber(name, PlainDecimals.Trim(value));
    }
}
