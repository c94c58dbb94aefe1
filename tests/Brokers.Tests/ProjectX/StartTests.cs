using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>What the user is told when the feed cannot start: one sentence of what, one of the cure.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData(3, "ProjectX refused the login of user 'trader'", "InvalidCredentials", "TRADEWIND_PROJECTX_KEY")]
    [InlineData(1, "ProjectX refused the login of user 'trader'", "UserNotFound", "login name, not the e-mail")]
    [InlineData(7, "ProjectX refused the login of user 'trader'", "AgreementsNotSigned", "Sign the agreements")]
    [InlineData(9, "ProjectX refused the login of user 'trader'", "ApiSubscriptionNotFound", "Subscribe to API access")]
    [InlineData(10, "ProjectX refused the login of user 'trader'", "ApiKeyAuthenticationDisabled", "Enable API keys")]
    public async Task ARefusedLoginEndsTheFeedAtOnceAndNamesTheCure(int code, params string[] parts)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = async (_, http) =>
        {
            await ScriptedGateway.Json(http, new JsonObject { ["token"] = null, ["success"] = false, ["errorCode"] = code, ["errorMessage"] = null });
            return true;
        };
        ProjectXOptions options = FeedRun.Options(gateway) with { StartPatience = TimeSpan.FromHours(1) };

        string message = await Refusal(gateway, options);

        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.Single(gateway.Calls);
    }

    [Theory]
    [InlineData("html", "a web page instead of JSON", "captive portal")]
    [InlineData("redirect", "a redirect", "captive portal")]
    [InlineData("502", "502 BadGateway", "Check that the gateway runs")]
    [InlineData("503", "503 ServiceUnavailable", "Check that the gateway runs")]
    [InlineData("429", "429 TooManyRequests", "end other programs")]
    [InlineData("drop", "broke off before it answered", "Check that the gateway runs")]
    [InlineData("garbage", "13 bytes that are not its reply", "address of a ProjectX gateway")]
    [InlineData("401", "401 Unauthorized", "TRADEWIND_PROJECTX_USER")]
    [InlineData("404", "404 NotFound", "address of a ProjectX gateway")]
    public async Task AGatewayThatIsNoneIsNamedWithTheCure(string how, string what, string cure)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (_, http) => LoginTests.Fail(http, how);

        string message = await Refusal(gateway, FeedRun.Options(gateway));

        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(cure, message, StringComparison.Ordinal);
        Assert.Contains(gateway.Address.ToString(), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGatewayThatNeverAnswersIsGivenUpAtTheDeadline()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (_, http) => LoginTests.Fail(http, "hang");

        string message = await Refusal(gateway, FeedRun.Options(gateway) with { RequestTimeout = TimeSpan.FromSeconds(3) }, alsoWhileAsked: true);

        Assert.Contains("did not answer within 3 s", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressWhereNobodyListensIsNamed()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using ScriptedGateway gateway = await ScriptedGateway.Start();

        string message = await Refusal(gateway, ProjectXOptions.At(new($"http://127.0.0.1:{port}")) with { UserName = "u", ApiKey = new("k"), StartPatience = TimeSpan.Zero });

        Assert.Contains($"http://127.0.0.1:{port}/api/Auth/loginKey cannot be reached (Connection refused)", message, StringComparison.Ordinal);
        Assert.Contains("TRADEWIND_PROJECTX_URL", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AGatewayThatComesUpWithinThePatienceIsWaitedFor()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (_, http) => gateway.Calls.Count < 4 ? LoginTests.Fail(http, "502") : Task.FromResult(false);
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], FeedRun.Options(gateway) with { StartPatience = TimeSpan.FromMinutes(1) });

        await run.Until(() => run.Feed.Health.IsConnected);
    }

    [Fact]
    public async Task WhatWasPreparedIsNotAskedForAgain()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = await FeedRun.StartPrepared(gateway, ["ES", "NQ"]);

        await run.Until(() => run.IsLive(0, 1), run.RandomMarket("CON.F.US.EP.U26", "CON.F.US.ENQ.U26"));

        Assert.Equal(1, gateway.CallsOf("/api/Auth/loginKey"));
        Assert.Equal(1, gateway.CallsOf("/api/Contract/available"));
    }

    [Fact]
    public async Task AProductWithoutAnActiveContractIsNamed()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Contracts[0]!["activeContract"] = false;

        string message = await Refusal(gateway, FeedRun.Options(gateway));

        Assert.Contains("no active contract of ES (product F.US.EP, simulated data)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tickSize", 0.5, "tick size 0.5 worth 12.5")]
    [InlineData("tickValue", 1.25, "tick size 0.25 worth 1.25")]
    public async Task AContractWhoseTickDiffersFromOursIsRefused(string member, double value, string theirs)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Contracts[0]![member] = value;

        string message = await Refusal(gateway, FeedRun.Options(gateway));

        Assert.Contains(theirs, message, StringComparison.Ordinal);
        Assert.Contains("ES is known here with tick size 0.25 worth 12.5", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AllFaultsOfTheOptionsAreNamedAtOnce()
    {
        var options = new ProjectXOptions
        {
            Url = new("ftp://x"),
            RequestTimeout = TimeSpan.Zero,
            Budget = new() { Share = 2 },
            Hub = new() { ReconnectDelays = [] },
            Liveness = new() { Floor = TimeSpan.FromMinutes(1), Ceiling = TimeSpan.FromSeconds(1) },
            Backfill = new() { Timeframe = Timeframe.Seconds(7), Held = 1 },
            Sanity = new() { JumpFraction = 0 },
        };

        string message = Assert.Throws<InputException>(() => new ProjectXFeed(options)).Message;

        foreach (string name in (string[])["Url is 'ftp://x/'", "user name is missing", "API key is missing", "RequestTimeout is 0 s", "Budget.Share is 2", "ReconnectDelays is empty", "Liveness.Ceiling is 1 s; it must be from 60 s", "Backfill.Timeframe is 7s", "Backfill.Held is 1", "Sanity.JumpFraction is 0"])
        {
            Assert.Contains(name, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheEnvironmentGivesAddressesUserAndKey()
    {
        ProjectXOptions options = ProjectXOptions.FromEnvironment(name => name switch
        {
            "TRADEWIND_PROJECTX_USER" => "me",
            "TRADEWIND_PROJECTX_KEY" => "key",
            "TRADEWIND_PROJECTX_URL" => "http://127.0.0.1:5055",
            "TRADEWIND_PROJECTX_USER_HUB" => "https://rtc.example/hubs/user",
            _ => null,
        });

        Assert.Equal(("me", "key"), (options.UserName, options.ApiKey.Reveal()));
        Assert.Equal(["http://127.0.0.1:5055/", "http://127.0.0.1:5055/hubs/market", "https://rtc.example/hubs/user"], new[] { options.Url, options.MarketHub, options.UserHub }.Select(uri => uri.ToString()));
    }

    [Fact]
    public void WithoutAnAddressTheGatewayIsTopstep()
    {
        ProjectXOptions options = ProjectXOptions.FromEnvironment(name => name.EndsWith("_USER", StringComparison.Ordinal) ? "me" : name.EndsWith("_KEY", StringComparison.Ordinal) ? "key" : null);

        Assert.Equal(["https://api.topstepx.com/", "https://rtc.topstepx.com/hubs/market"], new[] { options.Url, options.MarketHub }.Select(uri => uri.ToString()));
    }

    [Fact]
    public void AWrongEnvironmentIsNamedWithAllItsFaults()
    {
        string message = Assert.Throws<InputException>(() => ProjectXOptions.FromEnvironment(name => name == ProjectXOptions.UrlVariable ? "topstep" : null)).Message;

        Assert.Contains("TRADEWIND_PROJECTX_URL is 'topstep'", message, StringComparison.Ordinal);
        Assert.Contains("set TRADEWIND_PROJECTX_USER", message, StringComparison.Ordinal);
        Assert.Contains("set TRADEWIND_PROJECTX_KEY", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HistoryOfBarsByTradesIsRefusedInWords()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using var feed = new ProjectXFeed(FeedRun.Options(gateway), gateway.Time);
        Timestamp now = Timestamp.From(gateway.Time.GetUtcNow());
        Task asked = feed.HistoryAsync(FeedRun.Find("ES"), new(TimeframeKind.Trades, 100), now, now + TimeSpan.FromHours(1), ScriptedGateway.Patience);

        using var clock = new SteadyClock(gateway);
        var fault = await Assert.ThrowsAsync<FeedException>(() => clock.Until(asked, feed));

        Assert.Contains("no history in bars of 100t", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> Refusal(ScriptedGateway gateway, ProjectXOptions options, bool alsoWhileAsked = false)
    {
        await using var feed = new ProjectXFeed(options, gateway.Time);
        Task running = feed.RunAsync([new(0, FeedRun.Find("ES"))], Channel.CreateUnbounded<FeedInput>().Writer, ScriptedGateway.Patience);
        using var clock = new SteadyClock(gateway);
        return (await Assert.ThrowsAsync<FeedException>(() => clock.Until(running, feed, alsoWhileAsked))).Message;
    }
}
