using System.Net;
using System.Text.Json;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Gateway;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway.Quirks;

/// <summary>Quirks of logins, limits and the form of answers, each by what a bare client sees.</summary>
public sealed class SessionQuirkTests
{
    private const string Available = """{"live":false}""";

    private static GatewayOptions With(params Quirk[] quirks) => new() { Quirks = quirks };

    [Fact]
    [Trait("quirk", "fixed-windows")]
    public async Task AFixedWindowBeginsAnewAtItsTimeWhateverCameBefore()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.FixedWindows));
        // To a minute of the clock, and 50 seconds on: a sliding window would count what is asked now for another minute.
        string token = await gateway.LogIn();
        long second = gateway.Time.TimestampFrequency;
        TimeSpan toMinute = TimeSpan.FromSeconds(60 - (double)(gateway.Time.GetTimestamp() % (60 * second)) / second);
        gateway.Time.Advance(toMinute + TimeSpan.FromSeconds(50));
        for (int i = 0; i < 200; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, token)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.Post("/api/Contract/available", Available, token)).Status);
        gateway.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, token)).Status);
    }

    [Fact]
    [Trait("quirk", "limits-per-token")]
    public async Task EachTokenHasItsOwnBudget()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.LimitsPerToken));
        string first = await gateway.LogIn(), second = await gateway.LogIn();
        for (int i = 0; i < 200; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, first)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.Post("/api/Contract/available", Available, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, second)).Status);
    }

    [Fact]
    [Trait("quirk", "no-new-token")]
    public async Task ValidateGivesNoNewTokenAndTheOldOneGoesOn()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.NoNewToken));
        string token = await gateway.LogIn();
        (_, JsonElement answer) = await gateway.Post("/api/Auth/validate", "", token);
        Assert.Equal((true, JsonValueKind.Null), (answer.GetProperty("success").GetBoolean(), answer.GetProperty("newToken").ValueKind));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, token)).Status);
    }

    [Fact]
    [Trait("quirk", "revalidates-expired")]
    public async Task AnExpiredTokenIsRenewedForAWeekAndGoodForNothingElse()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.RevalidatesExpired));
        string token = await gateway.LogIn();
        gateway.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post("/api/Contract/available", Available, token)).Status);
        (HttpStatusCode status, JsonElement answer) = await gateway.Post("/api/Auth/validate", "", token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", Available, answer.GetProperty("newToken").GetString())).Status);
        gateway.Time.Advance(TimeSpan.FromDays(7));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post("/api/Auth/validate", "", token)).Status);
    }

    [Fact]
    [Trait("quirk", "one-session")]
    public async Task ALoginElsewhereEndsTheTokenAndLogsTheHubOut()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.OneSession));
        string second = await run.Gateway.LogIn();
        Assert.Single(await run.Hub.Event("GatewayLogout"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await run.Gateway.Post("/api/Contract/available", Available, run.Token)).Status);
        Assert.Equal(HttpStatusCode.OK, (await run.Gateway.Post("/api/Contract/available", Available, second)).Status);
    }

    [Fact]
    [Trait("quirk", "expiry-closes-hubs")]
    public async Task AHubConnectionWhoseTokenExpiresIsLoggedOut()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.ExpiryClosesHubs) with { TokenLifetime = TimeSpan.FromSeconds(5) });
        for (int second = 0; second < 6; second++) await run.Gateway.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await run.Hub.Event("GatewayLogout"));
        Assert.Equal(7, (await run.Hub.Next())!.Value.GetProperty("type").GetInt32());
    }

    [Fact]
    [Trait("quirk", "hub-token-in-query")]
    public async Task AHubTakesTheTokenFromTheQueryAlone()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.HubTokenInQuery));
        string token = await gateway.LogIn();
        await Assert.ThrowsAnyAsync<System.Net.WebSockets.WebSocketException>(() => RawHub.Open(gateway.Server.BaseAddress, "market", token));
        await using RawHub hub = await RawHub.Open(gateway.Server.BaseAddress, "market", token, byQuery: true);
    }

    [Fact]
    [Trait("quirk", "text-plain")]
    public async Task AnswersSayThatTheyArePlainText()
    {
        await using RunningGateway gateway = await RunningGateway.Start(With(Quirk.TextPlain));
        using HttpResponseMessage answer = await gateway.Send("/api/Auth/loginKey", """{"userName":"demo","apiKey":"demo"}""");
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(RawHub.Patience)).GetProperty("success").GetBoolean());
    }

    [Fact]
    [Trait("quirk", "zulu-times")]
    public async Task TimesEndInZOnRestAndBothHubs()
    {
        await using TradingRun run = await TradingRun.Start(TradingRun.Book().Trade(1, 7700), With(Quirk.ZuluTimes));
        await using RawHub market = await RawHub.Open(run.Gateway.Server.BaseAddress, "market", run.Token);
        await market.Invoke("SubscribeContractTrades", TradingRun.Es);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        await run.Pass(1.5);
        Assert.Equal("2026-08-19T15:00:00Z", (await run.Order(id)).GetProperty("creationTimestamp").GetString());
        Assert.EndsWith("Z", (await run.Event("GatewayUserOrder")).Data.GetProperty("creationTimestamp").GetString(), StringComparison.Ordinal);
        Assert.Equal("2026-08-19T15:00:01Z", (await market.Event("GatewayTrade"))[1][0].GetProperty("timestamp").GetString());
    }

    [Fact]
    [Trait("quirk", "loose-decimals")]
    public async Task DecimalsHaveTrailingZerosAndExponents()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.LooseDecimals));
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        Assert.Equal("7699.000000000", (await run.Order(id)).GetProperty("limitPrice").GetRawText());
        Assert.Equal("7699.000000000", (await run.Event("GatewayUserOrder")).Data.GetProperty("limitPrice").GetRawText());
        JsonElement contract = (await run.Post("Contract/searchById", new { contractId = TradingRun.Es })).GetProperty("contract");
        Assert.Equal(("2.5E-1", 0.25m), (contract.GetProperty("tickSize").GetRawText(), contract.GetProperty("tickSize").GetDecimal()));
    }

    [Fact]
    [Trait("quirk", "old-open-api")]
    public async Task TheNewerEndpointsDoNotExist()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.OldOpenApi));
        foreach (string path in new[] { "Order/searchById", "Order/v2/query" })
        {
            using HttpResponseMessage answer = await run.Raw(path, new { accountId = 1001, orderId = 1, filter = new { accountId = 1001 } });
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using HttpResponseMessage other = await run.RawSearch();
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    [Trait("quirk", "two-digit-years")]
    public async Task ContractNamesHaveTwoDigitsOfTheYear()
    {
        await using TradingRun run = await TradingRun.Start(options: With(Quirk.TwoDigitYears));
        Assert.Equal("ESU26", (await run.Post("Contract/searchById", new { contractId = TradingRun.Es })).GetProperty("contract").GetProperty("name").GetString());
    }
}
