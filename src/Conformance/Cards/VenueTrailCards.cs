using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Stops that the venue moves after the price: the engine knows where they stand, and what becomes of them leaves one stop and never two.</summary>
internal static class VenueTrailCards
{
    private const string Once = "A stop that the venue moves follows the price also while the program is gone; but only the engine can tell whether it is still there.";

    private const int Distance = 40;

    public static IReadOnlyList<Card> All { get; } =
    [
        Of(951, "a long position's stop follows the price up", CardNeeds.Market | CardNeeds.Commands, run => Follows(run, 1), ["Wish to be long 2 with a stop that trails by 40 ticks.", "Let the market rise by 30 ticks."], ["The venue moves the stop by 30 ticks, the engine knows, and no change was sent."]),
        Of(952, "a short position's stop follows the price down", CardNeeds.Market | CardNeeds.Commands, run => Follows(run, -1), ["Wish to be short 2 with a stop that trails by 40 ticks.", "Let the market fall by 30 ticks."], ["The venue moves the stop by 30 ticks, the engine knows, and no change was sent."]),
        Of(953, "a stop that the market comes back to closes the position", CardNeeds.Market, Reached, ["Be long 2 with a stop that trails.", "Let the market rise by 30 ticks and fall by 60."], ["Engine and venue are flat, and nothing works."]),
        Of(954, "a stop that the venue ends is replaced by the engine's, which moves", CardNeeds.Market | CardNeeds.Hand, Lost, ["Be long 2 with a stop that trails.", "Let the venue cancel the stop, and the market rise by 30 ticks."], ["One stop of the engine's works, 30 ticks higher."], "F33"),
        Of(955, "a stop that moved while the stream was silent is known", CardNeeds.Market | CardNeeds.Faults, Silent, ["Be long 2 with a stop that trails.", "Let the stream be silent and the market rise by 30 ticks."], ["The engine learns from the list of open orders where the stop stands."], "F18"),
        Of(956, "a stop goes on moving over a restart", CardNeeds.Market | CardNeeds.Restart, Restarted, ["Be long 2 with a stop that trails.", "Stop the program, let the market rise by 30 ticks, start again, let it rise by 10 more."], ["The same stop works, 40 ticks higher, and the engine knows; nothing was sent."], "F10", "F30"),
        Of(957, "closing takes the stop along", CardNeeds.None, Closed, ["Be long 2 with a stop that trails.", "Wish to be flat."], ["Engine and venue are flat, and nothing works."]),
    ];

    private static Card Of(int number, string name, CardNeeds needs, Func<CardRun, Task> play, string[] steps, string[] expected, params string[] faults) =>
        new(number, name, needs | CardNeeds.Settings | CardNeeds.Elsewhere, play) { Purpose = Once, Steps = steps, Expected = expected, Settings = new() { UsesVenueTrails = true }, Faults = faults };

    private static async Task Follows(CardRun run, int sign)
    {
        OrderLine stop = await OpenAsync(run, sign);
        run.Venue.MoveTo(sign * 30);
        await MovedAsync(run, stop, sign * 30);
        IReadOnlyList<TrueCommand> commands = (await run.TruthAsync()).Commands;
        run.Expect("orders that the venue took from us", 2, commands.Count(command => command is { Call: VenueCall.Submit, WasTaken: true }));
        run.Expect("changes that we sent", 0, commands.Count(command => command.Call == VenueCall.Modify));
    }

    private static async Task Reached(CardRun run)
    {
        OrderLine stop = await OpenAsync(run, 1);
        run.Venue.MoveTo(30);
        await MovedAsync(run, stop, 30);
        run.Venue.MoveTo(-30);
        await run.BecomesAsync(stop.Id, OrderStatus.Filled);
        await run.GoneAsync();
    }

    private static async Task Lost(CardRun run)
    {
        OrderLine stop = await OpenAsync(run, 1);
        await run.HappenAsync(new(HappeningKind.Cancel, stop.VenueId));
        await run.ProtectedOrFlatAsync(stop.Id);
        OrderLine next = run.Leg(OrderPurpose.StopLoss)!;
        run.Venue.MoveTo(30);
        await run.UntilAsync("the engine's stop is nearer, in engine and venue", (now, truth) => now.Open.Any(order => order.Id == next.Id && order.StopPrice > next.StopPrice && Looks.IsConfirmed(order, truth)));
        run.Expect("orders that work at the venue", 1, (await run.TruthAsync()).Live.Count());
    }

    private static async Task Silent(CardRun run)
    {
        OrderLine stop = await OpenAsync(run, 1);
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        run.Venue.MoveTo(30);
        await MovedAsync(run, stop, 30);
    }

    private static async Task Restarted(CardRun run)
    {
        OrderLine stop = await OpenAsync(run, 1);
        await run.RestartAsync(() =>
        {
            run.Venue.MoveTo(30);
            return Task.CompletedTask;
        });
        await run.SyncedAsync();
        await MovedAsync(run, stop, 30);
        run.Venue.MoveTo(40);
        await MovedAsync(run, stop, 40);
        run.Expect("orders that work at the venue", 1, (await run.TruthAsync()).Live.Count());
    }

    private static async Task Closed(CardRun run)
    {
        await OpenAsync(run, 1);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
    }

    /// <summary>Opens 2 and waits for the stop that the venue moves.</summary>
    private static async Task<OrderLine> OpenAsync(CardRun run, int sign)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(sign * 2) with { Trail = new(Core.Signals.Distance.Ticks(Distance)) });
        await run.HoldsAsync(sign * 2);
        return await run.LegAsync(OrderPurpose.StopLoss, 2);
    }

    /// <summary>Engine and venue have the same stop, so many ticks nearer than it was.</summary>
    private static Task MovedAsync(CardRun run, OrderLine stop, int ticks)
    {
        decimal price = stop.StopPrice + ticks * run.Venue.Instrument.TickSize;
        return run.UntilAsync($"the stop stands at {price}, in engine and venue", (now, truth) => now.Open.Any(order => order.Purpose == OrderPurpose.StopLoss && order.VenueId == stop.VenueId && order.StopPrice == price && Looks.IsConfirmed(order, truth)));
    }
}
