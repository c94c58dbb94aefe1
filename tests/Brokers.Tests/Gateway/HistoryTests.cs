using System.Globalization;
using System.Net;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class HistoryTests
{
    private const string Es = "CON.F.US.EP.U26";

    [Fact]
    public async Task BarsComeNewestFirstAndTheLimitKeepsTheNewest()
    {
        var market = new ScriptedMarket("ES");
        for (int minute = 0; minute < 10; minute++) market.Trade(minute * 60 + 5, 7700 + minute, 1 + minute);
        await using RunningGateway gateway = await Played(market);
        JsonElement body = await Bars(gateway, unit: 2, limit: 3);
        Assert.Equal(["15:09:00", "15:08:00", "15:07:00"], Starts(body));
        Assert.Equal("""{"t":"2026-08-19T15:09:00+00:00","o":7709,"h":7709,"l":7709,"c":7709,"v":10}""", body.GetProperty("bars")[0].GetRawText());
    }

    [Fact]
    public async Task AWindowHoldsTheBarsThatStartInItFromItsStartToBeforeItsEnd()
    {
        var market = new ScriptedMarket("ES");
        for (int minute = 0; minute < 10; minute++) market.Trade(minute * 60 + 59, 7700);
        await using RunningGateway gateway = await Played(market);
        Assert.Equal(["15:04:00", "15:03:00"], Starts(await Bars(gateway, unit: 2, from: "2026-08-19T15:03:00Z", to: "2026-08-19T15:05:00Z")));
        Assert.Equal(["15:04:00"], Starts(await Bars(gateway, unit: 2, from: "2026-08-19T10:03:00.001-05:00", to: "2026-08-19T10:04:00.001-05:00")));
        Assert.Empty(Starts(await Bars(gateway, unit: 2, from: "2026-08-19T15:05:00Z", to: "2026-08-19T15:03:00Z")));
    }

    [Fact]
    public async Task ABarThatIsStillFormingComesOnlyWhenAskedFor()
    {
        ScriptedMarket market = new ScriptedMarket("ES").Trade(10, 7700).Trade(70, 7701).Trade(80, 7702).Trade(400, 7703);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events == 3);
        Assert.Equal(["15:00:00"], Starts(await Bars(gateway, unit: 2, partial: false)));
        JsonElement partial = await Bars(gateway, unit: 2);
        Assert.Equal(["15:01:00", "15:00:00"], Starts(partial));
        Assert.Equal(7702, partial.GetProperty("bars")[0].GetProperty("c").GetDecimal());
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Time >= ScriptedMarket.Noon + TimeSpan.FromSeconds(120));
        Assert.Equal(["15:01:00", "15:00:00"], Starts(await Bars(gateway, unit: 2, partial: false)));
    }

    [Fact]
    public async Task TimeWithoutTradesHasNoBar()
    {
        await using RunningGateway gateway = await Played(new ScriptedMarket("ES").Trade(1, 7700).Trade(3.2, 7701).Trade(3.9, 7699).Trade(301, 7702));
        Assert.Equal(["15:05:01", "15:00:03", "15:00:01"], Starts(await Bars(gateway, unit: 1)));
        Assert.Equal(["15:05:00", "15:00:00"], Starts(await Bars(gateway, unit: 2)));
    }

    [Theory]
    [InlineData(1, 15, "14:59:45 15:00:00 15:00:30 15:07:00")]
    [InlineData(1, 45, "14:59:15 15:00:00 15:00:45 15:06:45")]
    [InlineData(2, 5, "14:55:00 15:00:00 15:05:00")]
    [InlineData(2, 7, "14:56:00 15:03:00")]
    [InlineData(3, 1, "14:00:00 15:00:00")]
    [InlineData(3, 4, "12:00:00")]
    public async Task ShortBarsAreAlignedToMidnightUtc(int unit, int number, string starts)
    {
        // Midnight is a multiple of 45 s before 14:59:15, and of 7 min before 14:56:00 (896 minutes, 128 bars).
        ScriptedMarket market = new ScriptedMarket("ES") { Start = ScriptedMarket.Noon - TimeSpan.FromSeconds(60) }.Trade(-3, 7700).Trade(1, 7701).Trade(44, 7702).Trade(45, 7702).Trade(421, 7703);
        if (number == 15) market = new ScriptedMarket("ES") { Start = ScriptedMarket.Noon - TimeSpan.FromSeconds(60) }.Trade(-3, 7700).Trade(1, 7701).Trade(44, 7702).Trade(421, 7703);
        await using RunningGateway gateway = await Played(market);
        Assert.Equal(starts.Split(' ').Reverse(), Starts(await Bars(gateway, unit, number)));
    }

    /// <summary>The session of ES opens at 17:00 and closes at 16:00 in Chicago: 22:00 and 21:00 UTC in summer.</summary>
    [Fact]
    public async Task NoBarSpansTwoSessions()
    {
        static Bar Minute(string start) => One(start, Timestamp.NanosecondsPerMinute, 7700, 5);
        var market = new ScriptedMarket("ES") { History = [Minute("2026-08-18T20:00:00Z"), Minute("2026-08-18T20:59:00Z"), Minute("2026-08-18T22:00:00Z"), Minute("2026-08-18T23:59:00Z")] };
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        JsonElement body = await Bars(gateway, unit: 3, number: 4, from: "2026-08-18T00:00:00Z");
        Assert.Equal(["22:00:00", "20:00:00"], Starts(body));
        Assert.Equal([10, 10], body.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("v").GetInt32()));
    }

    [Fact]
    public async Task DaysWeeksAndMonthsAreMadeOfTradingDays()
    {
        // Trading days and their sessions' opens: Thu 30 Jul, Fri 31 Jul, Mon 3 Aug (opens Sunday), Mon 17 Aug, Tue 18 Aug; the stream begins in that of Wed 19 Aug.
        static Bar Day(string open, double price) => One(open, Timestamp.NanosecondsPerDay, price, 100);
        var market = new ScriptedMarket("ES")
        {
            History =
            [
                Day("2026-07-29T22:00:00Z", 7500), Day("2026-07-30T22:00:00Z", 7510), Day("2026-08-02T22:00:00Z", 7520), Day("2026-08-16T22:00:00Z", 7600), Day("2026-08-17T22:00:00Z", 7590),
                One("2026-08-18T22:00:00Z", Timestamp.NanosecondsPerMinute, 7650, 7), One("2026-08-19T14:59:00Z", Timestamp.NanosecondsPerMinute, 7660, 8),
            ],
        };
        market.Trade(30, 7655, 2);
        await using RunningGateway gateway = await Played(market);
        string Days(JsonElement body) => string.Join(" | ", body.GetProperty("bars").EnumerateArray().Select(bar => $"{bar.GetProperty("t").GetDateTimeOffset():MM-dd HH} {Price(bar, "o")} {Price(bar, "h")} {Price(bar, "l")} {Price(bar, "c")} {bar.GetProperty("v")}"));
        const string Today = "08-18 22 7650 7660 7650 7655 17";
        Assert.Equal($"{Today} | 08-17 22 7590 7590 7590 7590 100 | 08-16 22 7600 7600 7600 7600 100 | 08-02 22 7520 7520 7520 7520 100 | 07-30 22 7510 7510 7510 7510 100 | 07-29 22 7500 7500 7500 7500 100", Days(await Bars(gateway, unit: 4, from: "2026-07-01T00:00:00Z")));
        Assert.Equal("08-16 22 7600 7660 7590 7655 217 | 08-02 22 7520 7520 7520 7520 100 | 07-29 22 7500 7510 7500 7510 200", Days(await Bars(gateway, unit: 5, from: "2026-07-01T00:00:00Z")));
        Assert.Equal("08-02 22 7520 7660 7520 7655 317 | 07-29 22 7500 7510 7500 7510 200", Days(await Bars(gateway, unit: 6, from: "2026-07-01T00:00:00Z")));
        Assert.Equal("08-02 22 7520 7520 7520 7520 100 | 07-29 22 7500 7510 7500 7510 200", Days(await Bars(gateway, unit: 5, from: "2026-07-01T00:00:00Z", partial: false)));
    }

    [Fact]
    public async Task AtMost20000BarsComeAndPagingBackwardsLosesNone()
    {
        var history = new List<Bar>();
        for (int i = 0; i < 30_000; i++) history.Add(One(Timestamp.FromUtc(2026, 7, 29) + TimeSpan.FromMinutes(i), Timestamp.NanosecondsPerMinute, 7000 + i % 100, 1));
        await using RunningGateway gateway = await RunningGateway.Start(source: new ScriptedMarket("ES") { History = history });
        JsonElement first = await Bars(gateway, unit: 2, from: "2026-07-01T00:00:00Z", limit: 1_000_000);
        List<DateTimeOffset> starts = [.. first.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("t").GetDateTimeOffset())];
        Assert.Equal(20_000, starts.Count);
        JsonElement second = await Bars(gateway, unit: 2, from: "2026-07-01T00:00:00Z", to: starts[^1].ToString("O", CultureInfo.InvariantCulture), limit: 20_000);
        starts.AddRange(second.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("t").GetDateTimeOffset()));
        Assert.Equal(history.Where(bar => bar.Start < ScriptedMarket.Noon).Select(bar => bar.Start.ToDateTimeOffset()).Reverse(), starts);
    }

    [Theory]
    [InlineData("CON.F.US.EP.H99", 2, 1, 1, 1)]
    [InlineData("nonsense", 2, 1, 1, 1)]
    [InlineData(Es, 0, 1, 1, 2)]
    [InlineData(Es, 7, 1, 1, 2)]
    [InlineData(Es, -1, 1, 1, 2)]
    [InlineData(Es, 2, 0, 1, 3)]
    [InlineData(Es, 2, -5, 1, 3)]
    [InlineData(Es, 2, 1, 0, 4)]
    [InlineData(Es, 2, 1, -1, 4)]
    public async Task WrongRequestsHaveTheirCodes(string contract, int unit, int number, int limit, int code)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        JsonElement body = await Bars(gateway, unit, number, limit: limit, contract: contract);
        Assert.False(body.GetProperty("success").GetBoolean());
        Assert.Equal(code, body.GetProperty("errorCode").GetInt32());
        Assert.Equal(JsonValueKind.Null, body.GetProperty("bars").ValueKind);
    }

    [Theory]
    [InlineData("unit")]
    [InlineData("live")]
    [InlineData("includePartialBar")]
    [InlineData("startTime")]
    public async Task AMissingMemberIs400(string missing)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string body = Request(Es, 2, 1, 10, true, "2026-08-19T00:00:00Z", "2026-08-20T00:00:00Z", false).Replace($"\"{missing}\"", "\"other\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await gateway.Post("/api/History/retrieveBars", body, await gateway.LogIn())).Status);
    }

    [Theory]
    [InlineData(Es, false, 1)]
    [InlineData(Es, true, 0)]
    [InlineData("CON.F.US.EP.Z26", false, 0)]
    [InlineData("CON.F.US.EP.M26", false, 0)]
    public async Task OnlyTheActiveContractOfTheSimulatedSubscriptionHasTodaysBars(string contract, bool live, int bars)
    {
        await using RunningGateway gateway = await Played(new ScriptedMarket("ES").Trade(1, 7700));
        Assert.Equal(bars, Starts(await Bars(gateway, unit: 2, contract: contract, live: live)).Count());
    }

    [Fact]
    public async Task AnExpiredContractShowsTheSeriesUpToItsRoll()
    {
        // ESM26 ends on Friday 2026-06-19; eight days before, 2026-06-11, ESU26 takes over: its session opens on the 10th at 22:00 UTC.
        var market = new ScriptedMarket("ES") { History = [One("2026-06-10T20:00:00Z", Timestamp.NanosecondsPerMinute, 7000, 1), One("2026-06-10T22:00:00Z", Timestamp.NanosecondsPerMinute, 7001, 1)] };
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        Assert.Equal(["20:00:00"], Starts(await Bars(gateway, unit: 2, from: "2026-01-01T00:00:00Z", contract: "CON.F.US.EP.M26")));
        Assert.Equal(["22:00:00", "20:00:00"], Starts(await Bars(gateway, unit: 2, from: "2026-01-01T00:00:00Z")));
    }

    private static async Task<RunningGateway> Played(ScriptedMarket market)
    {
        RunningGateway gateway = await RunningGateway.Start(source: market);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended", TimeSpan.FromSeconds(10));
        return gateway;
    }

    private static async Task<JsonElement> Bars(
        RunningGateway gateway, int unit, int number = 1, string from = "2026-08-18T00:00:00Z", string to = "2026-08-21T00:00:00Z", int limit = 1000, bool partial = true, string contract = Es, bool live = false)
    {
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/api/History/retrieveBars", Request(contract, unit, number, limit, partial, from, to, live), await gateway.LogIn());
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }

    private static string Request(string contractId, int unit, int unitNumber, int limit, bool includePartialBar, string startTime, string endTime, bool live) =>
        JsonSerializer.Serialize(new { contractId, live, startTime, endTime, unit, unitNumber, limit, includePartialBar });

    private static IEnumerable<string> Starts(JsonElement body) => body.GetProperty("bars").EnumerateArray().Select(bar => bar.GetProperty("t").GetString()![11..19]);

    private static string Price(JsonElement bar, string member) => bar.GetProperty(member).GetRawText();

    private static Bar One(string start, long length, double price, double volume) => One(Timestamp.From(DateTimeOffset.Parse(start, CultureInfo.InvariantCulture)), length, price, volume);

    private static Bar One(Timestamp start, long length, double price, double volume) => new(start, new(start.Nanoseconds + length), price, price, price, price, volume);
}
