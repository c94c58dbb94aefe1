using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Fills in parts, and the stop and target that belong to a position: always of its size, never doubled, gone with it.</summary>
internal static class BracketCards
{
    private const string NeverNaked = "A position without its stop is the loss that nobody planned.";

    public static IReadOnlyList<Card> All { get; } =
    [
        new(501, "a long position gets its stop and its target", CardNeeds.None, run => Bracket(run, 2)) { Purpose = NeverNaked, Steps = ["Wish to be long 2 with a stop 40 ticks below and a target 40 above."], Expected = ["Both work at the venue, 2 each, on the other side."] },
        new(502, "a short position gets its stop and its target", CardNeeds.None, run => Bracket(run, -2)) { Purpose = NeverNaked, Steps = ["Wish to be short 2 with a stop 40 ticks above and a target 40 below."], Expected = ["Both work at the venue, 2 each, on the other side."] },
        new(503, "where orders may carry brackets nothing is doubled", CardNeeds.Settings, run => Bracket(run, 2)) { Purpose = "The engine's legs and the platform's together would turn the position.", Steps = ["Open an account whose orders may carry brackets.", "Wish to be long 2 with both legs."], Expected = ["One stop and one target work, 2 each."], Faults = ["F35"], Settings = new() { HasOrderBrackets = true } },
        new(504, "where the platform attaches stops there are never two", CardNeeds.Settings, Attached) { Purpose = "Two stops for one position open another one when both fill.", Steps = ["Open an account whose platform attaches a stop to each position.", "Wish to be long 1 with a stop."], Expected = ["One stop works at the venue, or the position is closed.", "A person is told how to change it."], Faults = ["F35"], Settings = new() { AttachesStops = true } },
        new(505, "a stop that the market reaches closes the position and takes the target along", CardNeeds.Market, run => Reached(run, -60, OrderPurpose.StopLoss)) { Purpose = "One cancels the other.", Steps = ["Be long 2 with both legs.", "Let the market fall through the stop."], Expected = ["Engine and venue are flat, and nothing works."] },
        new(506, "a target that the market reaches closes the position and takes the stop along", CardNeeds.Market, run => Reached(run, 60, OrderPurpose.TakeProfit)) { Purpose = "One cancels the other.", Steps = ["Be long 2 with both legs.", "Let the market rise through the target."], Expected = ["Engine and venue are flat, and nothing works."] },
        new(507, "an entry that fills in parts is protected part by part", CardNeeds.Hand, InParts) { Purpose = NeverNaked, Steps = ["Let an entry of 3 rest, with both legs wished for.", "Let 1 fill, then 2."], Expected = ["After each part the legs have its sum."], Faults = ["F32", "F19"] },
        new(508, "a target that fills in part shrinks the stop", CardNeeds.Hand, PartOfTarget) { Purpose = "What only reduces must never be larger than what is held.", Steps = ["Be long 3 with both legs.", "Let 1 of the target fill."], Expected = ["Engine and venue hold 2; the stop is of 2."], Faults = ["F19"] },
        new(509, "a stop that the venue ends is replaced", CardNeeds.Hand, StopLost) { Purpose = NeverNaked, Steps = ["Be long 1 with a stop.", "Let the venue cancel the stop."], Expected = ["Another stop of 1 works, or the position is closed."], Faults = ["F33"] },
        new(510, "both legs that fill leave nothing behind", CardNeeds.Hand, BothFill) { Purpose = "In a fast market the sibling's cancel comes too late.", Steps = ["Be long 1 with both legs.", "Let both fill in the same instant."], Expected = ["Engine and venue are flat in the end."], Faults = ["F31"] },
        new(511, "a fill beyond the order's size is booked", CardNeeds.Hand, Overfill) { Purpose = "Exchanges do that, and the position is real.", Steps = ["Let an order of 1 rest.", "Let 2 of it fill."], Expected = ["The venue's 2 are booked, and engine and venue are of one mind."], Faults = ["F21"] },
        new(512, "a fill after the order's end is booked", CardNeeds.Hand, LateFill) { Purpose = "Late fills are late, not wrong.", Steps = ["Let an order rest and take it back.", "Let 1 of it fill after that."], Expected = ["The fill is booked for that order."], Faults = ["F6"] },
        new(513, "a fill that the venue takes back is taken back", CardNeeds.Hand, run => Restated(run, HappeningKind.VoidFill)) { Purpose = "Position and money follow the venue's last word.", Steps = ["Buy 1.", "Let the venue void the fill."], Expected = ["Position and money are the venue's."], Faults = ["F22"] },
        new(514, "a fill that the venue corrects is corrected", CardNeeds.Hand, run => Restated(run, HappeningKind.CorrectFill)) { Purpose = "Position and money follow the venue's last word.", Steps = ["Buy 1.", "Let the venue correct the price."], Expected = ["Position and money are the venue's."], Faults = ["F22"] },
        new(515, "closing by hand of the engine takes the legs along", CardNeeds.None, Closes) { Purpose = "Legs that stay behind open a position later.", Steps = ["Be long 2 with both legs.", "Wish to be flat."], Expected = ["Engine and venue are flat, and nothing works."] },
        new(516, "a reversal takes the old legs along and gets new ones", CardNeeds.None, Turns) { Purpose = "Legs of the old side are entries of the new one.", Steps = ["Be long 1 with both legs.", "Wish to be short 1 with both legs."], Expected = ["One stop and one target work, both to buy 1."] },
        new(517, "a stop that could not be placed is placed again", CardNeeds.Faults | CardNeeds.Market, StopRefused) { Purpose = NeverNaked, Steps = ["Let an entry rest, with a stop wished for.", "Let the venue refuse the next order.", "Let the entry fill."], Expected = ["A stop works in the end, or the position is closed."], Faults = ["F33"] },
        new(518, "fills of one order at several prices have their mean", CardNeeds.Hand, MeanPrice) { Purpose = "Profit and stop distances are counted from it.", Steps = ["Let an order of 3 rest.", "Let 1 fill at one price and 2 at another."], Expected = ["The order's mean price is the venue's, weighted by units."], Faults = ["F19"] },
    ];

