using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Quirks;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class MarketHubTests
{
    private const string Es = "CON.F.US.EP.U26";
    private const string Nq = "CON.F.US.ENQ.U26";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AHubOpensWithTheTokenInTheHeaderOrInTheQuery(bool byQuery)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        await using RawHub hub = await gateway.Market(byQuery);
        JsonElement done = await hub.Invoke("SubscribeContractQuotes", Es);
        Assert.Equal(JsonValueKind.Null, done.GetProperty("result").ValueKind);
        await using RawHub user = await RawHub.Open(gateway.Server.BaseAddress, "user", await gateway.LogIn(), byQuery);
        Assert.False((await user.Invoke("SubscribeAccounts")).TryGetProperty("error", out _));
        Assert.False((await user.Invoke("SubscribeOrders", 1001)).TryGetProperty("error", out _));
    }

    [Fact]
    public async Task AHubRefusesAConnectionWithoutAToken()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        WebSocketException refused = await Assert.ThrowsAsync<WebSocketException>(() => RawHub.Open(gateway.Server.BaseAddress, "market", token: null));
        Assert.Contains("401", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await gateway.Post("/hubs/market/negotiate?negotiateVersion=1", "")).Status);
    }

    [Fact]
    public async Task NegotiationWorksAsWell()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        string token = await gateway.LogIn();
        (HttpStatusCode status, JsonElement body) = await gateway.Post("/hubs/market/negotiate?negotiateVersion=1", "", token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(body.GetProperty("availableTransports").EnumerateArray(), transport => transport.GetProperty("transport").GetString() == "WebSockets");
        await using RawHub hub = await RawHub.Open(gateway.Server.BaseAddress, "market", token, id: body.GetProperty("connectionToken").GetString());
        Assert.False((await hub.Invoke("SubscribeContractTrades", Es)).TryGetProperty("error", out _));
    }

    [Theory]
    [InlineData("market", "SubscribeContractQuotes", 0)]
    [InlineData("market", "SubscribeContractQuotes", 2)]
    [InlineData("market", "SubscribeContract", 1)]
    [InlineData("market", "SubscribeContractDepth", 1)]
    [InlineData("user", "SubscribeAccounts", 1)]
    [InlineData("user", "SubscribeOrders", 0)]
    public async Task AWrongArityOrNameFailsTheCallAndNotTheConnection(string path, string method, int arguments)
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        await using RawHub hub = await RawHub.Open(gateway.Server.BaseAddress, path, await gateway.LogIn());
        JsonElement failed = await hub.Invoke(method, [.. Enumerable.Repeat<object>(1, arguments)]);
        Assert.Contains(method, failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        JsonElement fine = await (path == "market" ? hub.Invoke("unsubscribecontractquotes", Es) : hub.Invoke("UnsubscribeOrders", 1001));
        Assert.False(fine.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task TheFirstQuoteIsCompleteAndLaterOnesCarryOnlyWhatChanged()
    {
        ScriptedMarket market = new ScriptedMarket("ES")
            .Quote(-60, 29_400, 29_400.25).Trade(-60, 29_400, 3).Trade(-30, 29_410.5, 2).Trade(-29, 29_399.75, 1).Quote(-1, 29_450, 29_450.5)
            .Quote(1.25, 29_450.25, 29_450.5).Trade(2, 29_450.25, 4).Quote(3, 29_450.25, 29_450.75).Quote(4, 29_450.25, 29_450.75, 9, 9).Quote(5, 29_450.5, 29_450.75);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractQuotes", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");

        JsonElement[] first = await hub.Event("GatewayQuote");
        Assert.Equal(Es, first[0].GetString());
        Assert.Equal(
            """{"symbol":"F.US.EP","lastPrice":29399.75,"bestBid":29450.25,"bestAsk":29450.5,"open":29400,"high":29410.5,"low":29399.75,"volume":6,"lastUpdated":"2026-08-19T15:00:01.25+00:00","timestamp":"2026-08-19T15:00:01.25+00:00","contract":"CON.F.US.EP.U26"}""",
            first[1].GetRawText());
        JsonElement[] second = await hub.Event("GatewayQuote");
        Assert.Equal(
            """{"symbol":"F.US.EP","lastPrice":29450.25,"bestAsk":29450.75,"high":29450.25,"volume":10,"lastUpdated":"2026-08-19T15:00:03+00:00","timestamp":"2026-08-19T15:00:03+00:00"}""",
            second[1].GetRawText());
        JsonElement[] third = await hub.Event("GatewayQuote");
        Assert.Equal("""{"symbol":"F.US.EP","bestBid":29450.5,"lastUpdated":"2026-08-19T15:00:05+00:00","timestamp":"2026-08-19T15:00:05+00:00"}""", third[1].GetRawText());
        Assert.Equal(3, gateway.Server.Counters.Contracts[0].Quotes.Published);
    }

    [Fact]
    public async Task ALateSubscriberGetsTheWholeQuoteAtOnce()
    {
        ScriptedMarket market = new ScriptedMarket("6E").Quote(1, 1.08505, 1.0851).Trade(1, 1.0851).Quote(2, 1.0851, 1.08515).Quote(600, 1.0851, 1.0852);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events == 3);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractQuotes", "CON.F.US.EU6.U26");
        JsonElement quote = (await hub.Event("GatewayQuote"))[1];
        Assert.Equal("1.0851", quote.GetProperty("bestBid").GetRawText());
        Assert.Equal("1.08515", quote.GetProperty("bestAsk").GetRawText());
        Assert.Equal("1.0851", quote.GetProperty("lastPrice").GetRawText());
        Assert.True(quote.TryGetProperty("contract", out _));
    }

    [Fact]
    public async Task TradesOfOneInstantComeAsOneArray()
    {
        ScriptedMarket market = new ScriptedMarket("ES").Trade(1, 7701.25, 1, Aggressor.Seller).Trade(1, 7701, 2, Aggressor.Seller).Trade(2, 7701.5, 5);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractTrades", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        JsonElement[] sweep = await hub.Event("GatewayTrade");
        Assert.Equal(Es, sweep[0].GetString());
        Assert.Equal(
            """[{"symbolId":"F.US.EP","contractId":"CON.F.US.EP.U26","price":7701.25,"timestamp":"2026-08-19T15:00:01+00:00","type":1,"volume":1},{"symbolId":"F.US.EP","contractId":"CON.F.US.EP.U26","price":7701,"timestamp":"2026-08-19T15:00:01+00:00","type":1,"volume":2}]""",
            sweep[1].GetRawText());
        JsonElement single = Assert.Single((await hub.Event("GatewayTrade"))[1].EnumerateArray());
        Assert.Equal(0, single.GetProperty("type").GetInt32());
    }

    [Fact]
    public async Task BareObjectsTakeThePlaceOfArraysWhenSwitchedOn()
    {
        ScriptedMarket market = new ScriptedMarket("ES").Trade(1, 7701.25).Trade(1, 7701.5).Depth(1, Side.Buy, 7701, 4);
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { Quirks = [Quirk.BareObjects] }, market);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractTrades", Es);
        await hub.Invoke("SubscribeContractMarketDepth", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        Assert.Equal("7701.25", (await hub.Event("GatewayTrade"))[1].GetProperty("price").GetRawText());
        Assert.Equal("7701.5", (await hub.Event("GatewayTrade"))[1].GetProperty("price").GetRawText());
        Assert.Equal(4, (await hub.Event("GatewayDepth"))[1].GetProperty("volume").GetInt32());
    }

    [Fact]
    public async Task DepthTellsBestNewBestAndRemovedLevels()
    {
        ScriptedMarket market = new ScriptedMarket("ES")
            .Depth(1, Side.Buy, 100, 5).Depth(1, Side.Buy, 99.75, 7).Depth(1, Side.Sell, 100.25, 3)
            .Depth(2, Side.Buy, 100, 2).Depth(3, Side.Sell, 100.25, 0);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractMarketDepth", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        // DomType: 2 Bid, 3 BestAsk, 4 BestBid, 9 NewBestBid, 10 NewBestAsk.
        Assert.Equal([(9, 100m, 5, 0), (2, 99.75m, 7, 7), (10, 100.25m, 3, 0)], Entries((await hub.Event("GatewayDepth"))[1]));
        Assert.Equal([(4, 100m, 2, 0)], Entries((await hub.Event("GatewayDepth"))[1]));
        Assert.Equal([(3, 100.25m, 0, 0)], Entries((await hub.Event("GatewayDepth"))[1]));
        await using RawHub late = await gateway.Market();
        await late.Invoke("SubscribeContractMarketDepth", Es);
        Assert.Equal([(6, 0m, 0, 0), (4, 100m, 2, 0), (2, 99.75m, 7, 7)], Entries((await late.Event("GatewayDepth"))[1]));
    }

    [Fact]
    public async Task OnlyWhatIsSubscribedArrivesAndUnsubscribingEndsIt()
    {
        ScriptedMarket market = new ScriptedMarket("ES", "NQ").Trade(1, 7700).Trade(1, 29_000, instrument: 1).Trade(2, 7701).Trade(3, 7702).Trade(3, 29_001, instrument: 1);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await using RawHub hub = await gateway.Market();
        await hub.Invoke("SubscribeContractTrades", Es);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.Events == 2);
        await hub.Invoke("UnsubscribeContractTrades", Es);
        await hub.Invoke("SubscribeContractTrades", Nq);
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        Assert.Equal(Es, (await hub.Event("GatewayTrade"))[0].GetString());
        Assert.Equal(Nq, (await hub.Event("GatewayTrade"))[0].GetString());
        Assert.Equal([1, 1], gateway.Server.Counters.Contracts.OrderBy(contract => contract.ContractId == Nq).Select(contract => contract.Trades.Sent));
    }

    [Fact]
    public async Task AnUnknownContractIsAcceptedAndStaysSilent()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        await using RawHub hub = await gateway.Market();
        Assert.False((await hub.Invoke("SubscribeContractQuotes", "CON.F.US.NOPE.U26")).TryGetProperty("error", out _));
        Assert.Equal(1, gateway.Server.Counters.Connections.UnknownSubscriptions);
    }

    [Fact]
    public async Task TwoClientsSeeTheSameStreamAndTheCountsAgree()
    {
        var market = new ScriptedMarket("ES");
        for (int i = 0; i < 500; i++) market.Trade(1 + i * 0.01, 7700 + i % 7 * 0.25, 1 + i % 5).Quote(1 + i * 0.01, 7700 + i % 3 * 0.25, 7701);
        await using RunningGateway gateway = await RunningGateway.Start(source: market);
        await using RawHub first = await gateway.Market();
        await using RawHub second = await gateway.Market(byQuery: true);
        foreach (RawHub hub in new[] { first, second })
        {
            await hub.Invoke("SubscribeContractTrades", Es);
            await hub.Invoke("SubscribeContractQuotes", Es);
        }
        await gateway.AdvanceUntil(() => gateway.Server.Counters.Market.State == "ended");
        for (int i = 0; i < 500; i++)
        {
            Assert.Equal((await first.Event("GatewayTrade"))[1].GetRawText(), (await second.Event("GatewayTrade"))[1].GetRawText());
            Assert.Equal((await first.Event("GatewayQuote"))[1].GetRawText(), (await second.Event("GatewayQuote"))[1].GetRawText());
        }
        using HttpResponseMessage response = await gateway.Send("/control/counters", "", method: HttpMethod.Get);
        JsonElement contract = JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(RawHub.Patience)).GetProperty("contracts")[0];
        Assert.Equal((500, 500, 1000, 1000), Totals(contract.GetProperty("trades")));
        Assert.Equal((500, 500, 1000, 1000), Totals(contract.GetProperty("quotes")));
    }

    private static (int, int, int, int) Totals(JsonElement counts) =>
        (counts.GetProperty("published").GetInt32(), counts.GetProperty("publishedEntries").GetInt32(), counts.GetProperty("sent").GetInt32(), counts.GetProperty("sentEntries").GetInt32());

    private static IEnumerable<(int Type, decimal Price, int Volume, int CurrentVolume)> Entries(JsonElement entries) => entries.EnumerateArray().Select(entry =>
        (entry.GetProperty("type").GetInt32(), entry.GetProperty("price").GetDecimal(), entry.GetProperty("volume").GetInt32(), entry.GetProperty("currentVolume").GetInt32()));
}
