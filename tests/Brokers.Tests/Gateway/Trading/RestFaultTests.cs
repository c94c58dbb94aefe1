using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>Each fault of REST, by what a bare client sees of it.</summary>
public sealed class RestFaultTests
{
    [Theory]
    [InlineData("rate-limit", HttpStatusCode.TooManyRequests)]
    [InlineData("bad-gateway", HttpStatusCode.BadGateway)]
    [InlineData("unauthorized", HttpStatusCode.Unauthorized)]
    [Trait("fault", "rate-limit")]
    [Trait("fault", "bad-gateway")]
    [Trait("fault", "unauthorized")]
    public async Task AStatusComesInsteadOfAnAnswerAndNothingIsDone(string fault, HttpStatusCode status)
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject(fault);
        using HttpResponseMessage answer = await run.RawPlace();
        Assert.Equal(status, answer.StatusCode);
        await run.Heal();
        Assert.Empty(await run.List("Order/search", "orders"));
    }

    [Fact]
    public async Task LoginsPassWhileAllElseIsUnauthorized()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("unauthorized");
        Assert.NotEmpty(await run.Gateway.LogIn());
    }

    [Fact]
    [Trait("fault", "html")]
    public async Task APageOfHtmlComesWithSuccess()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("html", new { path = "searchOpen" });
        using HttpResponseMessage answer = await run.RawSearch();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("<html>", await answer.Content.ReadAsStringAsync(RawHub.Patience), StringComparison.Ordinal);
        Assert.NotEqual(0, await run.Place(type: 2, side: 0, size: 1));
    }

    [Theory]
    [InlineData("lost-request", 0)]
    [InlineData("lost-reply", 1)]
    [Trait("fault", "lost-request")]
    [Trait("fault", "lost-reply")]
    public async Task ACutConnectionTellsNotWhetherTheOrderExists(string fault, int orders)
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject(fault, new { path = "Order/place", count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => run.RawPlace("mine"));
        Assert.Equal(orders, (await run.List("Order/search", "orders")).Length);
    }

    [Fact]
    [Trait("fault", "no-reply")]
    public async Task AnAcceptedOrderIsNeverAnswered()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("no-reply", new { path = "Order/place", count = 1 });
        using var impatience = new CancellationTokenSource();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(run.Gateway.Server.BaseAddress, "/api/Order/place"));
        request.Headers.Authorization = new("Bearer", run.Token);
        request.Content = new StringContent($$"""{"accountId":1001,"contractId":"{{TradingRun.Es}}","type":2,"side":0,"size":1,"customTag":"lost"}""");
        Task<HttpResponseMessage> asked = http.SendAsync(request, impatience.Token);
        (_, JsonElement order) = await run.Event("GatewayUserOrder");
        Assert.Equal("lost", order.GetProperty("customTag").GetString());
        Assert.False(asked.IsCompleted);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    [Trait("fault", "late-reply")]
    public async Task EventsComeBeforeALateReply()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("late-reply", new { path = "Order/place", delay = 3 });
        Task<HttpResponseMessage> asked = run.RawPlace();
        await run.OrderEvent();
        await run.Pass(1);
        Assert.Equal(2, (await run.OrderEvent()).Status);
        Assert.False(asked.IsCompleted);
        // The delay begins somewhat after the event was sent: how much of the time that has passed counts is not known.
        while (!asked.IsCompleted) await run.Pass(1);
        using HttpResponseMessage answer = await asked;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    [Trait("fault", "slow-request")]
    public async Task ASlowRequestIsCarriedOutLater()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("slow-request", new { path = "Order/place", delay = 3 });
        Task<HttpResponseMessage> asked = run.RawPlace();
        await run.Gateway.Until(() => run.Struck() == 1);
        Assert.Empty(await run.List("Order/search", "orders"));
        while (!asked.IsCompleted) await run.Pass(1);
        using HttpResponseMessage answer = await asked;
        Assert.Single(await run.List("Order/search", "orders"));
    }

    [Fact]
    [Trait("fault", "reject")]
    public async Task AnOrderIsRefusedAndNoneExists()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("reject", new { count = 3 });
        for (int i = 0; i < 3; i++) Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        Assert.Empty(await run.List("Order/search", "orders"));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
    }

    [Fact]
    [Trait("fault", "order-pending")]
    public async Task AnUnknownOutcomeIsCodeSixAndTheOrderExists()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("order-pending");
        JsonElement answer = await run.TryPlace(type: 2, side: 0, size: 1, tag: "t");
        Assert.Equal(6, TradingRun.Outcome(answer).Code);
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("orderId").ValueKind);
        Assert.Equal("t", Assert.Single(await run.List("Order/search", "orders")).GetProperty("customTag").GetString());
    }

    [Theory]
    [InlineData("empty-snapshot", 0)]
    [InlineData("short-snapshot", 1)]
    [Trait("fault", "empty-snapshot")]
    [Trait("fault", "short-snapshot")]
    public async Task SnapshotsLackOrders(string fault, int left)
    {
        await using TradingRun run = await TradingRun.Start();
        for (int i = 0; i < 3; i++) await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        await run.Inject(fault);
        Assert.Equal(left, (await run.List("Order/searchOpen", "orders")).Length);
        await run.Heal();
        Assert.Equal(3, (await run.List("Order/searchOpen", "orders")).Length);
    }

    [Fact]
    [Trait("fault", "stale-snapshot")]
    public async Task ASnapshotStaysAsItWas()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("stale-snapshot", new { path = "searchOpen" });
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        Assert.Empty(await run.List("Order/searchOpen", "orders"));
        await run.Heal();
        Assert.Single(await run.List("Order/searchOpen", "orders"));
    }

    [Fact]
    [Trait("fault", "stalled-bars")]
    public async Task BarsAreStalled()
    {
        var market = new ScriptedMarket("ES");
        for (int minute = 0; minute < 5; minute++) market.Trade(-300 + minute * 60, 7700 + minute);
        await using TradingRun run = await TradingRun.Start(market.Trade(1, 7700));
        object asked = new { contractId = TradingRun.Es, live = false, startTime = "2026-08-19T14:00:00Z", endTime = "2026-08-19T16:00:00Z", unit = 2, unitNumber = 1, limit = 100, includePartialBar = true };
        int whole = (await run.Post("History/retrieveBars", asked)).GetProperty("bars").GetArrayLength();
        await run.Inject("stalled-bars", new { delay = 150 });
        JsonElement[] stalled = [.. (await run.Post("History/retrieveBars", asked)).GetProperty("bars").EnumerateArray()];
        // The market stands at 15:00: what began after 14:57:30 is missing.
        Assert.True(stalled.Length < whole);
        Assert.Equal(new DateTimeOffset(2026, 8, 19, 14, 57, 0, TimeSpan.Zero), stalled[0].GetProperty("t").GetDateTimeOffset());
    }

    [Fact]
    [Trait("fault", "wrong-tick")]
    public async Task TheTickSizeIsWrong()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Inject("wrong-tick");
        Assert.Equal(2.5m, (await run.Post("Contract/searchById", new { contractId = TradingRun.Es })).GetProperty("contract").GetProperty("tickSize").GetDecimal());
    }

    [Fact]
    [Trait("fault", "unknown-field")]
    [Trait("fault", "unknown-state")]
    [Trait("fault", "number-strings")]
    public async Task AnswersHaveWhatNobodyKnows()
    {
        await using TradingRun run = await TradingRun.Start();
        await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(0.1);
        foreach (string fault in new[] { "unknown-field", "unknown-state", "number-strings" }) await run.Inject(fault);
        JsonElement answer = await run.Post("Order/searchOpen", new { accountId = 1001 });
        Assert.True(answer.TryGetProperty("fromTheFuture", out _));
        JsonElement order = answer.GetProperty("orders")[0];
        Assert.True(order.TryGetProperty("fromTheFuture", out _));
        Assert.Equal(99, order.GetProperty("status").GetInt32());
        Assert.Equal(7699m, decimal.Parse(order.GetProperty("limitPrice").GetString()!, CultureInfo.InvariantCulture));
    }
}
