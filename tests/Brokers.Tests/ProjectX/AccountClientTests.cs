using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>What the account holds is read from whatever form the gateway gives it, and never from an answer with a hole.</summary>
public sealed class AccountClientTests
{
    private const string Query = "/api/Order/v2/query";
    private static readonly Timestamp Since = Timestamp.FromUtc(2026, 8, 19);

    /// <summary>The example of the protocol's documents, with explicit nulls as REST writes them.</summary>
    private const string Order = """
        {"id":3425000002,"accountId":1001,"contractId":"CON.F.US.MNQ.U26","symbolId":"F.US.MNQ","creationTimestamp":"2026-08-19T14:00:00.391812+00:00",
         "updateTimestamp":null,"status":1,"type":4,"side":1,"size":1,"limitPrice":null,"stopPrice":29398.5,"fillVolume":0,"filledPrice":null,"customTag":"app-7f3a-0001-SL",
         "parentOrderId":3425000001,"trailDistance":-40,"trailPrice":-10.0}
        """;

    [Theory]
    [InlineData("""[ORDER]""")]
    [InlineData("""ORDER""")]
    [InlineData("""{"action":1,"data":ORDER}""")]
    [InlineData("""[null,{"action":1,"data":[ORDER]},null]""")]
    public async Task AnOrderIsReadFromAnyWrapping(string wrapping)
    {
        RestResult<IReadOnlyList<OrderRow>> orders = await Orders(wrapping.Replace("ORDER", Order, StringComparison.Ordinal));

        Assert.Equal(
            new OrderRow(3425000002, 1001, "CON.F.US.MNQ.U26", Timestamp.FromUtc(2026, 8, 19, 14) + TimeSpan.FromTicks(3_918_120), null, WireOrderStatus.Open, WireOrderType.Stop, WireSide.Sell, 1,
                null, 29398.5m, 0, null, "app-7f3a-0001-SL", 3425000001),
            Assert.Single(orders.Value));
    }

    [Theory]
    [InlineData("\"stopPrice\":29398.5", "\"stopPrice\":\"29398.50\"")]
    [InlineData("\"id\":3425000002", "\"id\":\"3425000002\"")]
    [InlineData("\"id\":3425000002", "\"orderId\":3425000002")]
    [InlineData("\"id\":3425000002", "\"Id\":3.425000002e9")]
    [InlineData("\"size\":1", "\"size\":1.0")]
    [InlineData("\"size\":1", "\"size\":1,\"fromTheFuture\":{\"a\":[1,2]}")]
    [InlineData("\"fillVolume\":0,", "")]
    public async Task NumbersMayBeTextAndMembersMayBeNewOrMissing(string found, string instead)
    {
        RestResult<IReadOnlyList<OrderRow>> orders = await Orders($"[{Order.Replace(found, instead, StringComparison.Ordinal)}]");

        OrderRow order = Assert.Single(orders.Value);
        Assert.Equal((3425000002, 29398.5m, 1, 0), (order.Id, order.StopPrice, order.Size, order.FillVolume));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("\"Working\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("1e300")]
    public async Task AStateThatNobodyKnowsIsUnknownAndNothingElse(string status)
    {
        RestResult<IReadOnlyList<OrderRow>> orders = await Orders($"[{Order.Replace("\"status\":1", $"\"status\":{status}", StringComparison.Ordinal)}]");

        Assert.Equal(WireOrderStatus.None, Assert.Single(orders.Value).Status);
    }

    [Theory]
    [InlineData("\"side\":1", "\"side\":2", "side")]
    [InlineData("\"side\":1,", "", "side")]
    [InlineData("\"size\":1", "\"size\":\"one\"", "size")]
    [InlineData("\"id\":3425000002,", "", "orderId")]
    [InlineData("\"contractId\":\"CON.F.US.MNQ.U26\",", "", "contractId")]
    [InlineData("\"stopPrice\":29398.5", "\"stopPrice\":\"a lot\"", "stopPrice")]
    [InlineData("\"creationTimestamp\":\"2026-08-19T14:00:00.391812+00:00\"", "\"creationTimestamp\":\"yesterday\"", "creationTimestamp")]
    public async Task AnEntryThatCannotBeReadSpoilsTheWholeAnswer(string found, string instead, string member)
    {
        string broken = Order.Replace(found, instead, StringComparison.Ordinal);

        RestResult<IReadOnlyList<OrderRow>> orders = await Orders($"[{Order},{broken}]");

        Assert.Equal(RestFailureKind.Unreadable, orders.Failure!.Kind);
        Assert.Contains(member, orders.Failure.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"none\"")]
    [InlineData("[7]")]
    public async Task AnAnswerWithoutItsListIsNoEmptyList(string list)
    {
        Assert.Equal(RestFailureKind.Unreadable, (await Orders(list)).Failure?.Kind);
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says("/api/Position/searchOpen", """{"success":true,"errorCode":0}""");
        Assert.Equal(RestFailureKind.Unreadable, (await Make(gateway).PositionsAsync(1001, ScriptedGateway.Patience)).Failure?.Kind);
    }

