using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Gateway;

/// <summary>What the venue knows, as a ProjectX gateway writes it: replies of its REST paths and records of its user hub.</summary>
internal sealed class WireWriter(IReadOnlyList<Instrument> instruments)
{
    public const long AccountId = 1001;
    public const string AccountName = "CHAOS-1001";

    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>Contract of an instrument.</summary>
    public string ContractOf(int instrument) => $"CON.F.US.{Root(instrument)}.H26";

    /// <summary>Instrument of a contract; below 0 for none.</summary>
    public int InstrumentOf(string? contract) => Enumerable.Range(0, instruments.Count).Where(index => ContractOf(index) == contract).DefaultIfEmpty(-1).First();

    /// <summary>A reply that succeeded.</summary>
    public byte[] Reply(Action<Utf8JsonWriter>? members = null) => Reply(0, null, members);

    /// <param name="code">0: success.</param>
    public byte[] Reply(int code, string? message, Action<Utf8JsonWriter>? members = null) => Written(json =>
    {
        members?.Invoke(json);
        json.WriteBoolean("success", code == 0);
        json.WriteNumber("errorCode", code);
        json.WriteString("errorMessage", message);
    });

    /// <summary>A record of the user hub, in its envelope.</summary>
    public byte[] Event(string target, Action<Utf8JsonWriter> data) => Written(json =>
    {
        json.WriteNumber("type", 1);
        json.WriteString("target", target);
        json.WriteStartArray("arguments");
        json.WriteStartObject();
        json.WriteNumber("action", 1);
        json.WriteStartObject("data");
        data(json);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    public static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public void Contract(Utf8JsonWriter json, int instrument)
    {
        json.WriteString("id", ContractOf(instrument));
        json.WriteString("name", instruments[instrument].Symbol + "H6");
        json.WriteNumber("tickSize", instruments[instrument].TickSize);
        json.WriteNumber("tickValue", instruments[instrument].TickSize * instruments[instrument].PointValue);
        json.WriteBoolean("activeContract", true);
        json.WriteString("symbolId", $"F.US.{Root(instrument)}");
    }

    public void Order(Utf8JsonWriter json, VenueOrder order)
    {
        json.WriteNumber("id", long.Parse(order.VenueId, CultureInfo.InvariantCulture));
        json.WriteNumber("accountId", AccountId);
        json.WriteString("contractId", ContractOf(order.Instrument));
        json.WriteString("creationTimestamp", Time(order.Updated));
        json.WriteString("updateTimestamp", Time(order.Updated));
        json.WriteNumber("status", StatusOf(order.State));
        json.WriteNumber("type", order.Type switch { OrderType.Limit => 1, OrderType.Market => 2, OrderType.StopLimit => 3, _ => 4 });
        json.WriteNumber("side", SideOf(order.Side));
        json.WriteNumber("size", order.Quantity);
        Price(json, "limitPrice", order.LimitPrice);
        Price(json, "stopPrice", order.StopPrice);
        json.WriteNumber("fillVolume", order.Filled);
        if (order.AveragePrice is { } price) json.WriteNumber("filledPrice", price);
        if (order.ClientId is { } tag) json.WriteString("customTag", tag);
    }

    public void Trade(Utf8JsonWriter json, VenueFill fill)
    {
        json.WriteNumber("id", fill.ExecutionId);
        json.WriteNumber("accountId", AccountId);
        json.WriteString("contractId", ContractOf(fill.Instrument));
        json.WriteString("creationTimestamp", Time(fill.Time));
        json.WriteNumber("price", fill.Price);
        json.WriteNumber("fees", fill.Fee);
        json.WriteNumber("side", SideOf(fill.Side));
        json.WriteNumber("size", fill.Quantity);
        json.WriteBoolean("voided", fill.IsVoided);
        json.WriteNumber("orderId", long.Parse(fill.VenueOrderId, CultureInfo.InvariantCulture));
    }

    public void Position(Utf8JsonWriter json, VenuePosition position)
    {
        json.WriteNumber("accountId", AccountId);
        json.WriteString("contractId", ContractOf(position.Instrument));
        json.WriteNumber("type", position.Quantity >= 0 ? 1 : 2);
        json.WriteNumber("size", Math.Abs(position.Quantity));
        json.WriteNumber("averagePrice", position.AveragePrice);
    }

    public static void Account(Utf8JsonWriter json, VenueAccount account)
    {
        json.WriteNumber("id", AccountId);
        json.WriteString("name", AccountName);
        json.WriteNumber("balance", account.Balance);
        json.WriteBoolean("canTrade", account.CanTrade);
        json.WriteBoolean("isVisible", true);
        json.WriteBoolean("simulated", true);
    }

    /// <summary>The gateway's name of a product: not always the exchange's.</summary>
    private string Root(int instrument) => instruments[instrument].Symbol switch { "ES" => "EP", "NQ" => "ENQ", var symbol => symbol };

    /// <summary>A number that no document knows for a state that the venue itself does not know.</summary>
    private static int StatusOf(VenueOrderState state) => state switch
    {
        VenueOrderState.Working => 1,
        VenueOrderState.Filled => 2,
        VenueOrderState.Canceled => 3,
        VenueOrderState.Expired => 4,
        VenueOrderState.Rejected => 5,
        VenueOrderState.Pending => 6,
        VenueOrderState.Canceling => 7,
        VenueOrderState.Suspended => 8,
        _ => 99,
    };

    private static int SideOf(Side side) => side == Side.Buy ? 0 : 1;

    private static void Price(Utf8JsonWriter json, string name, decimal price)
    {
        if (price != 0m) json.WriteNumber(name, price);
    }

    private static string Time(Timestamp time) => DateTimeOffset.UnixEpoch.AddTicks(time.Nanoseconds / 100).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'+00:00'", CultureInfo.InvariantCulture);

    private byte[] Written(Action<Utf8JsonWriter> members)
    {
        _buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_buffer);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}
