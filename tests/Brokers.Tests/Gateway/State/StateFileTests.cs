using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.Tests.Gateway.Trading;
using Tradewind.Core.Model;
using Tradewind.Gateway;

namespace Tradewind.Brokers.Tests.Gateway.State;

/// <summary>The file itself: what is torn, damaged or foreign, and the market's time.</summary>
public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tradewind-state-").FullName;

    private string FilePath => Path.Combine(_folder, "gateway.state");

    private GatewayOptions Options => new() { StateFile = FilePath };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task EveryTornEndIsCutAndWhatCameBeforeIsThere()
    {
        await using (TradingRun run = await TradingRun.Start(options: Options)) await run.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "first");
        byte[] before = await File.ReadAllBytesAsync(FilePath, RawHub.Patience);
        await using (TradingRun run = await TradingRun.Start(options: Options)) await run.Place(type: 1, side: 0, size: 1, limit: 7699m, tag: "second");
        byte[] after = await File.ReadAllBytesAsync(FilePath, RawHub.Patience);
        int lastLine = Array.LastIndexOf(after, (byte)'\n', after.Length - 2) + 1;
        foreach (int length in new[] { lastLine, lastLine + 1, (lastLine + after.Length) / 2, after.Length - 2, after.Length - 1, after.Length })
        {
            await File.WriteAllBytesAsync(FilePath, after[..length], RawHub.Patience);
            await using TradingRun run = await TradingRun.Start(options: Options);
            Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m, tag: "first")).Code);
            // Without its last newline the line is whole all the same.
            Assert.Equal(length >= after.Length - 1 ? 2 : 0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m, tag: "second")).Code);
        }
        Assert.NotEqual(before.Length, after.Length);
    }

    [Fact]
    public async Task ADamagedLineIsNamed()
    {
        await using (TradingRun run = await TradingRun.Start(options: Options)) await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        string[] lines = await File.ReadAllLinesAsync(FilePath, RawHub.Patience);
        lines[1] = lines[1][..20];
        await File.WriteAllLinesAsync(FilePath, lines, RawHub.Patience);
        GatewayException refused = Assert.Throws<GatewayException>(() => new GatewayServer(Options, TradingRun.Book()));
        Assert.Contains($"{FilePath}, line 2 is damaged", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{\"file\":\"tradewind gateway state\",\"version\":2}\n{}\n")]
    public async Task AForeignFileIsLeftAlone(string text)
    {
        await File.WriteAllTextAsync(FilePath, text, RawHub.Patience);
        GatewayException refused = Assert.Throws<GatewayException>(() => new GatewayServer(Options, TradingRun.Book()));
        Assert.Contains("is no state of the gateway simulator", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(FilePath, RawHub.Patience));
    }

    [Fact]
    public async Task AFileThatIsInUseIsRefused()
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        GatewayException refused = Assert.Throws<GatewayException>(() => new GatewayServer(Options, TradingRun.Book()));
        Assert.Contains("end the simulator that uses it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileIsWrittenAnewWithTheLatestOfEverythingWhenItIsOpened()
    {
        await using (TradingRun run = await TradingRun.Start(options: Options))
        {
            long id = await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
            await run.Pass(0.1);
            for (int i = 0; i < 40; i++)
            {
                await run.Modify(id, limit: i % 2 == 0 ? 7698m : 7699m);
                await run.Pass(0.1);
            }
        }
        int grown = (await File.ReadAllLinesAsync(FilePath, RawHub.Patience)).Length;
        await using (TradingRun run = await TradingRun.Start(Later(), Options)) await run.Pass(0.1);
        int compact = (await File.ReadAllLinesAsync(FilePath, RawHub.Patience)).Length;
        Assert.InRange(grown, 80, int.MaxValue);
        Assert.InRange(compact, 3, 10);
    }

    [Fact]
    public async Task TheMadeUpMarketGoesOnWhereItStood()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 8, 20, 20, 0, 0, TimeSpan.Zero));
        GatewayOptions options = Options with { Symbols = ["ES"] };
        Timestamp stood;
        await using (GatewayServer server = GatewayServer.Create(options, time: time))
        {
            await server.StartAsync(RawHub.Patience);
            await Until(() => server.Counters.Market.State == "streaming");
            for (int second = 0; second < 30; second++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Until(() => server.Counters.Market.Lag.TotalMilliseconds <= 1);
            }
            stood = server.Counters.Market.Time;
        }
        await using GatewayServer again = GatewayServer.Create(options, time: time);
        // Market time is kept once a second.
        Assert.InRange(again.Counters.Market.Start.Nanoseconds, (stood - TimeSpan.FromSeconds(5)).Nanoseconds, stood.Nanoseconds);

        async Task Until(Func<bool> condition)
        {
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
            CancellationToken patience = RawHub.Patience;
            while (!condition())
            {
                await pause.WaitForNextTickAsync(patience);
                time.Advance(TimeSpan.Zero);
            }
        }
    }

    [Fact]
    public async Task AMarketThatBeginsBeforeTheStateEndsIsRefused()
    {
        await using (TradingRun run = await TradingRun.Start(Later(), Options)) await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        GatewayException refused = Assert.Throws<GatewayException>(() => new GatewayServer(Options, TradingRun.Book()));
        Assert.Contains("The market begins at 2026-08-19T15:00:00Z, before the state", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsHeldInAProductThatIsNotTradedIsRefused()
    {
        await using (TradingRun run = await TradingRun.Start(options: Options)) await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        GatewayException refused = Assert.Throws<GatewayException>(() => new GatewayServer(Options, new ScriptedMarket("NQ")));
        Assert.Contains("CON.F.US.EP.U26, which this market does not trade; trade ES too", refused.Message, StringComparison.Ordinal);
    }

    private static ScriptedMarket Later()
    {
        var market = new ScriptedMarket("ES") { Start = ScriptedMarket.Noon + TimeSpan.FromMinutes(1) };
        return market.Quote(-1, 7700, 7700.25, 5, 5).Trade(-1, 7700, 1, Aggressor.Seller).Trade(120, 7700, 1, Aggressor.Seller);
    }
}
