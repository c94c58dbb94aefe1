using System.Text.Json.Nodes;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>REST reads: repeated when it may help, within the limits, and put into order.</summary>
public sealed class RestTests
{
    private const string Bars = "/api/History/retrieveBars";
    private const string Es = "CON.F.US.EP.U26";

    [Theory]
    [InlineData("html")]
    [InlineData("502")]
    [InlineData("drop")]
    [InlineData("redirect")]
    public async Task AReadThatFailsOnceIsRepeatedAndSucceeds(string how)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path == Bars && gateway.CallsOf(Bars) == 1 ? LoginTests.Fail(http, how) : Task.FromResult(false);

        await History(gateway, TimeSpan.FromMinutes(5));

        Assert.Equal(2, gateway.CallsOf(Bars));
    }

    [Fact]
    public async Task AGatewayThatAsksForAPauseGetsIt()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        List<DateTimeOffset> asked = [];
        gateway.Interfere = (path, http) =>
        {
            if (path == Bars) asked.Add(gateway.Time.GetUtcNow());
            return path == Bars && asked.Count == 1 ? LoginTests.Fail(http, "429") : Task.FromResult(false);
        };

        await History(gateway, TimeSpan.FromMinutes(5));

        Assert.Equal(2, asked.Count);
        Assert.True(asked[1] - asked[0] >= TimeSpan.FromSeconds(7), $"asked again after {asked[1] - asked[0]}");
    }

    [Theory]
    [InlineData("502", 4)]
    [InlineData("garbage", 1)]
    [InlineData("404", 1)]
    [InlineData("refused", 1)]
    public async Task AReadThatGoesOnFailingIsReportedInWords(string how, int calls)
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = (path, http) => path == Bars ? LoginTests.Fail(http, how) : Task.FromResult(false);

        var fault = await Assert.ThrowsAsync<FeedException>(() => History(gateway, TimeSpan.FromMinutes(5)));

        Assert.Contains(Bars, fault.Message, StringComparison.Ordinal);
        Assert.Equal(calls, gateway.CallsOf(Bars));
        if (how == "refused") Assert.Contains("UnitNumberInvalid", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>The gateway's limits are 50 history calls in 30 s and 200 others in 60 s; we use 60 % of them, in any window.</summary>
    [Fact]
    public async Task NoWindowHoldsMoreCallsThanOurShareOfTheLimit()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        List<DateTimeOffset> asked = [];
        gateway.Interfere = (path, _) =>
        {
            lock (asked) if (path == Bars) asked.Add(gateway.Time.GetUtcNow());
            return Task.FromResult(false);
        };
        await using var feed = new ProjectXFeed(FeedRun.Options(gateway), gateway.Time);
        Timestamp from = Timestamp.From(gateway.Time.GetUtcNow());

        using var clock = new SteadyClock(gateway);
        await clock.Until(Task.WhenAll(Enumerable.Range(0, 100).Select(_ => feed.HistoryAsync(FeedRun.Find("ES"), Timeframe.OneMinute, from, from + TimeSpan.FromMinutes(1), ScriptedGateway.Patience))), feed);

        asked.Sort();
        Assert.Equal(100, asked.Count);
        for (int i = 30; i < asked.Count; i++) Assert.True(asked[i] - asked[i - 30] >= TimeSpan.FromSeconds(29), $"call {i} came {asked[i] - asked[i - 30]} after the 30th before it");
        Assert.True(asked[^1] - asked[0] < TimeSpan.FromSeconds(95));
    }

    [Fact]
    public async Task HistoryIsPagedBackwardsAndComesOldestFirstWithoutTheFormingBar()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        DateTimeOffset start = gateway.Time.GetUtcNow().AddMinutes(-45_000);
        for (int minute = 0; minute < 45_000; minute++) gateway.Tape.Add(Es, start.AddMinutes(minute), 5000 + 0.25 * (minute % 7), 1);
        gateway.Tape.Add(Es, gateway.Time.GetUtcNow(), 6000, 1);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));

        IReadOnlyList<Bar> bars = await History(gateway, TimeSpan.FromDays(60));

        Assert.Equal(3, gateway.CallsOf(Bars));
        Assert.Equal(45_000, bars.Count);
        Assert.Equal(Timestamp.From(start), bars[0].Start);
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Fact]
    public async Task ABarThatMakesNoSenseIsLeftOut()
    {
        await using ScriptedGateway gateway = await ScriptedGateway.Start();
        gateway.Interfere = async (path, http) =>
        {
            if (path != Bars) return false;
            await ScriptedGateway.Json(http, new JsonObject
            {
                ["success"] = true,
                ["errorCode"] = "0",
                ["future"] = true,
                ["bars"] = JsonNode.Parse("""
                    [{"t":"2026-08-19T14:59:00","o":"5000.25","h":5001,"l":5000,"c":5000.5,"v":"17","d":3,"k":null},
                     {"t":"2026-08-19T14:58:00Z","o":5000,"h":4999,"l":4998,"c":4998.5,"v":1}, null,
                     {"t":"2026-08-19T14:57:00Z","o":null,"h":4999,"l":4998,"c":4998.5,"v":1},
                     {"t":"2026-08-19T14:56:00Z","o":"NaN","h":4999,"l":4998,"c":4998.5,"v":1},
                     {"t":"2026-08-19T16:55:00+02:00","o":4998,"h":4999,"l":4998,"c":4998.5}]
                    """),
            });
            return true;
        };

        IReadOnlyList<Bar> bars = await History(gateway, TimeSpan.FromMinutes(30));

        Assert.Equal(
            [
                new Bar(Timestamp.FromUtc(2026, 8, 19, 14, 55), Timestamp.FromUtc(2026, 8, 19, 14, 56), 4998, 4999, 4998, 4998.5, 0),
                new Bar(Timestamp.FromUtc(2026, 8, 19, 14, 59), Timestamp.FromUtc(2026, 8, 19, 15), 5000.25, 5001, 5000, 5000.5, 17),
            ],
            bars);
    }

    [Theory]
    [InlineData("2026-08-19T15:00:00Z", 0)]
    [InlineData("2026-08-19T15:00:00", 0)]
    [InlineData("2026-08-19T15:00:00.5Z", 500_000_000)]
    [InlineData("2026-08-19T15:00:00.1234567+00:00", 123_456_700)]
    [InlineData("2026-08-19T15:00:00.123456789Z", 123_456_789)]
    [InlineData("2026-08-19T10:00:00-05:00", 0)]
    [InlineData("2026-08-19T20:30:00+05:30", 0)]
    [InlineData("2026-08-19T15:00", null)]
    [InlineData("2026-13-19T15:00:00Z", null)]
    [InlineData("2026-08-19T25:00:00Z", null)]
    [InlineData("2026-08-19T15:00:00.Z", null)]
    [InlineData("2026-08-19T15:00:00 Uhr", null)]
    [InlineData("+026-08-19T15:00:00Z", null)]
    public void TimesOfTheWireAreReadAsUtc(string text, int? nanoseconds)
    {
        bool isRead = WireTime.TryRead(System.Text.Encoding.ASCII.GetBytes(text), out Timestamp time);

        Assert.Equal(nanoseconds is not null, isRead);
        if (isRead) Assert.Equal(new(Timestamp.FromUtc(2026, 8, 19, 15).Nanoseconds + nanoseconds!.Value), time);
    }

    private static async Task<IReadOnlyList<Bar>> History(ScriptedGateway gateway, TimeSpan back)
    {
        await using var feed = new ProjectXFeed(FeedRun.Options(gateway), gateway.Time);
        Timestamp now = Timestamp.From(gateway.Time.GetUtcNow());
        Task<IReadOnlyList<Bar>> bars = feed.HistoryAsync(FeedRun.Find("ES"), Timeframe.OneMinute, now - back, now + TimeSpan.FromMinutes(1), ScriptedGateway.Patience);
        using var clock = new SteadyClock(gateway);
        await clock.Until(bars, feed);
        return await bars;
    }
}
