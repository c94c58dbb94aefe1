using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Conformance.Cards;

/// <summary>Orders of each type and time in force reach the venue, and their fills come back.</summary>
internal static class SubmittingCards
{
    public static IReadOnlyList<Card> All { get; } =
    [
        new(101, "a market order buys", CardNeeds.None, run => AtMarket(run, 1))
        {
            Purpose = "The plainest trade there is.",
            Steps = ["Wish to be long 1 at the market."],
            Expected = ["One order at the venue, filled.", "Engine and venue hold 1."],
        },
        new(102, "a market order sells short", CardNeeds.None, run => AtMarket(run, -1))
        {
            Purpose = "Sides are not mixed up.",
            Steps = ["Wish to be short 1 at the market."],
            Expected = ["One order at the venue, filled.", "Engine and venue hold -1."],
        },
        new(103, "a limit order rests and fills when the market comes", CardNeeds.Market, LimitRests)
        {
            Purpose = "A limit order waits for its price, and is not paid worse.",
            Steps = ["Wish to be long 1 at a limit 8 ticks below the market.", "Let the market fall by 12 ticks."],
            Expected = ["The order works at the venue at its price.", "It fills at its limit or better."],
        },
        new(104, "a limit order beyond the market fills at once", CardNeeds.None, run => Crosses(run, TimeInForce.Gtc))
        {
            Purpose = "A limit protects against slippage without waiting.",
            Steps = ["Wish to be long 1 at a limit 8 ticks above the market."],
            Expected = ["It fills at its limit or better."],
        },
        new(105, "a stop order waits and triggers", CardNeeds.Market, run => Triggers(run, () => run.Stop(1, 8)))
        {
            Purpose = "Entries on a breakout.",
            Steps = ["Wish to be long 1 by a stop 8 ticks above the market.", "Let the market rise by 12 ticks."],
            Expected = ["The order works at the venue until then.", "It fills at its stop or above."],
        },
        new(106, "a stop-limit order waits, triggers and keeps its limit", CardNeeds.Market, run => Triggers(run, () => run.StopLimit(1, 8, 8)))
        {
            Purpose = "Entries on a breakout at a bounded price.",
            Steps = ["Wish to be long 1 by a stop 8 ticks above the market with a limit 8 ticks above that.", "Let the market rise by 12 ticks."],
            Expected = ["The order works at the venue until then.", "It fills between its stop and its limit."],
        },
        new(107, "an immediate order that cannot fill is over at once", CardNeeds.None, run => Immediate(run, TimeInForce.Ioc))
        {
            Purpose = "Nothing is left working that was to fill now or never.",
            Steps = ["Wish to be long 1 at a limit 40 ticks below the market, immediate or cancel."],
            Expected = ["The order is canceled without a fill.", "Nothing works at the venue."],
        },
        new(108, "an immediate order that can fill does", CardNeeds.None, run => Crosses(run, TimeInForce.Ioc))
        {
            Purpose = "The other half of immediate or cancel.",
            Steps = ["Wish to be long 1 at a limit 8 ticks above the market, immediate or cancel."],
            Expected = ["It fills whole."],
        },
        new(109, "a fill-or-kill order of one that cannot fill is over at once", CardNeeds.None, run => Immediate(run, TimeInForce.Fok))
        {
            Purpose = "Nothing is left working that was to fill now or never.",
            Steps = ["Wish to be long 1 at a limit 40 ticks below the market, fill or kill."],
            Expected = ["The order is canceled without a fill.", "Nothing works at the venue."],
        },
        new(110, "a fill-or-kill order of several fills whole or not at all", CardNeeds.None, AllOrNothing)
        {
            Purpose = "A venue without such orders must refuse them, not fill a part.",
            Steps = ["Wish to be long 3 at a limit 8 ticks above the market, fill or kill."],
            Expected = ["The order ends with 3 units or with none."],
        },
        new(111, "a good-till-canceled order stays until it is taken back", CardNeeds.None, Stays)
        {
            Purpose = "No time in force ends an order early.",
            Steps = ["Wish to be long 1 at a limit 40 ticks below the market.", "Watch 100 trades.", "Take the wish back."],
            Expected = ["The order works all the time.", "It is canceled when it is taken back."],
        },
        new(112, "the venue's number of an order is kept whole", CardNeeds.Elsewhere, BigNumbers)
        {
            Purpose = "Numbers above 2,147,483,647 are usual; cut to 32 bits they name another order.",
            Steps = ["Let an order rest."],
            Expected = ["The engine's number of it is the venue's, digit by digit."],
        },
        new(113, "a reversal is one order", CardNeeds.None, Reverses)
        {
            Purpose = "From long to short without a moment of double exposure.",
            Steps = ["Be long 1.", "Wish to be short 1."],
            Expected = ["One order of 2 turns the position."],
        },
        new(114, "orders come one after the other in the order of the wishes", CardNeeds.None, InOrder)
        {
            Purpose = "A cancel or an exit must not overtake the entry it is about.",
            Steps = ["Wish to be long 1, flat, short 1, flat, without waiting for anything but the order of each."],
            Expected = ["Engine and venue are flat, with the same fills."],
        },
        new(115, "fees and prices of fills are the venue's", CardNeeds.None, MoneyIsRight)
        {
            Purpose = "The account's money is right to the cent.",
            Steps = ["Buy 2, then sell them."],
            Expected = ["Prices and fees that the engine booked are the venue's.", "The engine's cash is the venue's balance."],
        },
    ];

