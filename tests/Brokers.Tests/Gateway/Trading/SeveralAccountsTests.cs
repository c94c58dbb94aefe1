using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>One user with several accounts: each has its own money, orders, tags, positions and subscriptions.</summary>
public sealed class SeveralAccountsTests
{
    private static readonly GatewayOptions Two = new() { Accounts = [new AccountOptions(), new AccountOptions { Id = 1002, Balance = 25_000m, Brackets = BracketMode.AutoOco }] };

    [Fact]
    public async Task AllAreListedAndClosedOnesOnlyWhenAskedFor()
    {
        await using TradingRun run = await TradingRun.Start(options: Two with { Accounts = [.. Two.Accounts, new AccountOptions { Id = 1003, Kind = AccountKind.Closed }] });
        Assert.Equal([(1001, "PRAC-V2-1001-SIM", 50_000m, true, true), (1002, "PRAC-V2-1002-SIM", 25_000m, true, true)], await Accounts(run, onlyActive: true));
        Assert.Equal((1003, "PRAC-V2-1003-SIM", 50_000m, false, false), (await Accounts(run, onlyActive: false))[2]);
        Assert.Equal(4, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, account: 1003)).Code);
    }

    [Fact]
    public async Task OrdersPositionsTradesAndMoneyBelongToOneAccount()
    {
        await using TradingRun run = await TradingRun.Start(options: Two);
        long id = (await run.TryPlace(type: 2, side: 0, size: 2, tag: "same", account: 1002)).GetProperty("orderId").GetInt64();
        await run.Pass(0.1);
        Assert.Empty(await run.List("Order/search", "orders"));
        Assert.Empty(await run.List("Position/searchOpen", "positions"));
        Assert.Empty(await run.List("Trade/search", "trades"));
        Assert.Equal(50_000m, await run.Balance());
        JsonElement position = Assert.Single(await Rows(run, "Position/searchOpen", "positions"));
        Assert.Equal((1002, 2), (position.GetProperty("accountId").GetInt32(), position.GetProperty("size").GetInt32()));
        Assert.Equal(id, Assert.Single(await Rows(run, "Trade/search", "trades")).GetProperty("orderId").GetInt64());
        // Nobody else's order can be changed or cancelled, and a tag is used up in its own account alone.
        Assert.Equal((2, 2), ((await run.Cancel(id)).Code, (await run.Modify(id, size: 1)).Code));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, tag: "same")).Code);
    }

    [Fact]
    public async Task EachAccountHasItsOwnRules()
    {
        await using TradingRun run = await TradingRun.Start(options: Two);
        object stop = new { ticks = -8, type = 4 };
        Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: stop)).Code);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, stopLoss: stop, account: 1002)).Code);
    }

    [Fact]
    public async Task TheUserHubTellsOfAnAccountOnlyThoseWhoSubscribedToIt()
    {
        await using TradingRun run = await TradingRun.Start(options: Two);
        await using RawHub second = await RawHub.Open(run.Gateway.Server.BaseAddress, "user", run.Token);
        await second.Invoke("SubscribeOrders", 1002);
        await second.Invoke("SubscribePositions", 1002);
        await run.TryPlace(type: 1, side: 0, size: 1, limit: 7699m, account: 1002);
        await run.Place(type: 2, side: 0, size: 1);
        await run.TryPlace(type: 2, side: 0, size: 1, account: 1002);
        await run.Pass(0.1);
        // The first event on each side is of its own account, although the other one's order came before.
        Assert.Equal(1001, (await run.Event("GatewayUserOrder")).Data.GetProperty("accountId").GetInt32());
        for (int i = 0; i < 4; i++) Assert.Equal(1002, (await second.Event("GatewayUserOrder"))[0].GetProperty("data").GetProperty("accountId").GetInt32());
        Assert.Equal(1002, (await second.Event("GatewayUserPosition"))[0].GetProperty("data").GetProperty("accountId").GetInt32());
        Assert.Equal(3, run.Gateway.Server.Counters.User.Orders.Published / 2);
    }

    [Fact]
    public void AccountsWithoutAnIdGetTheFreeOnes()
    {
        IReadOnlyList<AccountOptions> accounts = AccountText.ReadAll(["50k", "practice,id=1001", "100k,name=mine", "practice,id=7"], out IReadOnlyList<string> faults);
        Assert.Empty(faults);
        Assert.Equal([(1002, "50KTC-V2-DLL-1002-SIM"), (1001, "PRAC-V2-1001-SIM"), (1003, "mine"), (7, "PRAC-V2-7-SIM")], accounts.Select(account => (account.Id, account.Name)));
    }

    [Fact]
    public void AnIdThatIsGivenTwiceIsNamed()
    {
        AccountText.ReadAll(["id=7", "id=7", "id=8"], out IReadOnlyList<string> faults);
        Assert.Equal(["The account id 7 is given 2 times; expected another id for each account."], faults);
        Assert.Contains("account id 1001 is given 2 times", Assert.Single(new GatewayOptions { Accounts = [new AccountOptions(), new AccountOptions()] }.Faults()), StringComparison.Ordinal);
    }

    private static async Task<(int, string, decimal, bool, bool)[]> Accounts(TradingRun run, bool onlyActive) =>
        [.. (await run.Post("Account/search", new { onlyActiveAccounts = onlyActive })).GetProperty("accounts").EnumerateArray().Select(account => (account.GetProperty("id").GetInt32(),
            account.GetProperty("name").GetString()!, account.GetProperty("balance").GetDecimal(), account.GetProperty("canTrade").GetBoolean(), account.GetProperty("isVisible").GetBoolean()))];

    private static async Task<JsonElement[]> Rows(TradingRun run, string path, string member) =>
        [.. (await run.Post(path, new { accountId = 1002, startTimestamp = "2026-08-19T00:00:00Z" })).GetProperty(member).EnumerateArray()];
}
