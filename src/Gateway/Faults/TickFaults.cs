using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Market;

namespace Tradewind.Gateway.Faults;

/// <summary>Sends the market hub's events, and lets them come to harm. Used by the market's thread.</summary>
internal sealed class TickFaults(FaultDesk desk, TimeProvider time)
{
    private const int Shift = 8;

    private static readonly string[] Prices = ["lastPrice", "bestBid", "bestAsk", "price"];

    private readonly ConcurrentDictionary<string, long> _frozen = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<ContractFeed, (Outgoing Message, Outbox[] Receivers)> _held = [];
    private int _bad;

    /// <summary>Something was frozen or held back once: the usual case, that nothing ever was, costs nothing.</summary>
    private volatile bool _isUsed;

    /// <param name="frame">The event as it would be sent.</param>
    public void Send(ContractFeed feed, EventKind kind, byte[] frame, int entries)
    {
        if (desk.IsEmpty && !_isUsed)
        {
            feed.Send(Message(feed, kind, frame, entries), kind);
            return;
        }
        if (IsLost(feed, kind)) return;
        if (kind == EventKind.Depth) feed.Send(Message(feed, kind, frame, entries), kind);
        else SendHarmed(feed, kind, Harmed(feed, frame), entries);
    }

    /// <summary>Loses all events of a symbol for a while.</summary>
    public void Freeze(string symbol, TimeSpan length)
    {
        _frozen[symbol] = time.GetTimestamp() + (long)(length.TotalSeconds * time.TimestampFrequency);
        _isUsed = true;
    }

    /// <summary>Sends what was held back to change places with an event that did not come.</summary>
    public void Flush()
    {
        foreach (ContractFeed feed in _held.Keys)
        {
            if (_held.TryRemove(feed, out (Outgoing Message, Outbox[] Receivers) held)) Post(held.Message, held.Receivers);
        }
    }

    private void SendHarmed(ContractFeed feed, EventKind kind, byte[] frame, int entries)
    {
        Outgoing message = Message(feed, kind, frame, entries);
        if (desk.Strike(FaultKind.LateTick, symbol: feed.Symbol) is { } late)
        {
            _ = SendLater(message, feed.Listeners(kind), late.EffectiveDelay);
            return;
        }
        if (!_held.ContainsKey(feed) && desk.Strike(FaultKind.ReorderTicks, symbol: feed.Symbol) is not null)
        {
            _held[feed] = (message, feed.Listeners(kind));
            _isUsed = true;
            return;
        }
        feed.Send(message, kind);
        if (desk.Strike(FaultKind.DuplicateTick, symbol: feed.Symbol) is not null) feed.Send(message, kind);
        if (_held.TryRemove(feed, out (Outgoing Message, Outbox[] Receivers) held)) Post(held.Message, held.Receivers);
    }

    private bool IsLost(ContractFeed feed, EventKind kind)
    {
        if (_frozen.TryGetValue(feed.Symbol, out long until))
        {
            if (time.GetTimestamp() < until) return true;
            _frozen.TryRemove(feed.Symbol, out _);
        }
        return desk.Strike(kind == EventKind.Depth ? FaultKind.MissingDepth : FaultKind.MissingTick, symbol: feed.Symbol) is not null;
    }

    private byte[] Harmed(ContractFeed feed, byte[] frame)
    {
        bool isBad = desk.Strike(FaultKind.BadTick, symbol: feed.Symbol) is not null;
        bool isShifted = desk.Strike(FaultKind.ShiftedPrices, symbol: feed.Symbol) is not null;
        if (!isBad && !isShifted) return frame;
        // The record ends with a separator that is no JSON.
        JsonNode node = JsonNode.Parse(frame.AsSpan(..^1))!;
        if (isShifted) ForEachPrice(node, (owner, member, price) => owner[member] = price + Shift * feed.TickSize);
        if (isBad) Spoil(node, feed);
        return [.. JsonSerializer.SerializeToUtf8Bytes(node), frame[^1]];
    }

    /// <summary>One kind of nonsense after another.</summary>
    private void Spoil(JsonNode node, ContractFeed feed)
    {
        switch (_bad++ % 6)
        {
            case 0:
                ForEachPrice(node, static (owner, member, _) => owner[member] = 0);
                break;
            case 1:
                ForEachPrice(node, static (owner, member, price) => owner[member] = -price);
                break;
            case 2:
                ForEachPrice(node, static (owner, member, price) => owner[member] = price * 10);
                break;
            case 3:
                ForEachPrice(node, (owner, member, price) => { if (member is "bestBid" or "bestAsk") owner[member] = price + (member == "bestBid" ? Shift : -Shift) * feed.TickSize; });
                break;
            case 4:
                ForEachPrice(node, static (owner, member, _) => owner[member] = "NaN");
                break;
            default:
                node["arguments"]![0] = feed.NextId;
                break;
        }
    }

    private static void ForEachPrice(JsonNode node, Action<JsonObject, string, decimal> change)
    {
        foreach (string member in Prices) JsonDamage.ForEachObject(node, member, owner => change(owner, member, owner[member]!.GetValue<decimal>()));
    }

    private static Outgoing Message(ContractFeed feed, EventKind kind, byte[] frame, int entries) => new(new SerializedHubMessage([new SerializedMessage("json", frame)]), feed.CountOf(kind), entries);

    private async Task SendLater(Outgoing message, Outbox[] receivers, TimeSpan delay)
    {
        await Task.Delay(delay, time);
        Post(message, receivers);
    }

    private static void Post(in Outgoing message, Outbox[] receivers)
    {
        foreach (Outbox outbox in receivers) outbox.Post(message);
    }
}
