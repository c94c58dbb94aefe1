using Tradewind.Core.Engine;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The socket says nothing about the data: what counts is what comes.</summary>
public sealed class LivenessTests
{
    private const string Es = "CON.F.US.EP.U26";
    private const string Nq = "CON.F.US.ENQ.U26";

    [Fact]
    public async Task AStreamThatFreezesOnAHealthySocketIsFoundAndMadeAnew()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES", "NQ"]);
        Func<Task> market = run.RandomMarket(Es, Nq);
        await run.Until(() => run.IsLive(0, 1), market);
        await run.For(TimeSpan.FromSeconds(5), market);
        gateway.Hub.Frozen["*"] = true;
        DateTimeOffset frozen = gateway.Time.GetUtcNow();
        TimeSpan threshold = run.Feed.Health.Symbols.Max(symbol => symbol.StaleAfter);

        await run.Until(() => !run.IsLive(0) && !run.IsLive(1), market);
        TimeSpan foundAfter = gateway.Time.GetUtcNow() - frozen;
        await run.Until(() => run.IsLive(0, 1), market);
        await run.For(TimeSpan.FromSeconds(65), market);

        Assert.True(foundAfter <= threshold + TimeSpan.FromSeconds(1.1), $"found after {foundAfter}, threshold {threshold}");
        Assert.Equal(2, gateway.HubCount);
        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
        AssertMinutesOfTheTape(gateway, run, Es, 0);
        AssertMinutesOfTheTape(gateway, run, Nq, 1);
    }

    [Fact]
    public async Task OfTwoSymbolsOnlyTheFrozenOneGoesDownAndItIsSubscribedAnew()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES", "NQ"]);
        Func<Task> market = run.RandomMarket(Es, Nq);
        await run.Until(() => run.IsLive(0, 1), market);
        await run.For(TimeSpan.FromSeconds(5), market);

        gateway.Hub.Frozen[Es] = true;
        await run.Until(() => !run.IsLive(0), market);
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(65), market);

        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
        Assert.Equal([FeedEventKind.Up], run.Events(1));
        Assert.Equal(1, gateway.HubCount);
        Assert.Equal(2, gateway.Hub.Calls.Count(call => call == "SubscribeContractTrades " + Es));
        AssertMinutesOfTheTape(gateway, run, Es, 0);
        AssertMinutesOfTheTape(gateway, run, Nq, 1);
    }

    [Fact]
    public async Task AMarketInWhichNothingIsTradedIsNotTakenForADeadStream()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES", "NQ"]);
        Func<Task> both = run.RandomMarket(Es, Nq);
        Func<Task> one = run.RandomMarket(Nq);
        await run.Until(() => run.IsLive(0, 1), both);
        await run.For(TimeSpan.FromSeconds(5), both);

        await run.For(TimeSpan.FromMinutes(10), one, stepMilliseconds: 200);

        Assert.Equal(1, gateway.HubCount);
        Assert.Equal(1, gateway.Hub.Calls.Count(call => call == "SubscribeContractTrades " + Es));
        Assert.True(run.IsLive(0, 1));
        Assert.InRange(gateway.CallsOf("/api/History/retrieveBars"), 5, 15);
        Assert.Equal(TimeSpan.FromSeconds(120), run.Feed.Health.Symbols[0].StaleAfter);
        Assert.Equal([FeedEventKind.Up], run.Events(1));
        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
    }

    /// <summary>The answer of the history may overtake the message of the very trade that it tells of.</summary>
    [Fact]
    public async Task ATradeThatTheHistoryKnowsBeforeItsMessageComesIsNoLoss()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(5), market);
        DateTimeOffset? traded = null;
        gateway.Interfere = (path, _) =>
        {
            if (traded is null && path == "/api/History/retrieveBars")
            {
                traded = gateway.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1);
                gateway.Tape.Add(Es, traded.Value, 5000, 1);
            }
            return Task.FromResult(false);
        };

        await run.Until(() => traded is not null && run.Feed.Metrics.RestInFlight == 0);
        await run.For(TimeSpan.FromMilliseconds(500));
        await gateway.Broadcast("Trades", "GatewayTrade", Es, $$"""[{"price":5000,"timestamp":"{{traded:O}}","type":0,"volume":1}]""");
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(65), market);

        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
        Assert.Equal(1, gateway.HubCount);
        Assert.Equal(1, gateway.Hub.Calls.Count(call => call == "SubscribeContractTrades " + Es));
        AssertMinutesOfTheTape(gateway, run, Es, 0);
    }

    [Fact]
    public async Task AStalledHistoryIsNoProofOfAQuietMarket()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        gateway.Tape.StallsAt = gateway.Time.GetUtcNow();
        await run.For(TimeSpan.FromSeconds(30), market);

        gateway.Hub.Frozen["*"] = true;
        await run.Until(() => gateway.HubCount == 2, market);

        Assert.DoesNotContain(FeedEventKind.Up, run.Events(0).Skip(1));
    }

    [Fact]
    public async Task ASymbolThatIsSilentFromTheStartThoughItIsTradedIsSubscribedUntilItSpeaks()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        int refused = 0;
        gateway.RefuseSubscription = method => method.Contains("Trades", StringComparison.Ordinal) && refused++ < 3 ? "An unexpected error occurred." : null;
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);

        await run.Until(() => run.IsLive(0), market);

        Assert.Equal(4, gateway.Hub.Calls.Count(call => call == "SubscribeContractTrades " + Es));
        Assert.Equal(1, gateway.HubCount);
    }

    [Fact]
    public async Task ATradeChannelThatDiesBesideLivingQuotesIsFound()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(5), market);
        int volume = 1000;
        async Task OnlyQuotes()
        {
            gateway.Tape.Add(Es, gateway.Time.GetUtcNow(), 5000, 1);
            await gateway.Broadcast("Quotes", "GatewayQuote", Es, $$"""{"volume":{{++volume}},"timestamp":"{{gateway.Time.GetUtcNow():O}}"}""");
        }

        await run.Until(() => !run.IsLive(0), OnlyQuotes);

        Assert.InRange(run.Feed.Health.Symbols[0].Age, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        await run.Until(() => run.IsLive(0), market);
    }

    [Fact]
    public async Task NothingIsExpectedOfAClosedMarket()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Time.SetUtcNow(new DateTimeOffset(2026, 8, 21, 20, 50, 0, TimeSpan.Zero));
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await run.Until(() => gateway.Time.GetUtcNow() >= new DateTimeOffset(2026, 8, 21, 21, 0, 0, TimeSpan.Zero), market, stepMilliseconds: 500);

        // Friday 16:00 in Chicago to Sunday 17:00.
        await run.Until(() => gateway.Time.GetUtcNow() >= new DateTimeOffset(2026, 8, 23, 21, 50, 0, TimeSpan.Zero), stepMilliseconds: 5 * 60_000);

        Assert.Equal([FeedEventKind.Up], run.Events(0));
        Assert.Equal(1, gateway.HubCount);
    }

    private static void AssertMinutesOfTheTape(ScriptedGateway gateway, FeedRun run, string contract, int index)
    {
        var got = BarSum.Of(run.Inputs, index, 60);
        long last = gateway.Time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        Assert.Equal(gateway.Tape.Bars(contract, 60, DateTimeOffset.FromUnixTimeSeconds(got.First().Key), DateTimeOffset.FromUnixTimeSeconds(last)), got.Where(bar => bar.Key < last));
    }
}
