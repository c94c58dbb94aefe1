using Tradewind.Core.Engine;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Whatever is lost on the way, the bars that the engine adds up are those of the tape.</summary>
public sealed class GapTests
{
    private const string Es = "CON.F.US.EP.U26";
    private const string Nq = "CON.F.US.ENQ.U26";

    [Fact]
    public async Task TheFirstBarsAreWholeAlthoughTheFeedStartedInTheMiddleOfAMinute()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);

        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(70), market);

        Assert.Equal([FeedEventKind.Up], run.Events(0));
        AssertBarsOfTheTape(gateway, run, Es, 0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(45)]
    [InlineData(200)]
    [InlineData(4000)]
    public async Task AfterALostConnectionTheBarsAreThoseOfTheTape(int secondsLost)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES", "NQ"]);
        Func<Task> market = run.RandomMarket(Es, Nq);
        await run.Until(() => run.IsLive(0, 1), market);
        await run.For(TimeSpan.FromSeconds(20), market);

        gateway.AcceptsToken = _ => false;
        gateway.Hub.Abort();
        await run.Until(() => !run.IsLive(0) && !run.IsLive(1), market);
        await run.For(TimeSpan.FromSeconds(secondsLost), market, stepMilliseconds: secondsLost > 1000 ? 2000 : 50);
        gateway.AcceptsToken = _ => true;
        await run.Until(() => run.IsLive(0, 1), market);
        await run.For(TimeSpan.FromSeconds(70), market);

        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Up], run.Events(0));
        AssertBarsOfTheTape(gateway, run, Es, 0);
        AssertBarsOfTheTape(gateway, run, Nq, 1);
        Assert.Equal(["SubscribeContractQuotes " + Es, "SubscribeContractTrades " + Es], gateway.Hub.Calls.Where(call => call.EndsWith(Es, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AGapThatHistoryCannotFillIsReportedAndNoTradeAfterItIsLost()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"]);
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(5), market);

        gateway.Tape.StallsAt = gateway.Time.GetUtcNow();
        gateway.Hub.Abort();
        await run.Until(() => !run.IsLive(0), market);
        await run.Until(() => run.IsLive(0), market);
        await run.For(TimeSpan.FromSeconds(5), market);

        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Gap, FeedEventKind.Up], run.Events(0));
        Input gap = run.Inputs.Single(input => input.Input.Kind == InputKind.Feed && input.Input.Feed.Kind == FeedEventKind.Gap).Input;
        var received = run.Inputs.SkipWhile(input => input.Input.Feed.Kind != FeedEventKind.Gap || input.Input.Kind != InputKind.Feed).Count(input => input.Input.Kind == InputKind.Trade);
        Assert.Equal(gateway.Tape.Bars(Es, 1, gap.Feed.To.ToDateTimeOffset(), DateTimeOffset.MaxValue).Count > 0, received > 0);
        Assert.True(gap.Feed.From < gap.Feed.To);
    }

    [Fact]
    public async Task OfAGapThatIsTooLongTheNewestPartIsFilledAndTheRestReported()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], FeedRun.Options(gateway) with { Backfill = new() { Longest = TimeSpan.FromMinutes(2) } });
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);

        gateway.AcceptsToken = _ => false;
        gateway.Hub.Abort();
        await run.For(TimeSpan.FromSeconds(600), market, stepMilliseconds: 200);
        gateway.AcceptsToken = _ => true;
        await run.Until(() => run.Events(0).Length == 4, market);
        await run.For(TimeSpan.FromSeconds(65), market);

        Assert.Equal([FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Gap, FeedEventKind.Up], run.Events(0));
        FeedInput[] after = [.. run.Inputs.SkipWhile(input => input.Input.Kind != InputKind.Feed || input.Input.Feed.Kind != FeedEventKind.Gap)];
        FeedEvent gap = after[0].Input.Feed;
        long last = gateway.Time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        Assert.InRange(after.First(input => input.Input.Kind == InputKind.Feed && input.Input.Feed.Kind == FeedEventKind.Up).Input.Feed.To - gap.To, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2));
        Assert.Equal(gateway.Tape.Bars(Es, 60, gap.To.ToDateTimeOffset(), DateTimeOffset.FromUnixTimeSeconds(last)), BarSum.Of(after, 0, 60).Where(bar => bar.Key < last));
    }

    [Fact]
    public async Task WithoutBackfillEveryGapIsReported()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        await using FeedRun run = FeedRun.Start(gateway, ["ES"], FeedRun.Options(gateway) with { Backfill = new() { IsOn = false } });
        Func<Task> market = run.RandomMarket(Es);
        await run.Until(() => run.IsLive(0), market);
        gateway.Hub.Abort();
        await run.Until(() => run.Events(0).Length == 5, market);

        Assert.Equal([FeedEventKind.Gap, FeedEventKind.Up, FeedEventKind.Down, FeedEventKind.Gap, FeedEventKind.Up], run.Events(0));
        Assert.DoesNotContain(run.Inputs, input => input.Input.Kind == InputKind.HistoryBar);
    }

    /// <summary>From the first second that the engine was given, all seconds and all minutes agree, up to the last second that is over.</summary>
    private static void AssertBarsOfTheTape(ScriptedGateway gateway, FeedRun run, string contract, int index)
    {
        var got = BarSum.Of(run.Inputs, index, 60);
        long last = gateway.Time.GetUtcNow().ToUnixTimeSeconds() / 60 * 60;
        var expected = gateway.Tape.Bars(contract, 60, DateTimeOffset.FromUnixTimeSeconds(got.First().Key), DateTimeOffset.FromUnixTimeSeconds(last));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, got.Where(bar => bar.Key < last));
    }
}
