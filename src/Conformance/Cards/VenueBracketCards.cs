using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Entries that take their stop and target along: what the venue makes of them protects the position, is known as the engine's own, and never stands beside it.</summary>
internal static class VenueBracketCards
{
    private const string Once = "What the venue keeps protects from the first fill on, also when the program is gone; and two stops for one position open another one.";

    private static readonly VenueSettings Native = new() { HasOrderBrackets = true, UsesOrderBrackets = true };

    public static IReadOnlyList<Card> All { get; } =
    [
        Of(901, "a long position's legs are the venue's", CardNeeds.Commands, run => OneOrder(run, 2), ["Wish to be long 2 with both legs."], ["Both work, 2 each, made by the venue: of ours it got the entry alone."]),
        Of(902, "a short position's legs are the venue's", CardNeeds.Commands, run => OneOrder(run, -2), ["Wish to be short 2 with both legs."], ["Both work, 2 each, made by the venue: of ours it got the entry alone."]),
        Of(903, "an account that does not let orders take legs along is found out without losing an entry", CardNeeds.None, run => BracketCards.Bracket(run, 2), ["Open an account that refuses them.", "Wish to be long 2 with both legs."], ["The entry fills; one stop and one target of the engine's own work."], new() { UsesOrderBrackets = true }, "F35"),
        Of(904, "an account that is switched while it trades costs an entry and no protection", CardNeeds.Faults, Switched, ["Be long 1 with both legs, then flat.", "Let the venue refuse legs from now on.", "Wish to be long twice."], ["The first is refused and a person is told.", "The second fills and is protected by the engine."], null, "F35"),
        Of(905, "legs of an entry that fills in parts grow with it", CardNeeds.Hand, BracketCards.InParts, ["Let an entry of 3 rest, with both legs.", "Let 1 fill, then 2."], ["After each part the legs have its sum."], null, "F32", "F19"),
        Of(906, "a target of the venue that fills in part shrinks its stop", CardNeeds.Hand, BracketCards.PartOfTarget, ["Be long 3 with both legs.", "Let 1 of the target fill."], ["Engine and venue hold 2; the stop is of 2."], null, "F19"),
        Of(907, "a stop that the venue ends is replaced by the engine's", CardNeeds.Hand, BracketCards.StopLost, ["Be long 1 with a stop.", "Let the venue cancel the stop."], ["Another stop of 1 works, or the position is closed."], null, "F33"),
        Of(908, "both legs of the venue that fill leave nothing behind", CardNeeds.Hand, BracketCards.BothFill, ["Be long 1 with both legs.", "Let both fill in the same instant."], ["Engine and venue are flat in the end."], null, "F31"),
        Of(909, "closing takes the legs along", CardNeeds.None, BracketCards.Closes, ["Be long 2 with both legs.", "Wish to be flat."], ["Engine and venue are flat, and nothing works."]),
        Of(910, "a reversal takes the venue's legs along and gets new ones", CardNeeds.None, BracketCards.Turns, ["Be long 1 with both legs.", "Wish to be short 1 with both legs."], ["One stop and one target work, both to buy 1."]),
        Of(911, "a stop that the market reaches takes the target along", CardNeeds.Market, run => BracketCards.Reached(run, -60, OrderPurpose.StopLoss), ["Be long 2 with both legs.", "Let the market fall through the stop."], ["Engine and venue are flat, and nothing works."]),
        Of(912, "a target that the market reaches takes the stop along", CardNeeds.Market, run => BracketCards.Reached(run, 60, OrderPurpose.TakeProfit), ["Be long 2 with both legs.", "Let the market rise through the target."], ["Engine and venue are flat, and nothing works."]),
        Of(913, "a stop of the venue moves with the wish", CardNeeds.None, Moves, ["Be long 1 with both legs.", "Wish for a stop that is nearer."], ["The same stop works at its new price."]),
        Of(914, "a stop that fills while the entry's answer is lost and the stream is silent closes the position", CardNeeds.Faults | CardNeeds.Hand, AllLost, ["Let an entry rest whose answer is lost, and let the stream be silent.", "Let the entry fill, and then its stop."], ["The engine books both for the strategy; nothing is external."], null, "F1", "F18"),
        Of(915, "legs of which no event tells are found", CardNeeds.Faults | CardNeeds.Hand, run => Untold(run, VenueFault.OrderEventMissing), ["Let no event of orders come.", "Let an entry of 1 fill."], ["One stop of 1 works, or the position is closed."], null, "F17"),
        Of(916, "legs that are held back are replaced within the limit", CardNeeds.Faults | CardNeeds.Hand, run => Untold(run, VenueFault.LegHeld), ["Let the venue hold legs back.", "Let an entry of 1 fill."], ["One stop of 1 works, or the position is closed."], null, "F33"),
        Of(917, "events that come twice double no leg", CardNeeds.Faults, run => Disturbed(run, VenueFault.EventTwice), ["Let every event come twice.", "Be long 2 with both legs, then flat."], ["Two legs work, then none."], null, "F5"),
        Of(918, "events out of order double no leg", CardNeeds.Faults, run => Disturbed(run, VenueFault.EventsReordered), ["Let events come out of order.", "Be long 2 with both legs, then flat."], ["Two legs work, then none."], null, "F6"),
        Of(919, "a position keeps the venue's legs over a restart", CardNeeds.Restart, RestartCards.Legs, ["Be long 1 with both legs.", "Restart."], ["Engine and venue hold 1; the same two legs work."], null, "F10", "F30"),
        Of(920, "three restarts change nothing", CardNeeds.Restart, RestartCards.Thrice, ["Be long 1 with both legs.", "Restart three times."], ["Engine and venue hold 1; the same two legs work; nothing was sent."], null, "F98"),
        Of(921, "a stop of the venue that filled without a program closes the position", CardNeeds.Restart | CardNeeds.Hand, RestartCards.StopMeanwhile, ["Be long 1 with both legs.", "Stop the program, let the stop fill, start again."], ["Engine and venue are flat, and nothing works."], null, "F18"),
        Of(922, "an entry that fills without a program is protected when it starts again", CardNeeds.Restart | CardNeeds.Hand, EntryMeanwhile, ["Let an entry of 1 rest, with both legs.", "Stop the program, let the entry fill, start again."], ["One stop and one target work at most, and no position is without a stop."], null, "F10", "F18"),
    ];

