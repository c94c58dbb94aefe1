using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>What comes out of a user hub, in the order of the wire. Called on the receiving thread; must not block.</summary>
internal interface IUserEvents
{
    void On(OrderRow row);

    void On(TradeRow row);

    void On(PositionRow row);

    void On(AccountRow row);

    /// <summary>An event or a part of it was dropped: something happened, and what is not known.</summary>
    void OnUnreadable(string what);

    /// <summary>The gateway ended our session.</summary>
    void OnLogout();
}

/// <summary>The records of the user hub: any number of arguments, each an object, an <c>{action, data}</c> envelope or an array of either. Meaning comes from the object, never from <c>action</c>.</summary>
internal sealed class UserRecords(IUserEvents events) : IRecordReader
{
    public bool TryConsume(ReadOnlySpan<byte> record, long receivedAt)
    {
        var reader = new Utf8JsonReader(record);
        JsonElement message = JsonElement.ParseValue(ref reader);
        if (message.ValueKind != JsonValueKind.Object) throw new JsonException("A record must be an object.");
        if (!message.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.Number || !type.TryGetInt32(out int kind) || kind != HubProtocolConstants.InvocationMessageType) return false;
        if (!message.TryGetProperty("target", out JsonElement target) || target.ValueKind != JsonValueKind.String) return false;
        message.TryGetProperty("arguments", out JsonElement arguments);
        switch (target.GetString()!.ToUpperInvariant())
        {
            case "GATEWAYUSERORDER": Read(arguments, "order", static (events, row) => events.On(OrderRow.Read(row))); return true;
            case "GATEWAYUSERTRADE": Read(arguments, "trade", static (events, row) => events.On(TradeRow.Read(row))); return true;
            case "GATEWAYUSERPOSITION": Read(arguments, "position", static (events, row) => events.On(PositionRow.Read(row))); return true;
            case "GATEWAYUSERACCOUNT": Read(arguments, "account", static (events, row) => events.On(AccountRow.Read(row))); return true;
            case "GATEWAYLOGOUT": events.OnLogout(); return true;
            default: return false;
        }
    }

    public void OnUnreadable(string what) => events.OnUnreadable(what);

    /// <summary>One entry that cannot be read does not hide the others.</summary>
    private void Read(JsonElement arguments, string what, Action<IUserEvents, WireObject> read)
    {
        int found = 0;
        foreach (JsonElement argument in arguments.ValueKind == JsonValueKind.Array ? arguments.EnumerateArray() : default)
        {
            if (argument.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) continue;
            found++;
            foreach (JsonElement entry in WireRows.Parts(argument))
            {
                try
                {
                    if (entry.ValueKind != JsonValueKind.Object) throw new WireException($"the {what} is a {entry.ValueKind}, expected an object");
                    read(events, new(entry, what));
                }
                catch (WireException fault)
                {
                    events.OnUnreadable(fault.Message);
                }
            }
        }
        if (found == 0) events.OnUnreadable($"the event of an {what} has none");
    }
}
