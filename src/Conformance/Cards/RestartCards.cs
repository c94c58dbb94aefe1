using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>The program dies and starts again with what it had written down; logins end; nothing is lost and nothing doubled.</summary>
internal static class RestartCards
{
    private const string NothingLost = "Programs are restarted, and the account does not wait for them.";

    public static IReadOnlyList<Card> All { get; } =
    [
        new(701, "a resting order is known again after a restart", CardNeeds.Restart, RestingOrder) { Purpose = NothingLost, Steps = ["Let an order rest.", "Restart.", "Take the wish back."], Expected = ["The order works in the engine under its old id.", "It can be canceled."], Faults = ["F10"] },
        new(702, "a position keeps its legs over a restart", CardNeeds.Restart, Legs) { Purpose = "Legs that were placed again would be two.", Steps = ["Be long 1 with both legs.", "Restart."], Expected = ["Engine and venue hold 1; the same two legs work."], Faults = ["F10", "F30"] },
        new(703, "a fill of the time without a program is booked", CardNeeds.Restart | CardNeeds.Hand, FilledMeanwhile) { Purpose = NothingLost, Steps = ["Let an order of 2 rest.", "Stop the program, let 1 fill, start again."], Expected = ["The fill is booked, once."], Faults = ["F11", "F18"] },
        new(704, "a cancel of the time without a program is seen", CardNeeds.Restart | CardNeeds.Hand, CanceledMeanwhile) { Purpose = NothingLost, Steps = ["Let an order rest.", "Stop the program, let the venue cancel the order, start again."], Expected = ["The order is canceled in the engine."], Faults = ["F14"] },
        new(705, "an order that was in doubt when the program died is found", CardNeeds.Restart | CardNeeds.Faults, run => DiedInDoubt(run, VenueFault.ReplyLost)) { Purpose = "The worst moment to die is between sending and the answer.", Steps = ["Let the answer to the next order be lost, and the stream be silent.", "Wish for a resting order and let the program die in doubt.", "Start again."], Expected = ["The order is found, and taken back because nobody wishes for it any more; the venue took the id once."], Faults = ["F10"] },
        new(706, "an order that never arrived before the program died is not sent by itself", CardNeeds.Restart | CardNeeds.Faults, run => DiedInDoubt(run, VenueFault.RequestLost)) { Purpose = "What was decided before a crash may be wrong after it.", Steps = ["Let the next order be lost on its way.", "Wish for a resting order and let the program die in doubt.", "Start again."], Expected = ["The order is over in the engine; the venue never had it."], Faults = ["F9"] },
        new(707, "a part that was filled before a restart is not booked again", CardNeeds.Restart | CardNeeds.Hand, PartBefore) { Purpose = "Everything that the venue tells again was told before.", Steps = ["Let an order of 3 rest and 1 of it fill.", "Restart.", "Let 2 more fill."], Expected = ["Engine and venue hold 3 by that order."], Faults = ["F5", "F11"] },
        new(708, "a stop that filled without a program closes the position", CardNeeds.Restart | CardNeeds.Hand, StopMeanwhile) { Purpose = NothingLost, Steps = ["Be long 1 with both legs.", "Stop the program, let the stop fill, start again."], Expected = ["Engine and venue are flat, and nothing works."], Faults = ["F18"] },
        new(709, "three restarts one after the other change nothing", CardNeeds.Restart, Thrice) { Purpose = "People restart in a panic.", Steps = ["Be long 1 with both legs.", "Restart three times."], Expected = ["Engine and venue hold 1; the same two legs work; nothing was sent."], Faults = ["F98"] },
        new(710, "trading goes on over the end of a login", CardNeeds.Settings, ShortLogin) { Purpose = "Logins end in the middle of a session.", Steps = ["Let logins last 3 seconds.", "Be long 1 with both legs, and move the stop every second for four seconds.", "Wish to be flat."], Expected = ["Every change arrives; engine and venue are flat in the end."], Settings = new() { LoginLifetime = TimeSpan.FromSeconds(3) } },
        new(711, "a login that ends takes the stream along and comes back", CardNeeds.Settings, ShortLogin) { Purpose = "Some venues close what a login opened.", Steps = ["Let logins last 3 seconds and take their streams along.", "Be long 1 with both legs, and move the stop every second for four seconds.", "Wish to be flat."], Expected = ["Every change arrives; engine and venue are flat in the end."], Settings = new() { LoginLifetime = TimeSpan.FromSeconds(3), Quirks = ["expiry-closes-hubs"] } },
        Turned(712, "an order", run => run.Limit(1, 40), VenueCall.Submit),
    ];

