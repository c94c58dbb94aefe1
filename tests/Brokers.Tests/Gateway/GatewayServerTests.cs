using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Market;

namespace Tradewind.Brokers.Tests.Gateway;

public sealed class GatewayServerTests
{
    public static TheoryData<GatewayOptions, string> Wrong => new()
    {
        { new GatewayOptions { Port = 65_536 }, "The port is 65536" },
        { new GatewayOptions { Port = -1 }, "The port is -1" },
        { new GatewayOptions { Speed = 0 }, "The speed is 0" },
        { new GatewayOptions { Speed = double.NaN }, "The speed is NaN" },
        { new GatewayOptions { UserName = " " }, "user name is empty" },
        { new GatewayOptions { ApiKey = "" }, "API key is empty" },
        { new GatewayOptions { TokenLifetime = TimeSpan.Zero }, "token lifetime is 00:00:00" },
        { new GatewayOptions { OutboxCapacity = 1 }, "outbox capacity is 1" },
        { new GatewayOptions { LongestSilence = TimeSpan.Zero }, "longest silence" },
        { new GatewayOptions { Activity = 0 }, "is 0; expected 0.01 to 10000" },
        { new GatewayOptions { Symbols = ["SPX"] }, "SPX" },
        { new GatewayOptions { Symbols = ["ES", "es"] }, "twice" },
        { new GatewayOptions { Symbols = [] }, "expected 1 to 64" },
        { new GatewayOptions { Symbols = ["ZN"] }, "ZN" },
        { new GatewayOptions { Start = Timestamp.FromUtc(1990, 1, 1) }, "1990" },
        { new GatewayOptions { WallClock = true, Start = ScriptedMarket.Noon }, "wall clock" },
        { new GatewayOptions { WallClock = true, Speed = 2 }, "expected speed 1" },
        { new GatewayOptions { WallClock = true, ReplayFile = "a.twr" }, "recording has its own time" },
        { new GatewayOptions { Accounts = [new AccountOptions { Id = 0 }] }, "account id is 0" },
        { new GatewayOptions { Accounts = [new AccountOptions { Balance = -1 }] }, "balance is -1" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void AWrongOptionIsNamed(GatewayOptions options, string words)
    {
        GatewayException refused = Assert.Throws<GatewayException>(() => GatewayServer.Create(options));
        Assert.Contains(words, refused.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Single(options.Faults());
    }

    [Fact]
    public void AllFaultsAreReportedAtOnce() =>
        Assert.Equal(4, new GatewayOptions { Port = -1, Speed = -1, UserName = "", Symbols = ["XX"] }.Faults().Count);

    [Theory]
    [InlineData("1", 1.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("10x", 10.0)]
    [InlineData("max", double.PositiveInfinity)]
    [InlineData("MAX", double.PositiveInfinity)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("fast", null)]
    [InlineData("", null)]
    [InlineData("1e400", null)]
    public void ASpeedIsReadAsPeopleWriteIt(string text, double? speed) => Assert.Equal(speed, GatewayOptions.TryParseSpeed(text, out double read) ? read : null);

    [Fact]
    public async Task AnOccupiedPortIsOneSentence()
    {
        await using RunningGateway first = await RunningGateway.Start();
        await using var second = new GatewayServer(new GatewayOptions { Port = first.Server.BaseAddress.Port }, new ScriptedMarket("ES"));
        GatewayException refused = await Assert.ThrowsAsync<GatewayException>(() => second.StartAsync(RawHub.Patience));
        Assert.Contains($"Port {first.Server.BaseAddress.Port} of 127.0.0.1 is in use", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheWholeGatewayStartsFromOptionsAlone()
    {
        await using GatewayServer server = GatewayServer.Create(new GatewayOptions(), time: new FakeTimeProvider(new DateTimeOffset(2026, 8, 23, 12, 0, 0, TimeSpan.Zero)));
        await server.StartAsync(RawHub.Patience);
        // A Sunday: the latest morning is Friday's, 08:30 in Chicago.
        Assert.Equal(Timestamp.FromUtc(2026, 8, 21, 13, 30), server.Counters.Market.Start);
        Assert.Equal("127.0.0.1", server.BaseAddress.Host);
        await server.StopAsync(RawHub.Patience);
    }

    [Fact]
    public async Task ASourceThatBreaksIsReported()
    {
        await using RunningGateway gateway = await RunningGateway.Start(source: new ReplayMarket(new("es.twr", [Find("ES")], Breaking)));
        await gateway.AdvanceUntil(() => gateway.Server.MarketEnd.IsCompleted);
        await Assert.ThrowsAsync<InvalidDataException>(() => gateway.Server.MarketEnd);
        Assert.Equal("failed", gateway.Server.Counters.Market.State);
    }

    [Fact]
    public async Task ASlowClientIsClosedAndDelaysNobody()
    {
        var market = new ScriptedMarket("ES");
        const int Events = 300;
        for (int i = 0; i < Events * 1000; i++) market.Trade(1 + i / 1000, 7700 + i % 7 * 0.25);
        await using RunningGateway gateway = await RunningGateway.Start(new GatewayOptions { OutboxCapacity = 16 }, market);
        await using RawHub slow = await gateway.Market();
        await using RawHub fast = await gateway.Market();
        await slow.Invoke("SubscribeContractTrades", "CON.F.US.EP.U26");
        await fast.Invoke("SubscribeContractTrades", "CON.F.US.EP.U26");
        for (int i = 0; i < Events; i++)
        {
            // About 140 KB each: in all far more than the sockets of a client that does not read can hold.
            await gateway.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1000, (await fast.Event("GatewayTrade"))[1].GetArrayLength());
        }
        Assert.Equal(1, gateway.Server.Counters.Connections.Dropped);
        while (await slow.Next() is not null)
        {
            // What was already on its way may be read; then the socket is closed.
        }
        await gateway.Until(() => gateway.Server.Counters.Connections is { Open: 1, Abandoned: > 0 });
    }

    [Fact]
    public async Task StoppingClosesTheHubs()
    {
        await using RunningGateway gateway = await RunningGateway.Start();
        await using RawHub hub = await gateway.Market();
        await gateway.Server.StopAsync(RawHub.Patience);
        JsonElement? last = await hub.Next();
        Assert.True(last is null || last.Value.GetProperty("type").GetInt32() == 7);
    }

    private static IEnumerable<Input> Breaking()
    {
        yield return new(0, new Trade(ScriptedMarket.Noon, 7000, 1));
        yield return new(0, new Trade(ScriptedMarket.Noon + TimeSpan.FromSeconds(1), 7000, 1));
        throw new InvalidDataException("The block at byte 4096 is damaged.");
    }

    private static Instrument Find(string symbol) => Tradewind.Core.Model.Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new ArgumentException(symbol);
}
