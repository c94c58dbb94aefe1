using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>The codes of closing a position, whole and in part: the same refusal has another number at each endpoint (protocol, 3.4.6).</summary>
public sealed class PositionCodeTests : IDisposable
{
    private const string Unavailable = "Trading is currently unavailable. The instrument is not in an active trading status.";

    private readonly string _folder = Directory.CreateTempSubdirectory("tradewind-codes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task AnUnknownAccountIsCodeOneAndNoPositionCodeTwoAtBoth()
    {
        await using TradingRun run = await TradingRun.Start();
        Assert.Equal(((1, null), (1, null)), (await Close(run, account: 9), await Part(run, 1, account: 9)));
        Assert.Equal(((2, null), (2, null)), (await Close(run), await Part(run, 1)));
    }

    [Fact]
    public async Task AnUnknownContractIsCodeThreeAndOneThatIsNotActiveCodeFourAtBoth()
    {
        await using TradingRun run = await TradingRun.Start();
        Assert.Equal(((3, null), (3, null)), (await Close(run, contract: "CON.F.US.NOPE.U26"), await Part(run, 1, contract: "CON.F.US.NOPE.U26")));
        Assert.Equal(((4, null), (4, null)), (await Close(run, contract: "CON.F.US.EP.Z26"), await Part(run, 1, contract: "CON.F.US.EP.Z26")));
    }

    [Fact]
    public async Task WhereNothingTradesClosingIsCodeFiveWithWordsAndInPartCodeSixWithout()
    {
        await using TradingRun run = await Long(new());
        await run.Inject("halt", new { lasts = 5 });
        Assert.Equal((5, Unavailable), await Close(run));
        Assert.Equal((6, null), await Part(run, 1));
        Assert.Equal((5, null), await Part(run, 4));
        Assert.Equal(3, await run.Net());
    }

    [Fact]
    public async Task WithoutAPriceClosingInPartIsCodeSixWithoutWords()
    {
        GatewayOptions kept = new() { StateFile = Path.Combine(_folder, "gateway.state") };
        await (await Long(kept)).DisposeAsync();
        // The position is there again, and nothing has been traded or quoted yet.
        await using TradingRun again = await TradingRun.Start(new ScriptedMarket("ES") { Start = ScriptedMarket.Noon + TimeSpan.FromSeconds(1) }.Trade(60, 7700, 1, Aggressor.Seller), kept);
        Assert.Equal(3, await again.Net());
        Assert.Equal((6, null), await Part(again, 1));
        await again.Pass(0.1);
        Assert.Equal(3, await again.Net());
    }

    [Fact]
    public async Task AFollowerIsCodeEightAndInPartCodeNine()
    {
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [new AccountOptions { Kind = AccountKind.Follower }] });
        Assert.Equal((8, 9), ((await Close(run)).Code, (await Part(run, 1)).Code));
    }

    [Fact]
    public async Task SearchesOfAnUnknownAccountAreCodeOne()
    {
        await using TradingRun run = await TradingRun.Start();
        foreach (string path in new[] { "Order/search", "Order/searchOpen", "Position/searchOpen", "Trade/search" })
        {
            JsonElement answer = await run.Post(path, new { accountId = 9, startTimestamp = "2026-08-19T00:00:00Z" });
            Assert.Equal((path, 1), (path, TradingRun.Outcome(answer).Code));
        }
    }

    private static async Task<TradingRun> Long(GatewayOptions options)
    {
        TradingRun run = await TradingRun.Start(options: options);
        await run.Place(type: 2, side: 0, size: 3);
        await run.Pass(0.1);
        Assert.Equal(3, await run.Net());
        return run;
    }

    private static async Task<(int Code, string? Text)> Close(TradingRun run, int account = 1001, string contract = TradingRun.Es) =>
        TradingRun.Outcome(await run.Post("Position/closeContract", new { accountId = account, contractId = contract }));

    private static async Task<(int Code, string? Text)> Part(TradingRun run, int size, int account = 1001, string contract = TradingRun.Es) =>
        TradingRun.Outcome(await run.Post("Position/partialCloseContract", new { accountId = account, contractId = contract, size }));
}
