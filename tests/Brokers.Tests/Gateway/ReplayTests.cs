using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class ReplayTests
{
    private static readonly Instrument Es = Tradewind.Core.Model.Instruments.TryFind("ES", out Instrument? es) ? es : throw new InvalidOperationException();
    private static readonly Instrument Gc = Tradewind.Core.Model.Instruments.TryFind("GC", out Instrument? gc) ? gc : throw new InvalidOperationException();

    [Fact]
    public async Task RecordedMinutesOfTheRealMarketComeOutOfTheGatewayUnchanged()
    {
        List<Bar> bars = RealMinutes(2000);
        await using RunningGateway gateway = await Played(new("es.csv", [Es], () => bars.Select(bar => new Input(0, bar))));
        Assert.Equal(bars.Select(Text).Reverse(), await Minutes(gateway, "CON.F.US.EP.Z13", bars.Count));
    }

    [Fact]
    public async Task WhatLiesBeforeTheStartIsHistoryAndNotStreamed()
    {
        List<Bar> bars = RealMinutes(100);
        await using RunningGateway gateway = await Played(new("es.csv", [Es], () => bars.Select(bar => new Input(0, bar))), start: bars[90].Start);
        Assert.Equal(bars.Select(Text).Reverse(), await Minutes(gateway, "CON.F.US.EP.Z13", 200));
        long trades = gateway.Server.Counters.Contracts.Single().Trades.Published;
        Assert.InRange(trades, 10, 40);
    }

    [Fact]
    public async Task TradesWithoutQuotesGetAMarketOneTickWide()
    {
        Timestamp at = ScriptedMarket.Noon;
        Input[] trades = [new(0, new Trade(at, 2400.1, 1)), new(0, new Trade(at + TimeSpan.FromSeconds(1), 2400.3, 2)), new(0, new Trade(at + TimeSpan.FromSeconds(2), 2400.2, 1))];
        await using RunningGateway gateway = await RunningGateway.Start(source: new ReplayMarket(new("gc.csv", [Gc], () => trades), at - TimeSpan.FromSeconds(10)));
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractQuotes", "CON.F.US.GCE.V26");
        await hub.Invoke("SubscribeContractTrades", "CON.F.US.GCE.V26");
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        // A rise is a purchase at the ask, a fall a sale at the bid.
        Assert.Equal((2400m, 2400.1m), Touch((await hub.Event("GatewayQuote"))[1]));
        Assert.Equal((2400.2m, 2400.3m), Touch((await hub.Event("GatewayQuote"))[1]));
        foreach (int type in new[] { 0, 0, 1 }) Assert.Equal(type, await NextType(hub));
        Assert.Equal(2, gateway.Server.Counters.Contracts.Single().Quotes.Published);
    }

    [Fact]
    public async Task WithoutPacingNothingIsPlayedBeforeSomebodyListensAndThenNothingIsLost()
    {
        Input[] trades = [.. Enumerable.Range(0, 20_000).Select(i => new Input(0, new Trade(ScriptedMarket.Noon + TimeSpan.FromSeconds(i), 7000 + i % 9, 1)))];
        var options = new GatewayOptions { Speed = double.PositiveInfinity, OutboxCapacity = 512 };
        await using RunningGateway gateway = await RunningGateway.Start(options, new ReplayMarket(new("es.twr", [Es], () => trades)));
        await using RawHub hub = await gateway.Market();
        Assert.Equal("waiting", gateway.Server.Counters.Market.State);
        await hub.Invoke("SubscribeContractTrades", "CON.F.US.EP.U26");
        for (int i = 0; i < trades.Length; i++) Assert.Equal(trades[i].Trade.Time.ToDateTimeOffset(), (await hub.Event("GatewayTrade"))[1][0].GetProperty("timestamp").GetDateTimeOffset());
        await gateway.Until(() => gateway.Server.Counters.Market.State == "ended");
        Assert.Equal((20_000, 0), (gateway.Server.Counters.Contracts.Single().Trades.Sent, gateway.Server.Counters.Connections.Dropped));
    }

    [Fact]
    public async Task WithoutPacingTheMarketStandsStillWhileNobodyListens()
    {
        Input[] trades = [.. Enumerable.Range(0, 20_000).Select(i => new Input(0, new Trade(ScriptedMarket.Noon + TimeSpan.FromSeconds(i), 7000, 1)))];
        var options = new GatewayOptions { Speed = double.PositiveInfinity, OutboxCapacity = 64 };
        await using RunningGateway gateway = await RunningGateway.Start(options, new ReplayMarket(new("es.twr", [Es], () => trades)));
        await using (RawHub first = await gateway.Market())
        {
            await first.Invoke("SubscribeContractTrades", "CON.F.US.EP.U26");
            await first.Event("GatewayTrade");
        }
        await gateway.Until(() => gateway.Server.Counters.Connections.Open == 0);
        await using RawHub second = await gateway.Market();
        await second.Invoke("SubscribeContractTrades", "CON.F.US.EP.U26");
        DateTimeOffset last = trades[^1].Trade.Time.ToDateTimeOffset();
        while ((await second.Event("GatewayTrade"))[1][0].GetProperty("timestamp").GetDateTimeOffset() < last)
        {
            // The rest of the recording, to its last trade.
        }
        Assert.Equal(20_000, gateway.Server.Counters.Contracts.Single().Trades.Published);
    }

    [Fact]
    public void AnEmptyRecordingIsRefused()
    {
        GatewayException refused = Assert.Throws<GatewayException>(() => new ReplayMarket(new("empty.twr", [Es], () => [])));
        Assert.Contains("empty.twr", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AStartAfterTheRecordingsEndIsRefused()
    {
        var recording = new Recording("es.twr", [Es], () => [new(0, new Trade(ScriptedMarket.Noon, 7000, 1))]);
        GatewayException refused = await Assert.ThrowsAsync<GatewayException>(() => RunningGateway.Start(source: new ReplayMarket(recording, ScriptedMarket.Noon + TimeSpan.FromHours(1))));
        Assert.Contains("2026-08-19T15:00:00Z", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARecordingOfWhatIsNotTradedHereIsRefused()
    {
        Assert.True(Tradewind.Core.Model.Instruments.TryFind("SPY", out Instrument? spy));
        var recording = new Recording("spy.twr", [spy], () => [new(0, new Trade(ScriptedMarket.Noon, 700, 1))]);
        GatewayException refused = Assert.Throws<GatewayException>(() => GatewayServer.Create(new GatewayOptions { ReplayFile = "spy.twr" }, _ => recording));
        Assert.Contains("SPY", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<RunningGateway> Played(Recording recording, Timestamp? start = null)
    {
        var options = new GatewayOptions { Speed = 3600 };
        RunningGateway gateway = await RunningGateway.Start(options, new ReplayMarket(recording, start));
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        return gateway;
    }

    private static async Task<IEnumerable<string>> Minutes(RunningGateway gateway, string contract, int limit)
    {
        string body = JsonSerializer.Serialize(new { contractId = contract, live = false, startTime = "2000-01-01T00:00:00Z", endTime = "2030-01-01T00:00:00Z", unit = 2, unitNumber = 1, limit, includePartialBar = true });
        (_, JsonElement answer) = await gateway.Post("/api/History/retrieveBars", body, await gateway.LogIn());
        return answer.GetProperty("bars").EnumerateArray().Select(bar =>
            string.Create(CultureInfo.InvariantCulture, $"{bar.GetProperty("t").GetDateTimeOffset():u} {bar.GetProperty("o")} {bar.GetProperty("h")} {bar.GetProperty("l")} {bar.GetProperty("c")} {bar.GetProperty("v")}"));
    }

    private static string Text(Bar bar) => string.Create(CultureInfo.InvariantCulture, $"{bar.Start.ToDateTimeOffset():u} {bar.Open} {bar.High} {bar.Low} {bar.Close} {bar.Volume}");

    private static (decimal Bid, decimal Ask) Touch(JsonElement quote) => (quote.GetProperty("bestBid").GetDecimal(), quote.GetProperty("bestAsk").GetDecimal());

    private static async Task<int> NextType(RawHub hub) => (await hub.Event("GatewayTrade"))[1][0].GetProperty("type").GetInt32();

    private static List<Bar> RealMinutes(int count)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Tradewind.slnx"))) folder = Path.GetDirectoryName(folder);
        string file = Path.Combine(folder!, "..", "shared", "data", "es-1m-2013.csv.gz");
        Assert.SkipUnless(File.Exists(file), "The real ES minutes of 2013 are not beside this checkout (../shared/data/es-1m-2013.csv.gz).");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        reader.ReadLine();
        var bars = new List<Bar>();
        while (bars.Count < count && reader.ReadLine()?.Split(',') is [var time, .. var values])
        {
            double[] numbers = [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
            var start = Timestamp.From(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
            bars.Add(new(start, start + TimeSpan.FromMinutes(1), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]));
        }
        return bars;
    }
}