    private static Card Of(int number, string name, CardNeeds needs, Func<CardRun, Task> play, string[] steps, string[] expected, VenueSettings? settings = null, params string[] faults) =>
        new(number, name, needs | CardNeeds.Settings | CardNeeds.Elsewhere, play) { Purpose = Once, Steps = steps, Expected = expected, Settings = settings ?? Native, Faults = faults };

    private static async Task OneOrder(CardRun run, int quantity)
    {
        await BracketCards.Bracket(run, quantity);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that the venue took from us", 1, truth.Commands.Count(command => command is { Call: VenueCall.Submit, WasTaken: true }));
    }

    private static async Task Switched(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
        await run.InjectAsync(new(VenueFault.BracketRefused));
        long refused = await run.OrderAsync(run.Market(1, 40, 40));
        await run.BecomesAsync(refused, OrderStatus.Rejected);
        await run.UntilAsync("a person is told", () => run.Story.Contains("takes no brackets any more", StringComparison.Ordinal));
        await run.BracketAsync(2);
        run.Expect("orders that work at the venue", 2, (await run.TruthAsync()).Live.Count());
    }

    private static async Task Moves(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        string? number = run.Leg(OrderPurpose.StopLoss)!.VenueId;
        decimal before = run.Leg(OrderPurpose.StopLoss)!.StopPrice;
        run.Wish(run.Market(1, 24, 40));
        await run.UntilAsync("the stop is nearer, in engine and venue", (now, truth) => now.Open.Any(order => order.Purpose == OrderPurpose.StopLoss && order.StopPrice > before && Looks.IsConfirmed(order, truth)));
        run.Expect("the venue's number of the stop", number, run.Leg(OrderPurpose.StopLoss)!.VenueId);
    }

    private static async Task AllLost(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.ReplyLost, VenueCall.Submit));
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        await run.OrderAsync(run.Limit(1, 40, stop: 80, target: 40));
        await run.HappenAsync(new(HappeningKind.Fill, await NumberAsync(run, order => order is { State: TrueState.Working, Type: OrderType.Limit, Side: Core.Model.Side.Buy })));
        await run.HappenAsync(new(HappeningKind.Fill, await NumberAsync(run, order => order is { State: TrueState.Working, Type: OrderType.Stop })));
        await run.HealAsync();
        await run.UntilAsync("engine and venue are flat, with both fills", (now, truth) => now.Net == 0 && truth.Net == 0 && now.Fills.Count >= 2);
        run.Expect("units of nobody's", 0m, run.Now.External);
    }

    private static async Task Untold(CardRun run, VenueFault fault)
    {
        await run.SyncedAsync();
        long entry = await run.RestAsync(run.Limit(1, 40, stop: 80, target: 40));
        await run.InjectAsync(new(fault, Times: null) { Delay = TimeSpan.FromMinutes(10) });
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(entry).VenueId));
        await run.StruckAsync();
        await run.ProtectedOrFlatAsync(entry);
        run.Expect("stops that work at the venue", (await run.TruthAsync()).Net == 0 ? 0 : 1, (await run.TruthAsync()).Orders.Count(order => order is { State: TrueState.Working, Type: OrderType.Stop }));
    }

    private static async Task Disturbed(CardRun run, VenueFault fault)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(fault, Times: null));
        await run.BracketAsync(2);
        run.Expect("orders that work at the venue", 2, (await run.TruthAsync()).Live.Count());
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
    }

    private static async Task EntryMeanwhile(CardRun run)
    {
        await run.SyncedAsync();
        long entry = await run.RestAsync(run.Limit(1, 40, stop: 80, target: 40));
        string? number = run.Order(entry).VenueId;
        await run.RestartAsync(() => run.HappenAsync(new(HappeningKind.Fill, number)));
        await run.SyncedAsync();
        await run.UntilAsync("the position has one stop, or is closed", (now, truth) => now.Net == truth.Net
            && (truth.Net == 0 ? !truth.Live.Any() : truth.Orders.Count(order => order is { State: TrueState.Working, Type: OrderType.Stop }) == 1));
        run.Note("position", run.Now.Net.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task<string> NumberAsync(CardRun run, Func<TrueOrder, bool> which)
    {
        await run.UntilAsync("the venue works the order", (_, truth) => truth.Orders.Any(which));
        return (await run.TruthAsync()).Orders.First(which).Id;
    }
}
