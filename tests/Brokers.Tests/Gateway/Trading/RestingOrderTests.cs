using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.Tests.Gateway.Trading;

public sealed class RestingOrderTests
{
    [Fact]
    public async Task ALimitOrderWaitsBehindWhatWasDisplayedAndFillsInParts()
    {
        // Five are displayed at 7700.00. Sales of 3, then 4, then 9 come: 2 of the second and all that is left of the order from the third reach it.
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 3, Aggressor.Seller).Trade(2, 7700, 4, Aggressor.Seller).Trade(3, 7700, 9, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 6, limit: 7700);
        await run.Pass(1.5);
        Assert.Equal((1, 0), await Filled(run, id));
        await run.Pass(1);
        Assert.Equal((1, 2), await Filled(run, id));
        await run.Pass(1);
        Assert.Equal((2, 6), await Filled(run, id));
        Assert.Equal([4, 2], (await run.List("Trade/search", "trades")).Select(trade => trade.GetProperty("size").GetInt32()));
    }

    [Fact]
    public async Task PurchasesDoNotMoveTheQueueOfABuyer()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 50, Aggressor.Buyer);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 1, limit: 7700);
        await run.Pass(2);
        Assert.Equal((1, 0), await Filled(run, id));
    }

    [Fact]
    public async Task CancellationsShortenTheQueueOnlyWhenNothingElseCanExplainTheDisplay()
    {
        // The display falls from 5 to 2: at most 2 can still be ahead, so a sale of 3 leaves 1 for the order.
        ScriptedMarket market = TradingRun.Book().Depth(1, Side.Buy, 7700, 2).Trade(2, 7700, 3, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 3, limit: 7700);
        await run.Pass(3);
        Assert.Equal((1, 1), await Filled(run, id));
    }

    [Fact]
    public async Task OrdersOfOnePriceAreServedInTheOrderInWhichTheyCame()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700, 8, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long first = await run.Place(type: 1, side: 0, size: 2, limit: 7700);
        long second = await run.Place(type: 1, side: 0, size: 2, limit: 7700);
        await run.Pass(2);
        Assert.Equal((2, 2), await Filled(run, first));
        Assert.Equal((1, 1), await Filled(run, second));
    }

    [Fact]
    public async Task ATradeThroughThePriceFillsAllAtThePrice()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7699.75, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 6, limit: 7700);
        await run.Pass(2);
        JsonElement order = await run.Order(id);
        Assert.Equal((2, 6, 7700m), (order.GetProperty("status").GetInt32(), order.GetProperty("fillVolume").GetInt32(), order.GetProperty("filledPrice").GetDecimal()));
    }

    [Fact]
    public async Task AMarketThatComesAcrossThePriceFillsWhatItShows()
    {
        ScriptedMarket market = TradingRun.Book().Depth(1, Side.Buy, 7700, 0).Depth(1, Side.Sell, 7700, 2);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 1, side: 0, size: 6, limit: 7700);
        await run.Pass(2);
        Assert.Equal((1, 2), await Filled(run, id));
    }

    [Fact]
    public async Task AMarketableLimitTakesUpToItsPriceAndRests()
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type: 1, side: 0, size: 12, limit: 7700.5m);
        await run.Pass(0.1);
        Assert.Equal((1, 10), await Filled(run, id));
        Assert.Equal([7700.5m, 7700.25m], (await run.List("Trade/search", "trades")).Select(trade => trade.GetProperty("price").GetDecimal()));
    }

    [Fact]
    public async Task AStopTriggersOnATradeAndFillsAtTheBook()
    {
        ScriptedMarket market = TradingRun.Book().Depth(1, Side.Buy, 7700, 0).Depth(1, Side.Buy, 7699.75, 3).Trade(2, 7699.75, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 4, side: 1, size: 4, stop: 7699.75m);
        await run.Pass(1.5);
        Assert.Equal((1, 0), await Filled(run, id));
        await run.Pass(1);
        JsonElement order = await run.Order(id);
        Assert.Equal((2, 4), await Filled(run, id));
        Assert.Equal((7699.75m * 3 + 7699.5m) / 4, order.GetProperty("filledPrice").GetDecimal());
        Assert.Equal(7699.75m, order.GetProperty("stopPrice").GetDecimal());
    }

    [Fact]
    public async Task AStopLimitDoesNotFillBeyondItsLimit()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7700.5, 1, Aggressor.Buyer);
        await using TradingRun run = await TradingRun.Start(market);
        long id = await run.Place(type: 3, side: 0, size: 9, limit: 7700.25m, stop: 7700.5m);
        await run.Pass(2);
        Assert.Equal((1, 5), await Filled(run, id));
    }

    [Fact]
    public async Task ATrailingStopFollowsTheMarketOneWay()
    {
        ScriptedMarket market = TradingRun.Book().Trade(1, 7702, 1, Aggressor.Buyer).Trade(2, 7701.25, 1, Aggressor.Seller).Trade(3, 7701, 1, Aggressor.Seller);
        await using TradingRun run = await TradingRun.Start(market);
        // The last price is 7700.00; the level 7699.00 means four ticks.
        long id = await run.Place(type: 5, side: 1, size: 1, trail: 7699m);
        await run.Pass(0.5);
        JsonElement order = await run.Order(id);
        Assert.Equal((-4, -1m, 7699m), (order.GetProperty("trailDistance").GetInt32(), order.GetProperty("trailPrice").GetDecimal(), order.GetProperty("stopPrice").GetDecimal()));
        await run.Pass(2);
        Assert.Equal(7701m, (await run.Order(id)).GetProperty("stopPrice").GetDecimal());
        Assert.Equal((1, 0), await Filled(run, id));
        await run.Pass(1);
        Assert.Equal((2, 1), await Filled(run, id));
    }

    [Theory]
    [InlineData(6, 0, 7700.0)]
    [InlineData(7, 1, 7700.25)]
    public async Task JoiningTheTouchRestsThere(int type, int side, double price)
    {
        await using TradingRun run = await TradingRun.Start();
        long id = await run.Place(type, side, size: 1);
        await run.Pass(0.1);
        JsonElement order = await run.Order(id);
        Assert.Equal((1, type, (decimal)price), (order.GetProperty("status").GetInt32(), order.GetProperty("type").GetInt32(), order.GetProperty("limitPrice").GetDecimal()));
    }

    private static async Task<(int Status, int Volume)> Filled(TradingRun run, long id)
    {
        JsonElement order = await run.Order(id);
        return (order.GetProperty("status").GetInt32(), order.GetProperty("fillVolume").GetInt32());
    }
}
