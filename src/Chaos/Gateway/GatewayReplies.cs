using System.Globalization;
using System.Net;
using System.Text.Json;
using Tradewind.Chaos.Faults;
using Tradewind.Chaos.Net;
using Tradewind.Chaos.Venue;
using Tradewind.Chaos.World;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Chaos.Gateway;

/// <summary>The REST side of a ProjectX gateway before the oracle venue: reads requests and writes replies as the protocol has them, with its codes and words.</summary>
/// <param name="known">What the program has told of an order: the venue's books keep its purpose, which the wire does not carry.</param>
internal sealed class GatewayReplies(Agenda agenda, FaultMix mix, OracleVenue venue, Answers answers, Requests requests, IReadOnlyList<Instrument> instruments, Func<string, Order?> known)
{
    private const int Rejected = 2;
    private readonly WireWriter _wire = new(instruments);

    /// <summary>Client id of the order that a request would place, change or cancel; null for a question.</summary>
    public string? OrderOf(string path, JsonElement body) => path switch
    {
        "/api/Order/place" => body.GetProperty("customTag").GetString(),
        "/api/Order/modify" or "/api/Order/cancel" => venue.ByVenueId(Id(body))?.ClientId,
        _ => null,
    };

    public GatewayReply Answer(string path, JsonElement body, string? token)
    {
        if (path == "/api/Auth/loginKey") return new(HttpStatusCode.OK, _wire.Reply(json => json.WriteString("token", Token)));
        if (token != Token) return new(HttpStatusCode.Unauthorized, []);
        return new(HttpStatusCode.OK, path switch
        {
            "/api/Auth/validate" => _wire.Reply(json => json.WriteString("newToken", Token)),
            "/api/Contract/available" => _wire.Reply(json => WireWriter.List(json, "contracts", Enumerable.Range(0, instruments.Count), _wire.Contract)),
            "/api/Order/place" => Place(body),
            "/api/Order/cancel" => Cancel(body),
            "/api/Order/modify" => Modify(body),
            "/api/Order/v2/query" => Query(body),
            "/api/Order/searchById" => One(body),
            "/api/Position/searchOpen" => _wire.Reply(json => WireWriter.List(json, "positions", answers.Positions(), _wire.Position)),
            "/api/Trade/search" => Trades(body),
            "/api/Account/search" => _wire.Reply(json => WireWriter.List(json, "accounts", [venue.AccountRow], WireWriter.Account)),
            _ => throw new InvalidOperationException($"The adapter asks {path}."),
        });
    }

    private string Token => string.Create(CultureInfo.InvariantCulture, $"token-{requests.Tokens}");

    private byte[] Place(JsonElement body)
    {
        string tag = body.GetProperty("customTag").GetString()!;
        var type = body.GetProperty("type").GetInt32() switch { 1 => OrderType.Limit, 2 => OrderType.Market, 3 => OrderType.StopLimit, _ => OrderType.Stop };
        Order? order = known(tag);
        var terms = new OrderTerms(
            body.GetProperty("side").GetInt32() == 0 ? Side.Buy : Side.Sell, type, TimeInForce.Gtc, order?.Purpose ?? OrderPurpose.Target,
            body.GetProperty("size").GetInt32(), Price(body, "limitPrice") ?? 0m, Price(body, "stopPrice") ?? 0m);
        VenueAnswer answer = venue.Place(tag, _wire.InstrumentOf(body.GetProperty("contractId").GetString()), in terms, order?.Id.Value ?? 0);
        return _wire.Reply(answer.Kind == VenueAnswerKind.Taken ? 0 : Rejected, answer.Text, json =>
        {
            if (answer.VenueId is { } id) json.WriteNumber("orderId", long.Parse(id, CultureInfo.InvariantCulture));
        });
    }

    private byte[] Cancel(JsonElement body)
    {
        VenueAnswer answer = venue.Cancel(Id(body));
        // 2: not found; 4: pending.
        return _wire.Reply(answer.Kind switch { VenueAnswerKind.Taken => 0, VenueAnswerKind.NotFound => 2, _ => 4 }, answer.Text);
    }

    private byte[] Modify(JsonElement body)
    {
        string id = Id(body);
        OrderTerms before = venue.ByVenueId(id)?.Terms ?? default;
        OrderTerms terms = before with
        {
            Quantity = body.TryGetProperty("size", out JsonElement size) ? size.GetInt32() : before.Quantity,
            LimitPrice = Price(body, "limitPrice") ?? before.LimitPrice,
            StopPrice = Price(body, "stopPrice") ?? before.StopPrice,
        };
        VenueAnswer answer = venue.Modify(id, terms);
        // 2: not found; 3: rejected.
        return _wire.Reply(answer.Kind switch { VenueAnswerKind.Taken => 0, VenueAnswerKind.NotFound => 2, _ => 3 }, answer.Text);
    }

    private byte[] Query(JsonElement body)
    {
        JsonElement filter = body.GetProperty("filter");
        VenueOrder[] rows = filter.TryGetProperty("createdAfter", out JsonElement since) ? answers.OrdersCreatedSince(Time(since)) : answers.OpenOrders();
        return Orders([.. rows.Reverse().Skip(body.GetProperty("pageOffset").GetInt32()).Take(body.GetProperty("pageSize").GetInt32())]);
    }

    private byte[] One(JsonElement body)
    {
        // 1: not found.
        if (answers.OneOrder(null, Id(body)) is not [var row]) return _wire.Reply(1, "Order not found.");
        return _wire.Reply(json =>
        {
            json.WriteStartObject("order");
            _wire.Order(json, row);
            json.WriteEndObject();
        });
    }

    private byte[] Trades(JsonElement body)
    {
        Timestamp since = Time(body.GetProperty("startTimestamp"));
        Timestamp until = body.TryGetProperty("endTimestamp", out JsonElement end) ? Time(end) : Timestamp.MaxValue;
        int known = venue.Fills.Count;
        VenueFill[] rows = [.. answers.FillsSince(since).Where(fill => fill.Time <= until)];
        agenda.After(TimeSpan.FromMilliseconds(15), () => { if (venue.Fills.Count > known) mix.Strikes.Hit(Fault.F28, agenda.Now); });
        return _wire.Reply(json => WireWriter.List(json, "trades", rows, _wire.Trade));
    }

    private byte[] Orders(VenueOrder[] rows) => _wire.Reply(json => WireWriter.List(json, "orders", rows, _wire.Order));

    private static string Id(JsonElement body) => body.GetProperty("orderId").GetInt64().ToString(CultureInfo.InvariantCulture);

    private static decimal? Price(JsonElement body, string name) => body.TryGetProperty(name, out JsonElement price) && price.ValueKind == JsonValueKind.Number ? price.GetDecimal() : null;

    private static Timestamp Time(JsonElement time) => Timestamp.From(time.GetDateTimeOffset());
}
