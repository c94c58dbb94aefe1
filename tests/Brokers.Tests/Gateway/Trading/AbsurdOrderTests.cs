using System.Net;
using System.Text.Json;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

/// <summary>Sizes, prices and distances beyond all measure are refused with code and words, whether placing, changing or by hand.</summary>
public sealed class AbsurdOrderTests
{
    private const string Far = "Invalid price. Price is outside allowed range.";
    private const string Large = "Invalid order size. Size should be at most 100000.";

    // No margin: otherwise the account's money would refuse the size.
    private static GatewayOptions Options => new() { Accounts = [new AccountOptions { Brackets = BracketMode.AutoOco, Margin = 0 }] };

    public static TheoryData<string, string> Placed => new()
    {
        { """ "type":1,"side":0,"size":1,"limitPrice":7.9e28 """, Far },
        { """ "type":1,"side":1,"size":1,"limitPrice":-79228162514264337593543950335 """, Far },
        { """ "type":4,"side":0,"size":1,"stopPrice":7.9e28 """, Far },
        { """ "type":3,"side":0,"size":1,"limitPrice":7701,"stopPrice":7.9e28 """, Far },
        { """ "type":5,"side":1,"size":1,"trailPrice":-7.9e28 """, Far },
        { """ "type":2,"side":0,"size":1,"limitPrice":7.9e28 """, Far },
        { """ "type":2,"side":0,"size":2147483647 """, Large },
        { """ "type":2,"side":0,"size":100001 """, Large },
        { """ "type":2,"side":0,"size":-2147483648 """, "Invalid order size. Size should be greater than zero." },
        { """ "type":2,"side":0,"size":1,"stopLossBracket":{"ticks":-2147483648,"type":4} """, "Invalid stop loss ticks (-2147483648). Price should be at most 100000 ticks away." },
        { """ "type":2,"side":0,"size":1,"stopLossBracket":{"ticks":-100001,"type":5} """, "Invalid stop loss ticks (-100001). Price should be at most 100000 ticks away." },
        { """ "type":2,"side":0,"size":1,"takeProfitBracket":{"ticks":2147483647,"type":1} """, "Invalid take profit ticks (2147483647). Price should be at most 100000 ticks away." },
        { """ "type":2,"side":1,"size":1,"takeProfitBracket":{"ticks":-2147483648,"type":1} """, "Invalid take profit ticks (-2147483648). Price should be at most 100000 ticks away." },
    };

    [Theory]
    [MemberData(nameof(Placed))]
    public async Task AnAbsurdOrderIsRefusedAndKeptAsRejected(string members, string words)
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        (HttpStatusCode status, JsonElement answer) = await run.Gateway.Post("/api/Order/place", $$"""{"accountId":1001,"contractId":"CON.F.US.EP.U26",{{members}}}""", run.Token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((2, words), TradingRun.Outcome(answer));
        Assert.Equal(5, (await run.Order(answer.GetProperty("orderId").GetInt64())).GetProperty("status").GetInt32());
    }

    public static TheoryData<int, string, string> Changed => new()
    {
        { 1, """ "limitPrice":7.9e28 """, Far },
        { 1, """ "stopPrice":-7.9e28 """, Far },
        { 1, """ "size":2147483647 """, Large },
        { 4, """ "stopPrice":79228162514264337593543950335 """, Far },
        { 4, """ "limitPrice":7.9e28 """, Far },
        { 5, """ "trailPrice":7.9e28 """, Far },
        { 5, """ "trailPrice":7690,"limitPrice":7.9e28 """, Far },
    };

    [Theory]
    [MemberData(nameof(Changed))]
    public async Task AnAbsurdChangeIsRefusedAndTheOrderStays(int type, string members, string words)
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        long id = await run.Place(type, side: 1, size: 1, limit: type == 1 ? 7710m : null, stop: type == 4 ? 7690m : null, trail: type == 5 ? 7690m : null);
        await run.Pass(0.1);
        string before = (await run.Order(id)).GetRawText();
        (HttpStatusCode status, JsonElement answer) = await run.Gateway.Post("/api/Order/modify", $$"""{"accountId":1001,"orderId":{{id}},{{members}}}""", run.Token);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((3, words), TradingRun.Outcome(answer));
        await run.Pass(0.1);
        Assert.Equal(before, (await run.Order(id)).GetRawText());
    }

    [Theory]
    [InlineData("""{"size":2147483647}""", "The size is 2147483647; expected 1 to 100000 contracts.")]
    [InlineData("""{"price":7.9e28}""", "The price is 79000000000000000000000000000; expected one from -10000000 to 10000000.")]
    public async Task AnAbsurdFillByHandIsRefused(string body, string words)
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7690m);
        await run.Pass(0.1);
        (_, JsonElement answer) = await run.Gateway.Post($"/control/orders/{id}/fill", body);
        Assert.Equal((1, words), TradingRun.Outcome(answer));
    }

    [Fact]
    public async Task ATradeIsNotCorrectedToAnAbsurdPrice()
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        await run.Place(type: 2, side: 0, size: 1);
        await run.Pass(0.1);
        decimal before = await run.Balance();
        long trade = (await run.List("Trade/search", "trades"))[0].GetProperty("id").GetInt64();
        (_, JsonElement answer) = await run.Gateway.Post($"/control/trades/{trade}/correct", """{"price":-7.9e28}""");
        Assert.Equal((1, "The price is -79000000000000000000000000000; expected one from -10000000 to 10000000."), TradingRun.Outcome(answer));
        Assert.Equal(before, await run.Balance());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task BarsOfSoManyUnitsThatNoTimeHoldsThemAreRefused(int unit)
    {
        await using TradingRun run = await TradingRun.Start(options: Options);
        JsonElement answer = await run.Post("History/retrieveBars", new { contractId = TradingRun.Es, live = false, startTime = "2026-08-19T00:00:00Z", endTime = "2026-08-20T00:00:00Z", unit, unitNumber = int.MaxValue, limit = 10, includePartialBar = true });
        Assert.Equal(3, TradingRun.Outcome(answer).Code);
    }
}
