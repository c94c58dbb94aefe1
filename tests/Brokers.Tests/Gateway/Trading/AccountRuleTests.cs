using System.Text.Json;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

public sealed class AccountRuleTests
{
    private static GatewayOptions With(AccountRules rules, double speed = 1) =>
        new() { Speed = speed, LongestSilence = TimeSpan.FromDays(1), Accounts = [new AccountOptions { Rules = rules, Fee = 0, Commission = 0 }] };

    /// <summary>The market falls by 4 points after a second.</summary>
    private static ScriptedMarket Fall() => TradingRun.Book().Depth(1, Side.Buy, 7700, 0).Depth(1, Side.Buy, 7699.75, 0).Depth(1, Side.Buy, 7699.5, 0).Depth(1, Side.Buy, 7699.25, 0)
        .Depth(1, Side.Buy, 7696, 50).Trade(1, 7696, 1, Aggressor.Seller);

    [Fact]
    public async Task TheDailyLossLimitFlattensAndLocksUntilTheDayTurns()
    {
        // 4.25 points on one contract are 212.50. The day turns at 17:00 in Chicago, 22:00 UTC.
        ScriptedMarket market = Fall().Trade(7 * 3600 + 60, 7696);
        await using TradingRun run = await TradingRun.Start(market, With(new AccountRules { DailyLoss = 200 }, speed: 10));
        await run.Place(type: 2, side: 0, size: 1);
        long resting = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Pass(0.5);
        Assert.Equal(0, await run.Net());
        Assert.Equal(3, (await run.Order(resting)).GetProperty("status").GetInt32());
        Assert.False(await CanTrade(run));
        Assert.Equal(50_000m - 212.5m, await run.Balance());
        Assert.Equal(4, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended", TimeSpan.FromMinutes(5));
        Assert.True(await CanTrade(run));
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7690m)).Code);
    }

    [Fact]
    public async Task TheMaximumLossEndsTheAccountForGood()
    {
        ScriptedMarket market = Fall().Trade(7 * 3600 + 60, 7696);
        await using TradingRun run = await TradingRun.Start(market, With(new AccountRules { MaximumLoss = 200 }, speed: 10));
        await run.Place(type: 2, side: 0, size: 1);
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended", TimeSpan.FromMinutes(5));
        Assert.Equal(0, await run.Net());
        Assert.False(await CanTrade(run));
    }

    [Theory]
    [InlineData(TrailBasis.EndOfDay, true)]
    [InlineData(TrailBasis.Realized, true)]
    [InlineData(TrailBasis.Equity, false)]
    public async Task AProfitRaisesTheFloorOnlyOnItsBasis(TrailBasis basis, bool survives)
    {
        // Open profit of 10 points (500) raises an equity floor from 49,800 to the starting balance; falling back to a loss of 12.50 breaks that one alone.
        ScriptedMarket market = TradingRun.Book().Trade(1, 7710.25, 1, Aggressor.Buyer).Trade(2, 7700, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market, With(new AccountRules { MaximumLoss = 200, MaximumLossBasis = basis }));
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(2.5);
        Assert.Equal(survives, await CanTrade(run));
        Assert.Equal(survives ? 1 : 0, await run.Net());
    }

    [Fact]
    public async Task TheLargestPositionCountsWhatWorks()
    {
        await using TradingRun run = await TradingRun.Start(options: With(new AccountRules { MaximumPosition = 3 }));
        await run.Place(type: 2, side: 0, size: 1);
        await run.Place(type: 1, side: 0, size: 1, limit: 7699m);
        Assert.Equal(2, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 2)).Code);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1)).Code);
        await run.Pass(0.1);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 2, side: 1, size: 2)).Code);
    }

    [Fact]
    public async Task AnOrderForWhichTheMoneyDoesNotSufficeIsRefusedWithItsOwnCodeAndUsesUpItsTag()
    {
        // 2,600 dollars are five minis at 500 each; what works counts as if it had filled.
        var account = new AccountOptions { Balance = 2_600m, Margin = 500m, Fee = 0, Commission = 0 };
        await using TradingRun run = await TradingRun.Start(options: new GatewayOptions { Accounts = [account] });
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(0.1);
        long resting = await run.Place(type: 1, side: 0, size: 2, limit: 7699m);
        await run.Pass(0.1);
        JsonElement refused = await run.TryPlace(type: 2, side: 0, size: 2, tag: "dear");
        Assert.Equal(3, TradingRun.Outcome(refused).Code);
        Assert.Equal(5, (await run.Order(refused.GetProperty("orderId").GetInt64())).GetProperty("status").GetInt32());
        Assert.Equal((2, "Specified custom tag is already in use"), TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1, tag: "dear")));
        Assert.Equal(3, (await run.Modify(resting, size: 4)).Code);
        Assert.Equal((0, null), await run.Modify(resting, size: 3));
        await run.Pass(0.1);
        // What reduces costs nothing; what turns the position round counts for what it leaves: four short beside two held and three working is four.
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 1, size: 6, limit: 7710m)).Code);
        Assert.Equal(3, TradingRun.Outcome(await run.TryPlace(type: 1, side: 1, size: 2, limit: 7710m)).Code);
    }

    [Fact]
    public async Task ALossShrinksWhatTheMoneySufficesFor()
    {
        // Four points down on two contracts are 425 dollars with the entry's quarter: 1,575 are left, which is three minis.
        var account = new AccountOptions { Balance = 2_000m, Margin = 500m, Fee = 0, Commission = 0 };
        await using TradingRun run = await TradingRun.Start(Fall(), new GatewayOptions { Accounts = [account] });
        await run.Place(type: 2, side: 0, size: 2);
        await run.Pass(1.5);
        Assert.Equal(3, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 2, limit: 7690m)).Code);
        Assert.Equal(0, TradingRun.Outcome(await run.TryPlace(type: 1, side: 0, size: 1, limit: 7690m)).Code);
    }

    [Fact]
    public async Task TheAccountIsFlatAtItsTimeAndOrdersAreRefusedThen()
    {
        // 15:10 in Chicago is 20:10 UTC, 5 h 10 min after the market's start.
        ScriptedMarket market = TradingRun.Book().Trade(5 * 3600 + 11 * 60, 7700);
        await using TradingRun run = await TradingRun.Start(market, With(new AccountRules { FlatBy = new TimeOnly(15, 10) }, speed: 60));
        await run.Place(type: 2, side: 0, size: 1);
        await run.Gateway.AdvanceUntil(() => run.Gateway.Server.Counters.Market.State == "ended", TimeSpan.FromSeconds(10));
        Assert.Equal(0, await run.Net());
        (int code, string? words) = TradingRun.Outcome(await run.TryPlace(type: 2, side: 0, size: 1));
        Assert.Equal((2, "Trading is currently unavailable. The instrument is not in an active trading status."), (code, words));
        JsonElement last = (await run.List("Trade/search", "trades"))[0];
        Assert.Equal(new DateTimeOffset(2026, 8, 19, 20, 10, 0, 8, TimeSpan.Zero), last.GetProperty("creationTimestamp").GetDateTimeOffset());
    }

    [Fact]
    public void RulesAreReadAsPeopleWriteThem()
    {
        AccountOptions account = AccountText.Read("50k, brackets=auto-oco, dll=750, flat-by=off, mll-basis=equity", out IReadOnlyList<string> faults);
        Assert.Empty(faults);
        Assert.Equal((50_000m, BracketMode.AutoOco), (account.Balance, account.Brackets));
        Assert.Equal(new AccountRules { MaximumLoss = 2000, DailyLoss = 750, MaximumPosition = 5, MaximumLossBasis = TrailBasis.Equity }, account.Rules);
    }

    [Theory]
    [InlineData("51k")]
    [InlineData("dll=much")]
    [InlineData("flat-by=25:00")]
    [InlineData("kind=3")]
    [InlineData("dll=0")]
    public void ARuleThatCannotBeReadIsNamed(string text)
    {
        AccountText.Read(text, out IReadOnlyList<string> faults);
        Assert.Single(faults);
    }

    private static async Task<bool> CanTrade(TradingRun run) =>
        (await run.Post("Account/search", new { onlyActiveAccounts = true })).GetProperty("accounts")[0].GetProperty("canTrade").GetBoolean();
}
