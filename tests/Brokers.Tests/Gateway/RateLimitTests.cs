using System.Net;
using Tradewind.Gateway;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class RateLimitTests
{
    private const string Bars = """{"contractId":"CON.F.US.EP.U26","live":false,"startTime":"2026-08-19T00:00:00Z","endTime":"2026-08-20T00:00:00Z","unit":2,"unitNumber":1,"limit":10,"includePartialBar":true}""";

    [Fact]
    public async Task TheFiftyFirstHistoryRequestWithin30SecondsIs429()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string token = await gateway.LogIn();
        for (int i = 0; i < 50; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
        gateway.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
        gateway.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
        Assert.Equal(2, gateway.Server.Counters.Requests.RateLimited);
    }

    [Fact]
    [Trait("quirk", "retry-after")]
    public async Task HistoryHasABudgetOfItsOwnAndTheRestShareTwoHundredPer60Seconds()
    {
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { Quirks = [Quirk.RetryAfter] });
        string token = await gateway.LogIn();
        gateway.Time.Advance(TimeSpan.FromSeconds(20));
        for (int i = 0; i < 199; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/Contract/available", """{"live":false}""", token)).Status);
        using HttpResponseMessage refused = await gateway.Send("/api/Auth/loginKey", """{"userName":"demo","apiKey":"demo"}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(40), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
    }

    [Fact]
    public async Task LimitsCanBeSwitchedOff()
    {
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { RateLimits = false });
        string token = await gateway.LogIn();
        for (int i = 0; i < 60; i++) Assert.Equal(HttpStatusCode.OK, (await gateway.Post("/api/History/retrieveBars", Bars, token)).Status);
    }
}