    [Fact]
    public async Task PositionsAreSignedAndTradesCarryAllTheirCosts()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says("/api/Position/searchOpen", """
            {"success":true,"errorCode":0,"positions":[
              {"id":1,"accountId":1001,"contractId":"A","type":1,"size":3,"averagePrice":29408.5},{"id":2,"accountId":1001,"contractId":"B","type":2,"size":2,"averagePrice":"7.25"},
              {"id":3,"accountId":1001,"contractId":"C","type":0,"size":0,"averagePrice":1}]}
            """);
        RestResult<IReadOnlyList<PositionRow>> positions = await Make(gateway).PositionsAsync(1001, ScriptedGateway.Patience);
        gateway.Interfere = Says("/api/Trade/search", """
            {"success":true,"errorCode":0,"trades":[{"id":3004000001,"accountId":1001,"contractId":"A","creationTimestamp":"2026-08-19T14:05:01.505Z","price":29423.0,"profitAndLoss":null,
              "fees":0.36,"commissions":0.25,"side":1,"size":2,"voided":true,"orderId":3425000009}]}
            """);
        RestResult<IReadOnlyList<TradeRow>> trades = await Make(gateway).TradesAsync(1001, Since, null, ScriptedGateway.Patience);

        Assert.Equal([("A", 3, 29408.5m), ("B", -2, 7.25m), ("C", 0, 1m)], positions.Value.Select(row => (row.ContractId, row.Quantity, row.AveragePrice)));
        Assert.Equal(new TradeRow(3004000001, 1001, 3425000009, "A", Timestamp.FromUtc(2026, 8, 19, 14, 5, 1) + TimeSpan.FromMilliseconds(505), WireSide.Sell, 2, 29423.0m, 0.61m, true), Assert.Single(trades.Value));
        Assert.Equal("""{"accountId":1001,"startTimestamp":"2026-08-19T00:00:00.000Z"}""", gateway.Calls.Last().Body);
    }

    [Fact]
    public async Task APositionWithoutASideIsNotFlat()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says("/api/Position/searchOpen", """{"success":true,"errorCode":0,"positions":[{"id":1,"contractId":"A","type":7,"size":3,"averagePrice":1}]}""");

        Assert.Equal(RestFailureKind.Unreadable, (await Make(gateway).PositionsAsync(1001, ScriptedGateway.Patience)).Failure?.Kind);
    }

    [Fact]
    public async Task PagesOverlapSoThatAnOrderThatEndsMeanwhileHidesNoOther()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        List<int> living = [.. Enumerable.Range(1, 150).Reverse()];
        gateway.Interfere = async (path, http) =>
        {
            if (path != Query) return false;
            JsonNode query = JsonNode.Parse(gateway.Calls.Last().Body)!;
            JsonNode[] page = [.. living.Skip((int)query["pageOffset"]!).Take((int)query["pageSize"]!).Select(id => JsonNode.Parse(Order.Replace("3425000002", $"{id}", StringComparison.Ordinal))!)];
            living.RemoveRange(0, 5);
            await ScriptedGateway.Json(http, new JsonObject { ["success"] = true, ["errorCode"] = 0, ["orders"] = new JsonArray(page) });
            return true;
        };

        RestResult<IReadOnlyList<OrderRow>> orders = await Make(gateway).WorkingOrdersAsync(1001, ScriptedGateway.Patience);

        Assert.Equal(Enumerable.Range(1, 150).Select(id => (long)id), orders.Value.Select(order => order.Id).Order());
        Assert.Equal("""{"filter":{"accountId":1001,"statuses":[1,6,7,8]},"pageSize":100,"pageOffset":0,"sortDirection":1}""", gateway.Calls.First(call => call.Path == Query).Body);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task AGatewayWithoutThePagedQueryIsAskedTheOldWayFromThenOnAndNowAndThenAgain(int status)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int refused = int.MaxValue;
        gateway.Interfere = Lists(() => refused-- > 0 ? status : null);
        AccountClient client = Make(gateway);

        Assert.Single((await client.WorkingOrdersAsync(1001, ScriptedGateway.Patience)).Value);
        Assert.Single((await client.OrdersAsync(1001, Since, ScriptedGateway.Patience)).Value);

        Assert.Equal((2, 1, 1, false), (gateway.CallsOf(Query), gateway.CallsOf("/api/Order/searchOpen"), gateway.CallsOf("/api/Order/search"), client.HasQuery));
        refused = 0;
        for (int i = 0; i < 60 && !client.HasQuery; i++) await client.OrdersAsync(1001, Since, ScriptedGateway.Patience);
        Assert.True(client.HasQuery);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(400)]
    public async Task OneOddAnswerToThePagedQueryIsNotTheLackOfIt(int status)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int refused = 1;
        gateway.Interfere = Lists(() => refused-- > 0 ? status : null);
        AccountClient client = Make(gateway);

        Assert.True((await client.WorkingOrdersAsync(1001, ScriptedGateway.Patience)).IsSuccess);
        Assert.True(client.HasQuery);
        Assert.Equal(2, gateway.CallsOf(Query));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(400)]
    public async Task OnceThePagedQueryAnsweredAListWithoutSuspendedOrdersNeverTakesItsPlace(int status)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int refused = 0;
        gateway.Interfere = Lists(() => refused-- > 0 ? status : null);
        AccountClient client = Make(gateway);
        Assert.True((await client.WorkingOrdersAsync(1001, ScriptedGateway.Patience)).IsSuccess);

        refused = 4;
        for (int i = 0; i < 2; i++) Assert.False((await client.WorkingOrdersAsync(1001, ScriptedGateway.Patience)).IsSuccess);
        refused = 2;
        Assert.Single((await client.OrdersAsync(1001, Since, ScriptedGateway.Patience)).Value);
        refused = 0;
        Assert.True((await client.WorkingOrdersAsync(1001, ScriptedGateway.Patience)).IsSuccess);
        Assert.True(client.HasQuery);
    }

    [Fact]
    public async Task AnOrderThatTheGatewayDoesNotKnowIsAbsentAndAFailedLookUpIsNot()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says("/api/Order/searchById", """{"order":null,"success":false,"errorCode":1}""");
        Assert.Empty((await Make(gateway).OrderAsync(1001, 7, ScriptedGateway.Patience)).Value);
        gateway.Interfere = Says("/api/Order/searchById", """{"order":null,"success":true,"errorCode":0}""");
        Assert.False((await Make(gateway).OrderAsync(1001, 7, ScriptedGateway.Patience)).IsSuccess);
    }

    /// <summary>Lists of one order; the paged query answers with a status where there is one.</summary>
    private static Func<string, HttpContext, Task<bool>> Lists(Func<int?> statusOfQuery) => async (path, http) =>
    {
        if (path == Query && statusOfQuery() is { } status) http.Response.StatusCode = status;
        else if (path.StartsWith("/api/Order/", StringComparison.Ordinal)) await ScriptedGateway.Json(http, JsonNode.Parse($$"""{"success":true,"errorCode":0,"orders":[{{Order}}]}""")!);
        else return false;
        return true;
    };

    private static async Task<RestResult<IReadOnlyList<OrderRow>>> Orders(string list)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = Says(Query, $$"""{"success":true,"errorCode":0,"errorMessage":null,"orders":{{list}}}""");
        return await Make(gateway).WorkingOrdersAsync(1001, ScriptedGateway.Patience);
    }

    private static Func<string, HttpContext, Task<bool>> Says(string where, string reply) => async (path, http) =>
    {
        if (path != where) return false;
        await http.Response.WriteAsync(reply);
        return true;
    };

    private static AccountClient Make(ScriptedGateway gateway)
    {
        ProjectXOptions options = FeedRun.Options(gateway);
        FakeTimeProvider time = gateway.Time;
        var chance = new Chance(0);
        var transport = new RestTransport(options, new FeedMetrics(), time);
        return new(new ProjectXClient(transport, new TokenSession(transport, options, time, chance, NullLogger.Instance), ReadRetry.Create(time, chance)));
    }
}
