using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Conformance.Cards;

/// <summary>Orders that the venue refuses or ends: that is said, and nothing is left behind.</summary>
internal static class RefusalCards
{
    public static IReadOnlyList<Card> All { get; } =
    [
        new(201, "an order that the venue refuses is over, and the next one passes", CardNeeds.Faults, Refused)
        {
            Purpose = "A refusal is an end, not a doubt.",
            Steps = ["Let the venue refuse the next order.", "Wish to be long 1.", "Wish to be short 1."],
            Expected = ["The first order is rejected; the venue has none.", "The second one fills."],
        },
        new(202, "an order for which the money does not suffice is refused", CardNeeds.Settings, run => Rejected(run, () => run.Market(5)))
        {
            Purpose = "The venue's own limits are honoured.",
            Steps = ["Open an account with too little money.", "Wish to be long 5."],
            Expected = ["The order is rejected.", "Nothing is held or works."],
            Settings = new() { Balance = 600m },
        },
        new(203, "an order while trading is halted is refused", CardNeeds.Faults, Halted)
        {
            Purpose = "A halt makes no loop of orders.",
            Steps = ["Halt trading for a second.", "Wish to be long 1.", "Wish to be short 1 after it."],
            Expected = ["The first order is rejected.", "The second one fills."],
            Faults = ["F82"],
        },
        new(204, "a price far from the market is refused", CardNeeds.Elsewhere, run => Rejected(run, () => run.Limit(1, 4000)))
        {
            Purpose = "A slip of the decimal point costs nothing.",
            Steps = ["Wish to be long 1 at a limit 4,000 ticks below the market."],
            Expected = ["The order is rejected.", "Nothing works."],
        },
        new(205, "a stop on the wrong side of the market is refused", CardNeeds.None, WrongSide)
        {
            Purpose = "It would be a market order that nobody wanted.",
            Steps = ["Wish to be long 1 by a stop 20 ticks below the market."],
            Expected = ["No such order works or fills."],
            Faults = ["F34"],
        },
        new(206, "an order of a type that the venue does not take is refused", CardNeeds.Settings, run => Rejected(run, () => run.StopLimit(1, 8, 8)))
        {
            Purpose = "What a venue takes differs, and is found out without damage.",
            Steps = ["Let the venue refuse stop-limit orders.", "Wish to be long 1 by one."],
            Expected = ["The order is rejected.", "Nothing works."],
            Settings = new() { Quirks = ["no-stop-limit"] },
        },
        new(207, "an id that is used already is evidence, not an error", CardNeeds.Hand | CardNeeds.Commands, UsedId)
        {
            Purpose = "A second sending of an order that arrived must find the first.",
            Steps = ["Let an order rest at the venue that has the id and the terms of our next one.", "Wish for that order."],
            Expected = ["The engine's order is the one at the venue.", "The venue has one order of that id."],
            Faults = ["F15"],
        },
        new(208, "an order that the venue cancels is over", CardNeeds.Hand, run => Ended(run, HappeningKind.Cancel, OrderStatus.Canceled))
        {
            Purpose = "A venue can end an order by itself; the engine must not believe in it any longer.",
            Steps = ["Let an order rest.", "Let the venue cancel it."],
            Expected = ["The order is canceled in the engine."],
            Faults = ["F14"],
        },
        new(209, "an order that the venue lets expire is over", CardNeeds.Hand, run => Ended(run, HappeningKind.Expire, OrderStatus.Expired))
        {
            Purpose = "As before, at the end of a session.",
            Steps = ["Let an order rest.", "Let the venue let it expire."],
            Expected = ["The order is expired in the engine."],
            Faults = ["F14"],
        },
        new(210, "an order that the venue rejects after it took it is over", CardNeeds.Hand, run => Ended(run, HappeningKind.Reject, OrderStatus.Rejected))
        {
            Purpose = "An acceptance is not the last word.",
            Steps = ["Let an order rest.", "Let the venue reject it."],
            Expected = ["The order is rejected in the engine."],
            Faults = ["F14"],
        },
    ];

    private static async Task Refused(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.Refused, VenueCall.Submit));
        long id = await run.OrderAsync(run.Market(1));
        await run.BecomesAsync(id, OrderStatus.Rejected);
        run.Expect("orders at the venue", 0, (await run.TruthAsync()).Orders.Count);
        long next = await run.OrderAsync(run.Market(-1));
        await run.BecomesAsync(next, OrderStatus.Filled);
        await run.HoldsAsync(-1);
    }

    private static async Task Rejected(CardRun run, Func<Wish> wish)
    {
        await run.SyncedAsync();
        long id = await run.OrderAsync(wish());
        await run.BecomesAsync(id, OrderStatus.Rejected);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", 0, truth.Live.Count());
        run.Expect("units held", 0m, truth.Net);
    }

    /// <summary>The engine itself may keep it back.</summary>
    private static async Task WrongSide(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Stop(1, -20));
        await run.TradesAsync(50);
        await run.UntilAsync("no order is open", now => !now.Open.Any());
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", 0, truth.Live.Count());
        run.Expect("units held", 0m, truth.Net);
    }

    private static async Task Halted(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.TradingHalted) { Lasts = TimeSpan.FromSeconds(1) });
        long id = await run.OrderAsync(run.Market(1));
        await run.BecomesAsync(id, OrderStatus.Rejected);
        await run.TradesAsync(150);
        long next = await run.OrderAsync(run.Market(-1));
        await run.BecomesAsync(next, OrderStatus.Filled);
        await run.HoldsAsync(-1);
    }

    private static async Task UsedId(CardRun run)
    {
        await run.SyncedAsync();
        await run.HappenAsync(new(HappeningKind.ForeignOrder, Quantity: 1, Ticks: -40) { ClientId = run.ClientIdOf(1) });
        long id = await run.OrderAsync(run.Limit(1, 40));
        await run.WorksAsync(id);
        await run.ExpectAtVenueAsync(id, TrueState.Working);
        run.Expect("the engine's number of the order", (await run.AtVenueAsync(id))!.Id, run.Order(id).VenueId);
    }

    private static async Task Ended(CardRun run, HappeningKind how, OrderStatus status)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.HappenAsync(new(how, (await run.AtVenueAsync(id))!.Id));
        await run.BecomesAsync(id, status);
        run.Note("the engine's order is", $"{status}");
    }
}
