using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Working orders get other terms, or are taken back, also while they fill.</summary>
internal static class ChangingCards
{
    public static IReadOnlyList<Card> All { get; } =
    [
        new(401, "a stop moves under its number", CardNeeds.None, run => Move(run, stop: 30, target: null))
        {
            Purpose = "A stop that is canceled and placed anew protects nothing in between.",
            Steps = ["Be long 1 with a stop 40 ticks below.", "Wish for the stop 30 ticks below."],
            Expected = ["The same order works at the venue at the new price.", "No other stop was ever placed."],
        },
        new(402, "a target moves under its number", CardNeeds.None, run => Move(run, stop: 40, target: 60))
        {
            Purpose = "As for stops.",
            Steps = ["Be long 1 with a stop 40 ticks below and a target 40 above.", "Wish for the target 60 ticks above."],
            Expected = ["The same orders work at the venue, the target at the new price."],
        },
        new(403, "both legs move at once", CardNeeds.None, run => Move(run, stop: 30, target: 60))
        {
            Purpose = "Two changes of one instrument do not disturb each other.",
            Steps = ["Be long 1 with a stop 40 ticks below and a target 40 above.", "Wish for 30 below and 60 above."],
            Expected = ["The same orders work at the venue at the new prices."],
        },
        new(404, "legs grow with their position", CardNeeds.None, run => Resize(run, 1, 3, stop: 40))
        {
            Purpose = "What is added is protected too.",
            Steps = ["Be long 1 with both legs.", "Wish to be long 3 with the same legs."],
            Expected = ["One stop and one target of 3."],
        },
        new(405, "legs shrink with their position", CardNeeds.None, run => Resize(run, 3, 1, stop: 40))
        {
            Purpose = "A leg larger than its position opens another one when it fills.",
            Steps = ["Be long 3 with both legs.", "Wish to be long 1 with the same legs."],
            Expected = ["One stop and one target of 1."],
        },
        new(406, "a leg changes its size and its price together", CardNeeds.None, run => Resize(run, 1, 2, stop: 30))
        {
            Purpose = "Both at once is usual when something is added.",
            Steps = ["Be long 1 with a stop 40 ticks below.", "Wish to be long 2 with the stop 30 below."],
            Expected = ["One stop of 2 at the new price."],
        },
        new(407, "a stop that fills while its change is on the way stays filled", CardNeeds.Faults | CardNeeds.Hand, FilledWhileChanging)
        {
            Purpose = "The venue answers that there is nothing to change; that is no reason to place another stop.",
            Steps = ["Be long 1 with a stop.", "Delay the next change.", "Wish for another stop price.", "Let the stop fill meanwhile."],
            Expected = ["Engine and venue are flat, and nothing works."],
            Faults = ["F8"],
        },
        new(408, "an order that fills while its cancel is on the way is filled", CardNeeds.Faults | CardNeeds.Hand, FilledWhileCanceling)
        {
            Purpose = "The position is what was filled, not what was wished for.",
            Steps = ["Let an order rest.", "Delay the next cancel.", "Take the wish back.", "Let the order fill meanwhile."],
            Expected = ["The order is filled in engine and venue."],
            Faults = ["F7"],
        },
        new(409, "an order that is canceled after a part keeps the part", CardNeeds.Hand, CanceledAfterPart)
        {
            Purpose = "A canceled order may have filled in part.",
            Steps = ["Let an order of 3 rest.", "Let 2 of it fill.", "Take the wish back."],
            Expected = ["The order is canceled with 2 filled; engine and venue hold 2."],
            Faults = ["F19"],
        },
        new(410, "an entry that gets another price never works twice", CardNeeds.Commands, Reprice)
        {
            Purpose = "Old and new together are twice the position.",
            Steps = ["Let an order of 1 rest 40 ticks below.", "Wish for 30 below."],
            Expected = ["One order works at the venue, at the new price.", "The new one was sent after the old one was over."],
        },
        new(411, "an order that the venue has canceled in silence can be taken back", CardNeeds.Faults | CardNeeds.Hand, CanceledInSilence)
        {
            Purpose = "The venue answers that there is nothing to cancel: that is the answer, not an error.",
            Steps = ["Let an order rest.", "Let the venue cancel it without telling.", "Take the wish back."],
            Expected = ["The order is canceled in the engine."],
            Faults = ["F7"],
        },
        new(412, "an order with a part filled can still be taken back after a doubtful cancel", CardNeeds.Faults | CardNeeds.Hand, PartAndDoubt)
        {
            Purpose = "Two things at once happen on bad days.",
            Steps = ["Let an order of 3 rest and 1 of it fill.", "Let the answer to the next cancel be lost.", "Take the wish back."],
            Expected = ["The order is canceled with 1 filled."],
            Faults = ["F1", "F19"],
        },
    ];

