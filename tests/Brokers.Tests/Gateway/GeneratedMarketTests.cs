using System.Globalization;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class GeneratedMarketTests
{
    private const string Es = "CON.F.US.EP.U26";
    private const string Cl = "CON.F.US.CLE.V26";

    private static readonly GatewayOptions Two = new() { Symbols = ["ES", "CL"], Speed = 60, Seed = 7 };

    private sealed record Print(DateTimeOffset Time, decimal Price, long Volume);

    private sealed record Ohlc(DateTimeOffset Start, decimal Open, decimal High, decimal Low, decimal Close, long Volume);

    [Theory]
    [InlineData(Es, 1, 1, 1)]
    [InlineData(Es, 1, 15, 15)]
    [InlineData(Es, 2, 1, 60)]
    [InlineData(Cl, 2, 5, 300)]
    public async Task RetrievedBarsAreExactlyThoseOfTheStreamedTrades(string contract, int unit, int number, int seconds)
    {
        await using RunningGateway gateway = await Generated(Two);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractTrades", contract);
        DateTimeOffset start = gateway.Server.Counters.Market.Start.ToDateTimeOffset();
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Time.ToDateTimeOffset() >= start.AddMinutes(12));
        DateTimeOffset end = start.AddMinutes(10);
        List<Print> prints = await Prints(hub, end);

        List<Ohlc> expected = [.. prints.Where(print => print.Time < end)
            .GroupBy(print => print.Time.ToUnixTimeSeconds() / seconds)
            .Select(group => new Ohlc(DateTimeOffset.FromUnixTimeSeconds(group.Key * seconds), group.First().Price, group.Max(print => print.Price), group.Min(print => print.Price), group.Last().Price, group.Sum(print => print.Volume)))];
        List<Ohlc> actual = await Bars(gateway, contract, unit, number, start, end);
        actual.Reverse();
        Assert.True(expected.Count >= 2);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task TheFirstQuotesFiguresAreThoseOfTheSessionsBars()
    {
        await using RunningGateway gateway = await Generated(Two);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractQuotes", Es);
        Task<JsonElement[]> next = hub.Event("GatewayQuote");
        await gateway.AdvanceUntil(() => next.IsCompleted, TimeSpan.FromMilliseconds(10));
        JsonElement quote = (await next)[1];
        DateTimeOffset start = gateway.Server.Counters.Market.Start.ToDateTimeOffset();
        // 2026-08-20, 08:30 in Chicago is 13:30 UTC; the test's clock says 09:00 UTC on the 20th, so the latest morning is the 19th. Its session opened on the 18th at 22:00 UTC.
        Assert.Equal(new DateTimeOffset(2026, 8, 19, 13, 30, 0, TimeSpan.Zero), start);
        DateTimeOffset open = start.Date.AddHours(-2);
        List<Ohlc> session = await Bars(gateway, Es, 2, 1, open, quote.GetProperty("timestamp").GetDateTimeOffset());
        List<Ohlc> before = await Bars(gateway, Es, 2, 1, open.AddDays(-4), open);
        Assert.True(session.Count > 800);
        Assert.Equal(session[^1].Open, quote.GetProperty("open").GetDecimal());
        Assert.Equal(session.Max(bar => bar.High), quote.GetProperty("high").GetDecimal());
        Assert.Equal(session.Min(bar => bar.Low), quote.GetProperty("low").GetDecimal());
        Assert.InRange(quote.GetProperty("lastPrice").GetDecimal(), session[0].Low - 1, session[0].High + 1);
        Assert.Equal(quote.GetProperty("lastPrice").GetDecimal() - before[0].Close, quote.GetProperty("change").GetDecimal());
        Assert.InRange(quote.GetProperty("volume").GetInt64(), session.Skip(1).Sum(bar => bar.Volume), session.Sum(bar => bar.Volume));
        Assert.True(quote.GetProperty("bestBid").GetDecimal() < quote.GetProperty("bestAsk").GetDecimal());
    }

    [Fact]
    public async Task TheSameSeedAndStartGiveTheSameStream()
    {
        string[] streams = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => FirstTrades(Two)));
        Assert.Equal(streams[0], streams[1]);
        Assert.NotEqual(streams[0], await FirstTrades(Two with { Seed = 8 }));
    }

    [Fact]
    public async Task TheBookReadFromDepthEventsHasTheQuotesBestPrices()
    {
        await using RunningGateway gateway = await Generated(Two with { Speed = 1 });
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events > 200);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractMarketDepth", Es);
        await hub.Invoke("SubscribeContractQuotes", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events > 3000);
        EventTotals depth = gateway.Server.Counters.Contracts.Single(contract => contract.ContractId == Es).Depth;
        SortedDictionary<decimal, int> bids = [], asks = [];
        for (long entries = 0; entries < Sent(gateway, contract => contract.Depth);)
        {
            foreach (JsonElement entry in (await hub.Event("GatewayDepth"))[1].EnumerateArray())
            {
                entries++;
                Apply(entry, bids, asks);
            }
        }
        var quote = new Dictionary<string, decimal>();
        for (long events = 0; events < Sent(gateway, contract => contract.Quotes); events++)
        {
            foreach (JsonProperty member in (await hub.Event("GatewayQuote"))[1].EnumerateObject().Where(member => member.Name.StartsWith("best", StringComparison.Ordinal))) quote[member.Name] = member.Value.GetDecimal();
        }
        Assert.True(depth.Published > 100);
        Assert.Equal((quote["bestBid"], quote["bestAsk"]), (bids.Keys.Last(), asks.Keys.First()));
        Assert.Equal((10, 10), (bids.Count, asks.Count));
    }

    private static long Sent(RunningGateway gateway, Func<ContractCounters, EventTotals> kind) => kind(gateway.Server.Counters.Contracts.Single(contract => contract.ContractId == Es)).SentEntries;

    /// <summary>The common reading of DomType: 2, 4 and 9 set a bid, 1, 3 and 10 an ask, 6 clears both; size 0 removes.</summary>
    private static void Apply(JsonElement entry, SortedDictionary<decimal, int> bids, SortedDictionary<decimal, int> asks)
    {
        int type = entry.GetProperty("type").GetInt32();
        if (type == 6)
        {
            bids.Clear();
            asks.Clear();
            return;
        }
        SortedDictionary<decimal, int> side = type is 2 or 4 or 9 ? bids : asks;
        Assert.Contains(type, new[] { 1, 2, 3, 4, 9, 10 });
        if (entry.GetProperty("volume").GetInt32() is > 0 and var size) side[entry.GetProperty("price").GetDecimal()] = size;
        else side.Remove(entry.GetProperty("price").GetDecimal());
    }

    [Fact]
    public async Task TheStreamGoesOnFromWhereThePastEnds()
    {
        await using RunningGateway gateway = await Generated(Two);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events > 500);
        DateTimeOffset start = gateway.Server.Counters.Market.Start.ToDateTimeOffset();
        Ohlc last = (await Bars(gateway, Es, 2, 1, start.AddMinutes(-1), start))[0];
        Ohlc first = (await Bars(gateway, Es, 2, 1, start, start.AddMinutes(1)))[0];
        // A minute of ES moves by points, not by percents.
        Assert.InRange(first.Open, last.Close - 3, last.Close + 3);
    }

    [Fact]
    public async Task ClosedHoursAreSkipped()
    {
        // Friday 2026-08-14, 15:59:50 in Chicago; ES opens again on Sunday at 17:00, 49 hours after its close.
        var options = new GatewayOptions { Symbols = ["ES"], Start = Timestamp.FromUtc(2026, 8, 14, 20, 59, 50) };
        await using RunningGateway gateway = await Generated(options);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Time > Timestamp.FromUtc(2026, 8, 16, 22));
        Assert.InRange(gateway.Server.Counters.Market.Skipped, TimeSpan.FromHours(48.9), TimeSpan.FromHours(49.01));
        Assert.True(gateway.Time.GetUtcNow() - gateway.Time.Start < TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task TheWallClocksClosedHoursAreWaitedFor()
    {
        // A Thursday; ES closes at 21:00 UTC and opens at 22:00.
        var options = new GatewayOptions { Symbols = ["ES"], WallClock = true };
        var now = new DateTimeOffset(2026, 8, 20, 20, 59, 0, TimeSpan.Zero);
        await using RunningGateway gateway = await RunningGateway.Start(options, time => new GeneratedMarket(options, time), now);
        await gateway.AdvanceUntil(() => gateway.Time.GetUtcNow() >= now.AddMinutes(2), TimeSpan.FromSeconds(1));
        MarketProgress closed = gateway.Server.Counters.Market;
        Assert.True(closed.Events > 0);
        await gateway.Advance(TimeSpan.FromMinutes(50));
        Assert.Equal(closed.Events, gateway.Server.Counters.Market.Events);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events > closed.Events, TimeSpan.FromSeconds(10));
        Assert.InRange(gateway.Time.GetUtcNow(), now.AddMinutes(61), now.AddMinutes(63));
        Assert.Equal(TimeSpan.Zero, gateway.Server.Counters.Market.Skipped);
    }

    private static async Task<RunningGateway> Generated(GatewayOptions options) => await RunningGateway.Start(options, time => new GeneratedMarket(options, time));

    private static async Task<string> FirstTrades(GatewayOptions options)
    {
        await using RunningGateway gateway = await Generated(options);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractTrades", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Contracts.Any(contract => contract.ContractId == Es && contract.Trades.Published >= 50));
        var text = new System.Text.StringBuilder();
        // The market may have begun before the subscription; what is compared starts at a fixed time.
        DateTimeOffset from = gateway.Server.Counters.Market.Start.ToDateTimeOffset();
        foreach (Ohlc bar in await Bars(gateway, Es, 1, 1, from, from.AddSeconds(5))) text.AppendLine(bar.ToString());
        return text.ToString();
    }

    /// <summary>All trades up to the first one at or after an instant.</summary>
    private static async Task<List<Print>> Prints(RawHub hub, DateTimeOffset until)
    {
        var prints = new List<Print>();
        while (prints.Count == 0 || prints[^1].Time < until)
        {
            foreach (JsonElement trade in (await hub.Event("GatewayTrade"))[1].EnumerateArray())
            {
                prints.Add(new(trade.GetProperty("timestamp").GetDateTimeOffset(), trade.GetProperty("price").GetDecimal(), trade.GetProperty("volume").GetInt64()));
            }
        }
        return prints;
    }

    private static async Task<List<Ohlc>> Bars(RunningGateway gateway, string contract, int unit, int number, DateTimeOffset from, DateTimeOffset to)
    {
        string body = JsonSerializer.Serialize(new { contractId = contract, live = false, startTime = from.ToString("O", CultureInfo.InvariantCulture), endTime = to, unit, unitNumber = number, limit = 20_000, includePartialBar = true });
        (_, JsonElement answer) = await gateway.Post("/api/History/retrieveBars", body, await gateway.LogIn());
        return [.. answer.GetProperty("bars").EnumerateArray().Select(bar => new Ohlc(
            bar.GetProperty("t").GetDateTimeOffset(), bar.GetProperty("o").GetDecimal(), bar.GetProperty("h").GetDecimal(), bar.GetProperty("l").GetDecimal(), bar.GetProperty("c").GetDecimal(), bar.GetProperty("v").GetInt64()))];
    }
}
