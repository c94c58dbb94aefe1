using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Tradewind.Gateway;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class AuthenticationTests
{
    private const string Accounts = "/api/Account/search";
    private const string AllAccounts = """{"onlyActiveAccounts":true}""";

    [Theory]
    [InlineData("demo", "demo", 0)]
    [InlineData("DEMO", "demo", 0)]
    [InlineData("nobody", "demo", 1)]
    [InlineData("demo", "wrong", 3)]
    [InlineData("demo", "DEMO", 3)]
    public async Task ALoginAnswersTheEnvelopeWithHttp200(string user, string key, int code)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/api/Auth/loginKey", $$"""{"userName":"{{user}}","apiKey":"{{key}}"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(code == 0, body.GetProperty("success").GetBoolean());
        Assert.Equal(code, body.GetProperty("errorCode").GetInt32());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("errorMessage").ValueKind);
        Assert.Equal(code == 0 ? JsonValueKind.String : JsonValueKind.Null, body.GetProperty("token").ValueKind);
        Assert.Equal(4, body.EnumerateObject().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("""{"userName":"demo"}""")]
    [InlineData("""{"userName":"demo","apiKey":null}""")]
    [InlineData("""{"userName":7,"apiKey":"demo"}""")]
    public async Task AMalformedLoginBodyIs400WithAProblemObject(string body)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        using HttpResponseMessage response = await gateway.Send("/api/Auth/loginKey", body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(RawHub.Patience));
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.False(problem.TryGetProperty("success", out _));
    }

    [Fact]
    public async Task ATokenIsAJwtWhoseExpiryIsInItsPayload()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string[] parts = (await gateway.LogIn()).Split('.');
        Assert.Equal(3, parts.Length);
        Assert.Equal("HS256", Decode(parts[0]).GetProperty("alg").GetString());
        Assert.Equal(gateway.Time.GetUtcNow().AddHours(24).ToUnixTimeSeconds(), Decode(parts[1]).GetProperty("exp").GetInt64());
    }

    [Fact]
    public async Task WithoutATokenOrWithAForgedOneTheAnswerIs401()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string token = await gateway.LogIn();
        string[] parts = token.Split('.');
        string forged = Encode("""{"sub":"demo","sid":"1","nbf":0,"exp":99999999999}""");
        string unsigned = $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
        foreach (string? wrong in new[] { null, "nonsense", $"{parts[0]}.{forged}.{parts[2]}", unsigned, token[..^4] + "AAAA" })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post(Accounts, AllAccounts, wrong)).Status);
        }
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post(Accounts, AllAccounts, token)).Status);
    }

    [Fact]
    public async Task ATokenEndsWhenItsLifetimeIsOver()
    {
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { TokenLifetime = TimeSpan.FromMinutes(5) });
        string token = await gateway.LogIn();
        gateway.Time.Advance(TimeSpan.FromSeconds(299));
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post(Accounts, AllAccounts, token)).Status);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post(Accounts, AllAccounts, token)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post("/api/Auth/validate", "", token)).Status);
        await Assert.ThrowsAsync<WebSocketException>(() => RawHub.Open(gateway.Server.BaseAddress, "market", token));
    }

    [Fact]
    public async Task ValidateGivesANewTokenThatOutlivesTheOldOne()
    {
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { TokenLifetime = TimeSpan.FromMinutes(5) });
        string first = await gateway.LogIn();
        gateway.Time.Advance(TimeSpan.FromMinutes(4));
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/api/Auth/validate", "", first);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("success").GetBoolean());
        string second = body.GetProperty("newToken").GetString()!;
        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post(Accounts, AllAccounts, first)).Status);
        gateway.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post(Accounts, AllAccounts, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post(Accounts, AllAccounts, second)).Status);
    }

    [Fact]
    public async Task LogoutEndsItsOwnTokenAndNoOther()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string first = await gateway.LogIn();
        string second = await gateway.LogIn();
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/api/Auth/logout", "", first);
        Assert.Equal((HttpStatusCode.OK, true, 3), (status, body.GetProperty("success").GetBoolean(), body.EnumerateObject().Count()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post(Accounts, AllAccounts, first)).Status);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Post(Accounts, AllAccounts, second)).Status);
    }

    [Fact]
    public async Task PathsAreCaseInsensitiveAndPingNeedsNoToken()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        Assert.True((await gateway.Post("/API/auth/LOGINKEY", """{"userName":"demo","apiKey":"demo"}""")).Body.GetProperty("success").GetBoolean());
        using HttpResponseMessage ping = await gateway.Send("/api/Status/ping", "", method: HttpMethod.Get);
        Assert.Equal("pong", await ping.Content.ReadAsStringAsync(RawHub.Patience));
    }

    [Fact]
    public async Task TheAccountIsSimulatedAndCanTrade()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        (_, JsonElement body) = await gateway.Post(Accounts, AllAccounts, await gateway.LogIn());
        JsonElement account = Assert.Single(body.GetProperty("accounts").EnumerateArray());
        Assert.Equal(["id", "name", "balance", "canTrade", "isVisible", "simulated"], account.EnumerateObject().Select(member => member.Name));
        Assert.True(account.GetProperty("simulated").GetBoolean());
        Assert.Equal(50_000m, account.GetProperty("balance").GetDecimal());
    }

    private static JsonElement Decode(string part) => JsonSerializer.Deserialize<JsonElement>(System.Buffers.Text.Base64Url.DecodeFromChars(part));

    private static string Encode(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
