using System.Net;
using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>What the control endpoint tells of the venue, and the hand that it lends to scripted tests.</summary>
public sealed class TruthTests
{
    [Fact]
    public async Task TheTruthHoldsWhateverFaultsMakeOfAnswersAndEvents()
    {
        await using TradingRun run = await TradingRun.Start();
        foreach (string fault in new[] { "missing-event", "empty-snapshot", "unknown-state", "number-strings" }) await run.Inject(fault);
        DateTimeOffset before = run.Gateway.Time.GetUtcNow();
        await run.Inject("order-pending", new { count = 1 });
        Assert.Equal(6, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 2, tag: "doubt")).Code);
        await run.TryPlace(type: 2, side: 0, size: 1, tag: "doubt");
        await run.Pass(0.1);
        JsonElement account = (await Truth(run)).GetProperty("accounts")[0];
        JsonElement order = Assert.Single(account.GetProperty("orders").EnumerateArray());
        Assert.Equal(("doubt", 2, 2, 7700.25m), (order.GetProperty("order").GetProperty("customTag").GetString(), order.GetProperty("order").GetProperty("status").GetInt32(),
            order.GetProperty("order").GetProperty("fillVolume").GetInt32(), order.GetProperty("order").GetProperty("filledPrice").GetDecimal()));
        Assert.InRange(order.GetProperty("received").GetDateTimeOffset(), before, run.Gateway.Time.GetUtcNow());
        Assert.Equal(order.GetProperty("order").GetProperty("id").GetInt64(), Assert.Single(account.GetProperty("trades").EnumerateArray()).GetProperty("orderId").GetInt64());
        Assert.Equal(2, Assert.Single(account.GetProperty("positions").EnumerateArray()).GetProperty("size").GetInt32());
        Assert.Equal(["doubt"], account.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        // 2.80 of fees and 0.50 of commissions, and a quarter of a point on two contracts from the ask to the last trade.
        Assert.Equal((49_996.70m, 49_996.70m - 25m), (account.GetProperty("account").GetProperty("balance").GetDecimal(), account.GetProperty("equity").GetDecimal()));
    }

    [Fact]
    public async Task CommandsAreListedAsTheyCameWithWhatTheyWereAnswered()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions(), new AccountOptions { Id = 1002 }] });
        await run.Inject("lost-reply", new { path = "Order/place", count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => run.RawPlace("once"));
        Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, tag: "once")).Code);
        long resting = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.TryPlace(type: 2, side: 0, size: 1, account: 1002);
        await run.Pass(0.1);
        await run.Modify(resting, size: 2);
        await run.Cancel(4711);
        await run.Post("Position/closeContract", new { accountId = 1001, contractId = TradingRun.Es });
        JsonElement[] commands = [.. (await Truth(run, "?account=1001")).GetProperty("commands").EnumerateArray()];
        Assert.Equal([("Order/place", 0, "once"), ("Order/place", 2, "once"), ("Order/place", 0, null), ("Order/modify", 0, null), ("Order/cancel", 2, null), ("Position/closeContract", 0, null)],
            commands.Select(command => (command.GetProperty("path").GetString(), command.GetProperty("code").GetInt32(), command.GetProperty("customTag").GetString())));
        Assert.Equal([1, 2, 3, 5, 6, 7], commands.Select(command => command.GetProperty("number").GetInt32()));
        Assert.Equal((resting, 4711), (commands[3].GetProperty("orderId").GetInt64(), commands[4].GetProperty("orderId").GetInt64()));
        Assert.Single((await Truth(run, "?account=1002")).GetProperty("accounts").EnumerateArray());
    }

    [Fact]
    public async Task AnOrderIsPlacedByHandOnTheAccount()
    {
        await using TradingRun run = await TradingRun.Start();
        JsonElement placed = await Hand(run, "orders", new { accountId = 1001, contractId = "ES", type = 2, side = 1, size = 2 });
        await run.Pass(0.1);
        (_, JsonElement order) = await run.Event("GatewayUserOrder");
        Assert.Equal((placed.GetProperty("orderId").GetInt64(), false), (order.GetProperty("id").GetInt64(), order.TryGetProperty("customTag", out _)));
        Assert.Equal(-2, await run.Net());
        Assert.Equal("control/orders", (await Truth(run)).GetProperty("commands")[0].GetProperty("path").GetString());
    }

    [Fact]
    public async Task OrdersAreFilledInPartsAndEndedByHand()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 3, limit: 7690m);
        await run.Pass(0.1);
        Assert.True((await Hand(run, $"orders/{id}/fill", new { size = 1 })).GetProperty("success").GetBoolean());
        JsonElement part = await run.Order(id);
        Assert.Equal((1, 1, 7690m), (part.GetProperty("status").GetInt32(), part.GetProperty("fillVolume").GetInt32(), part.GetProperty("filledPrice").GetDecimal()));
        await Hand(run, $"orders/{id}/expire", new { });
        Assert.Equal(4, (await run.Order(id)).GetProperty("status").GetInt32());
        // A late fill of an order that is over.
        Assert.True((await Hand(run, $"orders/{id}/fill", new { size = 1, price = 7690.25m })).GetProperty("success").GetBoolean());
        JsonElement late = await run.Order(id);
        Assert.Equal((4, 2, 2), (late.GetProperty("status").GetInt32(), late.GetProperty("fillVolume").GetInt32(), await run.Net()));
        Assert.Equal("The order is over.", (await Hand(run, $"orders/{id}/cancel", new { })).GetProperty("errorMessage").GetString());
        Assert.Equal("There is no order 7.", (await Hand(run, "orders/7/reject", new { })).GetProperty("errorMessage").GetString());
        Assert.Equal("The price is 7690.1; expected a multiple of 0.25.", (await Hand(run, $"orders/{id}/fill", new { price = 7690.1m })).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task ATradeIsCorrectedAndPositionMoneyAndOrderFollow()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { Fee = 0, Commission = 0 }] });
        long id = await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        long trade = (await run.Event("GatewayUserTrade")).Data.GetProperty("id").GetInt64();
        await Hand(run, $"trades/{trade}/correct", new { price = 7701m });
        (int action, JsonElement voided) = await run.Event("GatewayUserTrade");
        (int next, JsonElement corrected) = await run.Event("GatewayUserTrade");
        Assert.Equal((1, true, trade), (action, voided.GetProperty("voided").GetBoolean(), voided.GetProperty("id").GetInt64()));
        Assert.Equal((0, 7701m, id, 2), (next, corrected.GetProperty("price").GetDecimal(), corrected.GetProperty("orderId").GetInt64(), corrected.GetProperty("size").GetInt32()));
        Assert.Equal(7701m, Assert.Single(await run.List("Position/searchOpen", "positions")).GetProperty("averagePrice").GetDecimal());
        Assert.Equal((7701m, 2), ((await run.Order(id)).GetProperty("filledPrice").GetDecimal(), await run.Net()));
        Assert.Equal("The trade is voided already.", (await Hand(run, $"trades/{trade}/void", new { })).GetProperty("errorMessage").GetString());
    }

    [Fact]
    public async Task VoidingWhatClosedAPositionOpensItAgainAtItsPrice()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { Fee = 0, Commission = 0 }] });
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        await run.Place(type: 2, side: 1, size: 2);
        await run.Pass(0.1);
        // Bought at 7700.25 and sold at 7700.00: 25 dollars lost on two contracts.
        Assert.Equal(49_975m, await run.Balance());
        long closing = (await run.List("Trade/search", "trades"))[0].GetProperty("id").GetInt64();
        await Hand(run, $"trades/{closing}/void", new { });
        JsonElement position = Assert.Single(await run.List("Position/searchOpen", "positions"));
        Assert.Equal((2, 7700.25m, 50_000m), (position.GetProperty("size").GetInt32(), position.GetProperty("averagePrice").GetDecimal(), await run.Balance()));
    }

    [Fact]
    public async Task AWebPageGetsNoHand()
    {
        await using TradingRun run = await TradingRun.Start();
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using HttpResponseMessage page = await http.PostAsync(new Uri(run.Gateway.Server.BaseAddress, "/control/orders"), new StringContent("""{"accountId":1001,"contractId":"ES","type":2,"side":0,"size":1}"""), RawHub.Patience);
        Assert.Equal(HttpStatusCode.Forbidden, page.StatusCode);
        Assert.Empty(await run.List("Order/search", "orders"));
    }

    private static async Task<JsonElement> Truth(TradingRun run, string query = "")
    {
        using HttpResponseMessage answer = await run.Gateway.Send($"/control/truth{query}", "", method: HttpMethod.Get);
        return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(RawHub.Patience));
    }

    private static async Task<JsonElement> Hand(TradingRun run, string path, object body)
    {
        (HttpStatusCode status, JsonElement answer) = await run.Gateway.Post($"/control/{path}", JsonSerializer.Serialize(body));
        Assert.Equal(HttpStatusCode.OK, status);
        return answer;
    }
}