    internal static async Task Bracket(CardRun run, int quantity)
    {
        await run.SyncedAsync();
        await run.BracketAsync(quantity);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", 2, truth.Live.Count());
        run.Expect("both are on the other side", true, truth.Live.All(order => order.Side == (quantity > 0 ? Core.Model.Side.Sell : Core.Model.Side.Buy)));
    }

    private static async Task Attached(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(1, stop: 20));
        await run.HoldsAsync(1);
        await run.UntilAsync("a person is told", () => run.Story.Contains("Position Brackets", StringComparison.Ordinal));
        await run.TradesAsync(50);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("stops that work at the venue are as many as positions", truth.Net == 0 ? 0 : 1, truth.Live.Count(order => order.Type == OrderType.Stop));
    }

    internal static async Task Reached(CardRun run, int ticks, OrderPurpose reached)
    {
        await run.SyncedAsync();
        await run.BracketAsync(2);
        long id = run.Leg(reached)!.Id;
        run.Venue.MoveTo(ticks);
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.GoneAsync();
    }

    internal static async Task InParts(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(3, 40, stop: 80, target: 40));
        foreach (int sum in new[] { 1, 3 })
        {
            await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId, Quantity: sum == 1 ? 1 : 2));
            await run.HoldsAsync(sum);
            await run.LegAsync(OrderPurpose.StopLoss, sum);
            await run.LegAsync(OrderPurpose.TakeProfit, sum);
        }
        run.Expect("orders that work at the venue", 2, (await run.TruthAsync()).Live.Count());
    }

    internal static async Task PartOfTarget(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(3);
        await run.HappenAsync(new(HappeningKind.Fill, run.Leg(OrderPurpose.TakeProfit)!.VenueId));
        await run.HoldsAsync(2);
        await run.LegAsync(OrderPurpose.StopLoss, 2);
    }

    internal static async Task StopLost(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, target: null);
        OrderLine lost = run.Leg(OrderPurpose.StopLoss)!;
        await run.HappenAsync(new(HappeningKind.Cancel, lost.VenueId));
        await run.ProtectedOrFlatAsync(lost.Id);
    }

    internal static async Task BothFill(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        (string stop, string target) = (run.Leg(OrderPurpose.StopLoss)!.VenueId!, run.Leg(OrderPurpose.TakeProfit)!.VenueId!);
        await Task.WhenAll(run.HappenAsync(new(HappeningKind.Fill, stop)), run.HappenAsync(new(HappeningKind.Fill, target)));
        await run.GoneAsync();
    }

    private static async Task Overfill(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId, Quantity: 2));
        await run.UntilAsync("the fill of 2 is booked", now => now.Fills.Where(fill => fill.Order == id).Sum(fill => fill.Quantity) == 2);
        await run.UntilAsync("engine and venue hold the same", (now, truth) => now.Net == truth.Net);
        run.Note("units booked for the order", $"{run.Order(id).Filled} of {run.Order(id).Quantity}");
    }

    private static async Task LateFill(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId));
        await run.UntilAsync("the fill is booked for its order", now => now.Orders.Any(order => order.Id == id && order.Filled == 1));
        await run.HoldsAsync(1);
    }

    private static async Task Restated(CardRun run, HappeningKind how)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(1));
        await run.HoldsAsync(1);
        await run.HappenAsync(new(how, Ticks: 4));
        await run.UntilAsync("the first fill does not count any more", (_, truth) => truth.Fills.Any(fill => fill.IsVoided));
        await run.UntilAsync("the engine has heard of it", now => now.Fills.Count > 1);
        await run.UntilAsync("position and money are the venue's", (now, truth) => now.Net == truth.Net && now.Cash == truth.Balance);
        run.Note("position and cash", $"{run.Now.Net} and {run.Now.Cash}");
    }

    internal static async Task Closes(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(2);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
    }

    internal static async Task Turns(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        await run.BracketAsync(-1);
        await run.UntilAsync("two orders work", (_, truth) => truth.Live.Count() == 2);
        run.Expect("both buy", true, (await run.TruthAsync()).Live.All(order => order.Side == Core.Model.Side.Buy && order.Quantity == 1));
    }

    private static async Task StopRefused(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40, stop: 80));
        await run.InjectAsync(new(VenueFault.Refused, VenueCall.Submit));
        run.Venue.MoveTo(-44);
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.StruckAsync();
        await run.ProtectedOrFlatAsync(id);
    }

    private static async Task MeanPrice(CardRun run)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(3, 40));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId, 1, Ticks: -40));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId, 2, Ticks: -43));
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(3);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("mean price", truth.Fills.Sum(fill => fill.Price * fill.Quantity) / 3m, run.Order(id).AveragePrice);
    }
}