    private static Card Turned(int number, string what, Func<CardRun, Core.Signals.Wish> wish, VenueCall call) => new(number, $"{what} that finds the login ended is sent with a new one", CardNeeds.Faults, async run =>
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.LoginRefused, call));
        long id = await run.OrderAsync(wish(run));
        await run.StruckAsync();
        await run.WorksAsync(id);
        await run.ExpectAtVenueAsync(id, TrueState.Working);
    })
    {
        Purpose = "What was turned away at the door was not looked at: sending it again doubles nothing.",
        Steps = ["Let the venue turn the next order away as if the login had ended.", "Wish for a resting order."],
        Expected = ["The order works, once."],
    };

    private static async Task RestingOrder(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        string? client = run.Order(id).ClientId;
        await run.RestartAsync();
        await run.SyncedAsync();
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
        run.Expect("id of the order", client, run.Order(id).ClientId);
        await run.ExpectAtVenueAsync(id, TrueState.Canceled);
    }

    internal static async Task Legs(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        await run.RestartAsync();
        await ExpectLegsAsync(run);
    }

    internal static async Task Thrice(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        for (int i = 0; i < 3; i++)
        {
            await run.RestartAsync();
            await run.SyncedAsync();
        }
        await ExpectLegsAsync(run);
    }

    private static async Task ExpectLegsAsync(CardRun run)
    {
        await run.SyncedAsync();
        await run.TradesAsync(50);
        await run.HoldsAsync(1);
        await run.LegAsync(OrderPurpose.StopLoss, 1);
        await run.LegAsync(OrderPurpose.TakeProfit, 1);
        run.Expect("orders that were ever placed", 3, (await run.TruthAsync()).Orders.Count(order => order.State != TrueState.Rejected));
    }

    private static async Task FilledMeanwhile(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(2, 40));
        string? venueId = run.Order(id).VenueId;
        await run.RestartAsync(() => run.HappenAsync(new(HappeningKind.Fill, venueId)));
        await run.SyncedAsync();
        await run.HoldsAsync(1);
        run.Expect("units filled", 1m, run.Order(id).Filled);
    }

    private static async Task CanceledMeanwhile(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        string? venueId = run.Order(id).VenueId;
        await run.RestartAsync(() => run.HappenAsync(new(HappeningKind.Cancel, venueId)));
        await run.SyncedAsync();
        await run.BecomesAsync(id, OrderStatus.Canceled);
    }

    private static async Task DiedInDoubt(CardRun run, VenueFault fault)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        await run.InjectAsync(new(VenueFault.ServerError, VenueCall.Orders, Times: null));
        await run.InjectAsync(new(fault, VenueCall.Submit));
        long id = await run.OrderAsync(run.Limit(1, 40));
        await run.BecomesAsync(id, OrderStatus.InDoubt);
        await run.RestartAsync(run.HealAsync);
        // The program that goes on has no wish for it, so what is found is taken back.
        await run.UntilAsync("the order is over", now => now.Orders.Any(order => order.Id == id && order.Status.IsFinal()));
        if (fault == VenueFault.ReplyLost) await run.ExpectAtVenueAsync(id, TrueState.Canceled);
        run.Expect("orders at the venue", fault == VenueFault.ReplyLost ? 1 : 0, (await run.TruthAsync()).Orders.Count);
    }

    private static async Task PartBefore(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(3, 40));
        string? venueId = run.Order(id).VenueId;
        await run.HappenAsync(new(HappeningKind.Fill, venueId));
        await run.HoldsAsync(1);
        await run.RestartAsync();
        await run.SyncedAsync();
        await run.HappenAsync(new(HappeningKind.Fill, venueId, Quantity: 2));
        await run.HoldsAsync(3);
        run.Expect("units filled", 3m, run.Order(id).Filled);
    }

    internal static async Task StopMeanwhile(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        string? stop = run.Leg(OrderPurpose.StopLoss)!.VenueId;
        await run.RestartAsync(() => run.HappenAsync(new(HappeningKind.Fill, stop)));
        await run.SyncedAsync();
        await run.GoneAsync();
    }

    private static async Task ShortLogin(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, target: null);
        foreach (int stop in new[] { 38, 36, 34, 32 })
        {
            await run.TradesAsync(80);
            decimal price = (decimal)run.Price(-stop);
            run.Wish(run.Market(1, stop));
            await run.UntilAsync($"the stop is at {price}", (now, truth) => now.Open.Any(order => order.Purpose == OrderPurpose.StopLoss && order.StopPrice == price && Looks.IsConfirmed(order, truth)));
        }
        run.Expect("orders that were ever placed", 2, (await run.TruthAsync()).Orders.Count);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
    }
}