    private static async Task AtMarket(CardRun run, int quantity)
    {
        await run.SyncedAsync();
        long id = await run.OrderAsync(run.Market(quantity));
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(quantity);
        await run.ExpectAtVenueAsync(id, TrueState.Filled);
    }

    private static async Task LimitRests(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 8));
        TrueOrder there = (await run.AtVenueAsync(id))!;
        run.Expect("limit price at the venue", run.Order(id).LimitPrice, there.LimitPrice);
        run.Venue.MoveTo(-12);
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(1);
        run.Expect("it was paid at most its limit", true, run.Order(id).AveragePrice <= there.LimitPrice);
    }

    private static async Task Crosses(CardRun run, TimeInForce time)
    {
        await run.SyncedAsync();
        long id = await run.OrderAsync(run.Limit(1, -8, time));
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(1);
        run.Expect("it was paid at most its limit", true, run.Order(id).AveragePrice <= run.Order(id).LimitPrice);
    }

    private static async Task Triggers(CardRun run, Func<Wish> wish)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(wish());
        await run.TradesAsync(20);
        run.Expect("before the market comes it is", OrderStatus.Working, run.Order(id).Status);
        run.Venue.MoveTo(12);
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(1);
        OrderLine order = run.Order(id);
        run.Expect("it was not filled before its stop", true, order.AveragePrice >= order.StopPrice);
        if (order.LimitPrice != 0) run.Expect("it was paid at most its limit", true, order.AveragePrice <= order.LimitPrice);
    }

    private static async Task Immediate(CardRun run, TimeInForce time)
    {
        await run.SyncedAsync();
        long id = await run.OrderAsync(run.Limit(1, 40, time));
        await run.UntilAsync("the order is over", now => now.Orders.Any(order => order.Id == id && order.Status.IsFinal()));
        run.Expect("units filled", 0m, run.Order(id).Filled);
        run.Expect("orders that work at the venue", 0, (await run.TruthAsync()).Live.Count());
    }

    private static async Task AllOrNothing(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.OrderAsync(run.Limit(3, -8, TimeInForce.Fok));
        await run.UntilAsync("the order is over", now => now.Orders.Any(order => order.Id == id && order.Status.IsFinal()));
        run.Expect("units filled are 0 or 3", true, run.Order(id).Filled is 0 or 3);
        run.Note("units filled", $"{run.Order(id).Filled}");
    }

    private static async Task Stays(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.TradesAsync(100);
        run.Expect("after 100 trades it is", OrderStatus.Working, run.Order(id).Status);
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
        await run.ExpectAtVenueAsync(id, TrueState.Canceled);
    }

    private static async Task BigNumbers(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        run.Expect("the engine's number of the order", (await run.AtVenueAsync(id))!.Id, run.Order(id).VenueId);
    }

    private static async Task Reverses(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(1));
        await run.HoldsAsync(1);
        long id = await run.OrderAsync(run.Market(-1));
        await run.HoldsAsync(-1);
        run.Expect("units of the order that turned it", 2m, run.Order(id).Quantity);
    }

    private static async Task InOrder(CardRun run)
    {
        await run.SyncedAsync();
        foreach (int quantity in new[] { 1, 0, -1, 0 })
        {
            run.Wish(quantity == 0 ? Wishes.Flat : run.Market(quantity));
            await run.UntilAsync("the engine holds what was wished for", now => now.Net == quantity);
        }
        await run.HoldsAsync(0);
        run.Expect("executions at the venue", 4, (await run.TruthAsync()).Fills.Count);
    }

    private static async Task MoneyIsRight(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(2));
        await run.HoldsAsync(2);
        run.Wish(Wishes.Flat);
        await run.HoldsAsync(0);
        await run.UntilAsync("the cash is the balance", (now, truth) => now.Cash == truth.Balance);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("sum of prices", truth.Fills.Sum(fill => fill.Price * fill.Quantity), run.Now.Fills.Sum(fill => fill.Price * Math.Abs(fill.Quantity)));
        run.Expect("sum of fees", truth.Fills.Sum(fill => fill.Fee), run.Now.Fills.Sum(fill => fill.Fee));
        run.Expect("cash", truth.Balance, run.Now.Cash);
    }
}
