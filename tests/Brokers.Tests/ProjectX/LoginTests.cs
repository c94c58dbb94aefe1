using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The token: got, renewed in time, replaced when it is refused, and never shown.</summary>
public sealed class LoginTests
{
    private const string Login = "/api/Auth/loginKey";
    private const string Validate = "/api/Auth/validate";

    [Fact]
    public async Task ATokenIsRenewedBeforeItExpiresForThirtyDaysWithoutASecondLogin()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        await run.Until(() => run.Feed.Health.IsConnected);
        string[] expired = [];
        gateway.Interfere = (path, http) =>
        {
            if (IsExpired(gateway, http)) expired = [.. expired, path];
            return Task.FromResult(false);
        };

        await run.For(TimeSpan.FromDays(30), stepMilliseconds: 30 * 60_000);

        Assert.Equal(1, gateway.CallsOf(Login));
        Assert.InRange(gateway.CallsOf(Validate), 30, 45);
        Assert.Empty(expired);
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("401")]
    [InlineData("502")]
    public async Task ARenewalThatFailsIsFollowedByALogin(string how)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path == Validate ? Fail(http, how) : Task.FromResult(false);
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        await run.Until(() => run.Feed.Health.IsConnected);

        await run.Until(() => gateway.CallsOf(Login) == 2, stepMilliseconds: 5 * 60_000);

        Assert.Equal(1, gateway.CallsOf(Validate));
        Assert.InRange(gateway.Time.GetUtcNow(), gateway.Time.Start.AddHours(17), gateway.Time.Start.AddHours(21));
    }

    [Fact]
    public async Task ATokenThatComesBackEmptyLeavesTheOldOneUntilItsEndIsNear()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = async (path, http) =>
        {
            if (path != Validate) return false;
            await ScriptedGateway.Json(http, new JsonObject { ["success"] = true, ["errorCode"] = 0, ["newToken"] = null });
            return true;
        };
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        await run.Until(() => run.Feed.Health.IsConnected);

        await run.Until(() => gateway.CallsOf(Login) == 2, stepMilliseconds: 5 * 60_000);

        Assert.InRange(gateway.Time.GetUtcNow(), gateway.Time.Start.AddHours(20), gateway.Time.Start.AddHours(24));
    }

    [Fact]
    public async Task AReadThatIsRefusedWith401IsRepeatedOnceWithANewToken()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        string? revoked = null;
        gateway.Interfere = (path, http) =>
        {
            string token = http.Request.Headers.Authorization.ToString();
            if (path.StartsWith("/api/Contract", StringComparison.Ordinal)) revoked ??= token;
            if (revoked is null || token != revoked) return Task.FromResult(false);
            http.Response.StatusCode = 401;
            return Task.FromResult(true);
        };
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);

        await run.Until(() => run.Feed.Health.IsConnected);

        Assert.Equal(2, gateway.CallsOf(Login));
        Assert.Equal(2, gateway.CallsOf("/api/Contract/available"));
        Assert.DoesNotContain(gateway.Hub.Token, revoked!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHubThatRefusesTheTokenIsAskedAgainWithANewOne()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        string? refused = null;
        gateway.AcceptsToken = token => token != (refused ??= token);
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);

        await run.Until(() => run.Feed.Health.IsConnected);

        Assert.NotEqual(refused, gateway.Hub.Token);
        Assert.Equal(2, gateway.CallsOf(Login));
    }

    [Fact]
    public async Task ManyWhoNeedATokenAtOnceCauseOneLogin()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using var feed = new ProjectXFeed(FeedRun.Options(gateway), gateway.Time);
        Timestamp from = Timestamp.From(gateway.Time.GetUtcNow());

        Task[] reads = [.. Enumerable.Range(0, 8).Select(_ => feed.HistoryAsync(FeedRun.Find("ES"), Timeframe.OneMinute, from, from + TimeSpan.FromHours(1), ScriptedGateway.Patience))];
        using var clock = new SteadyClock(gateway);
        await clock.Until(Task.WhenAll(reads), feed);

        Assert.Equal(1, gateway.CallsOf(Login));
    }

    [Fact]
    public async Task TheTokenGoesIntoTheAddressOnlyWhenAskedFor()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using (FeedRun run = FeedRun.Start(gateway, ["ES"], FeedRun.Options(gateway) with { Hub = new() { TokenInUrl = true } }))
        {
            await run.Until(() => run.Feed.Health.IsConnected);
            Assert.EndsWith("canary-token-9c2a", gateway.Hub.Token, StringComparison.Ordinal);
        }
    }

    /// <summary>Tries everything that could make a library print what it holds, and looks for key and token in what came of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NeitherKeyNorTokenIsEverShown(bool tokenInUrl)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        ProjectXOptions options = FeedRun.Options(gateway) with { Hub = new() { TokenInUrl = tokenInUrl } };
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], options);
        await run.Until(() => run.Feed.Health.IsConnected);
        gateway.AcceptsToken = _ => false;
        gateway.Hub.Abort();
        await run.Until(() => gateway.CallsOf(Login) > 4);
        foreach (string how in (string[])["502", "html", "drop", "garbage", "429"])
        {
            gateway.Interfere = (_, http) => Fail(http, how);
            await run.For(TimeSpan.FromMinutes(3), stepMilliseconds: 500);
        }
        gateway.Interfere = (_, http) => Fail(http, "401");
        await Assert.ThrowsAsync<FeedException>(() => run.Until(() => false, stepMilliseconds: 500));

        string seen = run.Log.Everything + run.Feed.Health + options + System.Text.Json.JsonSerializer.Serialize(options) + run.Running.Exception;
        Assert.NotEmpty(run.Log.Everything);
        Assert.DoesNotContain("canary", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"exp":1000}""", 100, 900)]
    [InlineData("""{"exp":1000,"iat":100}""", 100, 900)]
    [InlineData("""{"exp":1000,"iat":100}""", 50, 900)]
    [InlineData("""{"exp":1000,"iat":100}""", 400, 600)]
    [InlineData("""{"exp":1000,"iat":100}""", 5000, 900)]
    [InlineData("""{"exp":1000,"iat":-99999}""", 100, 900)]
    [InlineData("""{"exp":1000}""", 5000, null)]
    [InlineData("""{"exp":"soon"}""", 100, null)]
    [InlineData("""{}""", 100, null)]
    [InlineData("""[1]""", 100, null)]
    [InlineData("not json", 100, null)]
    public void ALifetimeIsReadFromTheTokensClaims(string claims, int now, int? seconds)
    {
        string middle = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(claims));

        Assert.Equal(seconds, TokenLifetime.Read(new($"e30.{middle}.x"), DateTimeOffset.FromUnixTimeSeconds(now))?.TotalSeconds);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.!!!.c")]
    [InlineData("..")]
    public void AnOpaqueTokenHasNoLifetime(string token) => Assert.Null(TokenLifetime.Read(new(token), DateTimeOffset.UnixEpoch));

    internal static async Task<bool> Fail(HttpContext http, string how)
    {
        switch (how)
        {
            case "refused": await ScriptedGateway.Json(http, new JsonObject { ["success"] = false, ["errorCode"] = 3, ["errorMessage"] = null }); break;
            case "429":
                http.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
                http.Response.Headers.RetryAfter = "7";
                break;
            case "html":
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("\n <!DOCTYPE html><html>Sign in to the airport's network</html>");
                break;
            case "redirect":
                http.Response.Redirect("http://127.0.0.1/sign-in");
                break;
            case "drop": http.Abort(); break;
            case "garbage": await http.Response.WriteAsync("""{"success":tr"""); break;
            case "hang": await new TaskCompletionSource().Task.WaitAsync(http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); break;
            default: http.Response.StatusCode = int.Parse(how, System.Globalization.CultureInfo.InvariantCulture); break;
        }
        return true;
    }

    private static bool IsExpired(ScriptedGateway gateway, HttpContext http)
    {
        string[] parts = http.Request.Headers.Authorization.ToString().Split('.');
        if (parts.Length != 3) return false;
        JsonNode claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        return (long)claims["exp"]! <= gateway.Time.GetUtcNow().ToUnixTimeSeconds();
    }
}