    private static async Task Move(CardRun run, int stop, int? target)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, stop: 40, target: target is null ? null : 40);
        string? stopId = run.Leg(OrderPurpose.StopLoss)!.ClientId, targetId = run.Leg(OrderPurpose.TakeProfit)?.ClientId;
        (double stopPrice, double targetPrice) = (run.Price(-stop), run.Price(target ?? 0));
        run.Wish(run.Market(1, stop, target));
        await run.UntilAsync("the legs are where they are wished for", (now, truth) =>
            truth.Live.Any(order => order.ClientId == stopId && order.StopPrice == (decimal)stopPrice)
            && (target is null || truth.Live.Any(order => order.ClientId == targetId && order.LimitPrice == (decimal)targetPrice))
            && now.Open.All(order => Looks.IsConfirmed(order, truth)));
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", target is null ? 1 : 2, truth.Live.Count());
        run.Expect("orders that were ever placed", target is null ? 2 : 3, truth.Orders.Count);
    }

    private static async Task Resize(CardRun run, int from, int to, int stop)
    {
        await run.SyncedAsync();
        await run.BracketAsync(from);
        double price = run.Price(-stop);
        run.Wish(run.Market(to, stop, 40));
        await run.HoldsAsync(to);
        await run.LegAsync(OrderPurpose.TakeProfit, to);
        await run.UntilAsync("the stop has the new size and price", (now, truth) =>
            now.Open.Any(order => order.Purpose == OrderPurpose.StopLoss && order.Remaining == to && order.StopPrice == (decimal)price && Looks.IsConfirmed(order, truth)));
        run.Expect("orders that work at the venue", 2, (await run.TruthAsync()).Live.Count());
    }

    private static async Task FilledWhileChanging(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, target: null);
        string id = run.Leg(OrderPurpose.StopLoss)!.VenueId!;
        await run.InjectAsync(new(VenueFault.SlowRequest, VenueCall.Modify) { Delay = TimeSpan.FromMilliseconds(500) });
        run.Wish(run.Market(1, stop: 30));
        await run.StruckAsync();
        await run.HappenAsync(new(HappeningKind.Fill, id));
        await run.UntilAsync("engine and venue are flat, and nothing works", (now, truth) => now.Net == 0 && truth.Net == 0 && !now.Open.Any() && !truth.Live.Any());
        run.Expect("stops that were ever placed", 1, (await run.TruthAsync()).Orders.Count(order => order.Type == OrderType.Stop));
    }

    private static async Task FilledWhileCanceling(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.InjectAsync(new(VenueFault.SlowRequest, VenueCall.Cancel) { Delay = TimeSpan.FromMilliseconds(500) });
        run.Wish(Wishes.Nothing);
        await run.StruckAsync();
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId));
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(1);
    }

    private static async Task CanceledAfterPart(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(3, 40));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId, Quantity: 2));
        await run.BecomesAsync(id, OrderStatus.PartiallyFilled);
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
        run.Expect("units filled", 2m, run.Order(id).Filled);
        await run.HoldsAsync(2);
    }

    private static async Task Reprice(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        long next = await run.OrderAsync(run.Limit(1, 30));
        await run.WorksAsync(next);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", 1, truth.Live.Count());
        run.Expect("the old order is", OrderStatus.Canceled, run.Order(id).Status);
        List<VenueCall> calls = [.. truth.Commands.Select(command => command.Call)];
        run.Expect("the cancel came before the new order", true, calls.IndexOf(VenueCall.Cancel) < calls.LastIndexOf(VenueCall.Submit));
    }

    private static async Task CanceledInSilence(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.InjectAsync(new(VenueFault.OrderEventMissing));
        await run.HappenAsync(new(HappeningKind.Cancel, run.Order(id).VenueId));
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
    }

    private static async Task PartAndDoubt(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(3, 40));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId));
        await run.BecomesAsync(id, OrderStatus.PartiallyFilled);
        await run.InjectAsync(new(VenueFault.ReplyLost, VenueCall.Cancel));
        run.Wish(Wishes.Nothing);
        await run.StruckAsync();
        await run.BecomesAsync(id, OrderStatus.Canceled);
        run.Expect("units filled", 1m, run.Order(id).Filled);
        await run.HoldsAsync(1);
    }
}
