using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Engine;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>However the connection ends, it comes back with everything subscribed.</summary>
public sealed class ConnectionTests
{
    private const string Es = "CON.F.US.EP.U26";
    private const string NextEs = "CON.F.US.EP.Z26";

    [Fact]
    public async Task AnEndedSessionIsAnsweredWithANewTokenAndANewConnectionNoSoonerThanAfterTwoSeconds()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        string before = gateway.Hub.Token;
        DateTimeOffset ended = gateway.Time.GetUtcNow();

        await gateway.Hub.SendRecord("""{"type":1,"target":"GatewayLogout","arguments":["session taken over"]}""");
        await run.Until(() => gateway.HubCount == 2, market);
        TimeSpan waited = gateway.Time.GetUtcNow() - ended;
        await run.Until(() => run.IsLive(0), market);

        Assert.True(waited >= TimeSpan.FromSeconds(2), $"came back after {waited}");
        Assert.NotEqual(before, gateway.Hub.Token);
        Assert.True(run.Log.Has("another program uses the same login"));
        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
    }

    /// <summary>Two programs that take the session from each other would do so for ever: this one waits longer each time.</summary>
    [Fact]
    public async Task ASessionThatIsTakenAgainAndAgainIsNotFoughtFor()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        List<DateTimeOffset> connected = [];
        for (int i = 1; i <= 8; i++)
        {
            await run.Until(() => gateway.HubCount == i && run.Feed.Health.IsConnected, stepMilliseconds: 200);
            connected.Add(gateway.Time.GetUtcNow());
            await gateway.Hub.SendRecord("""{"type":1,"target":"GatewayLogout","arguments":[null]}""");
        }

        Assert.True(connected[7] - connected[6] >= TimeSpan.FromSeconds(48), $"the last wait was {connected[7] - connected[6]}");
    }

    [Theory]
    [InlineData("""{"type":7,"error":"Connection closed with an error."}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""{"type":7,"allowReconnect":true}""")]
    public async Task ACloseMessageIsFollowedByANewConnectionAndTheSameSubscriptions(string close)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], depth: true);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        string[] before = [.. gateway.Hub.Calls];

        await gateway.Hub.SendRecord(close);
        await run.Until(() => !run.IsLive(0), market);
        await run.Until(() => run.IsLive(0), market);

        Assert.Equal(["SubscribeContractQuotes " + Es, "SubscribeContractTrades " + Es, "SubscribeContractMarketDepth " + Es], before);
        Assert.Equal(before, gateway.Hub.Calls);
        Assert.Equal(1, run.Feed.Health.Reconnects);
    }

    [Fact]
    public async Task AGatewayInMaintenanceIsTriedForEverWithGrowingWaits()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        int attempts = 0;
        gateway.AcceptsToken = _ => ++attempts < 0;
        gateway.Hub.Abort();

        await run.For(TimeSpan.FromHours(12), stepMilliseconds: 2_000);
        int tries = attempts;
        gateway.AcceptsToken = _ => true;
        await run.Until(() => run.IsLive(0), market, stepMilliseconds: 200);

        Assert.InRange(tries, 12 * 50, 12 * 80);
    }

    [Fact]
    public void WaitsGrowAreStretchedByChanceAndBeginAnewOnlyAfterAStableConnection()
    {
        var delay = new ReconnectDelay(new(), new(1));
        double[] nominal = [0, 1, 2, 5, 10, 30, 60, 60];

        double[] waits = [.. nominal.Select(_ => delay.Next().TotalSeconds)];
        delay.Lived(TimeSpan.FromSeconds(59));
        double after59 = delay.Next().TotalSeconds;
        delay.Lived(TimeSpan.FromSeconds(60));

        Assert.All(waits.Zip(nominal), pair => Assert.InRange(pair.First, pair.Second * 0.8, pair.Second * 1.2));
        Assert.NotEqual(waits[6], waits[7]);
        Assert.InRange(after59, 48, 72);
        Assert.Equal(0, delay.Next().TotalSeconds);
    }

    [Fact]
    public async Task WhenTheContractRollsTheNewOneIsSubscribedAndTheOldOneLeft()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es, NextEs);
        await run.Until(() => run.IsLive(0), market);
        gateway.Contracts[0]!["activeContract"] = false;
        gateway.Contracts.Add(ScriptedGateway.Contract(NextEs, "F.US.EP", 0.25m, 12.5m));

        // The session ends at 16:00 in Chicago.
        gateway.Time.SetUtcNow(new DateTimeOffset(2026, 8, 19, 20, 59, 40, TimeSpan.Zero));
        await run.Until(() => gateway.Hub.IsSubscribed("Trades", NextEs), market);
        await run.Until(() => run.IsLive(0), market);
        int before = run.Inputs.Count;
        await run.For(TimeSpan.FromSeconds(5), market);

        Assert.False(gateway.Hub.IsSubscribed("Trades", Es));
        Assert.True(run.Inputs.Count > before);
        Assert.Equal(1, gateway.HubCount);
        Assert.True(run.Log.Has($"rolls from {Es} to {NextEs}"));
    }

    [Fact]
    public async Task ATickThatConflictsAtARollLeavesTheOldContractInPlaceAndSaysSo()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        gateway.Contracts[0] = ScriptedGateway.Contract(NextEs, "F.US.EP", 0.5m, 12.5m);

        gateway.Time.SetUtcNow(new DateTimeOffset(2026, 8, 19, 20, 59, 40, TimeSpan.Zero));
        await run.Until(() => run.Log.Has("tick size 0.5 worth 12.5"), market);

        Assert.True(gateway.Hub.IsSubscribed("Trades", Es));
    }

    [Fact]
    public async Task AKeyThatIsRefusedAgainAndAgainEndsTheFeedWithTheCure()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        await run.Until(() => run.Feed.Health.IsConnected);
        gateway.AcceptsToken = _ => false;
        gateway.Interfere = (path, http) => path.StartsWith("/api/Auth", StringComparison.Ordinal) ? LoginTests.Fail(http, "refused") : Task.FromResult(false);

        gateway.Hub.Abort();
        var fault = await Assert.ThrowsAsync<Live.FeedException>(() => run.Until(() => false));

        Assert.Contains("Check TRADEWIND_PROJECTX_USER", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatTheFeedDoesIsSeenInItsHealth()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await gateway.Hub.SendRecord("rubbish");
        await run.Until(() => run.Feed.Health.Unreadable == 1, market);

        Assert.Equal((true, 0, "connected"), (run.Feed.Health.IsConnected, run.Feed.Health.Reconnects, run.Feed.Health.State));
        Assert.True(run.Feed.Health.Messages > 0);
        Assert.Equal(("ES", 0), (run.Feed.Health.Symbols[0].Symbol, run.Feed.Health.Symbols[0].Index));
    }
}
