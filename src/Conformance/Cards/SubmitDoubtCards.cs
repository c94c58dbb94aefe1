using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Nobody knows whether an order arrived: it is looked up, and never doubled.</summary>
internal static class SubmitDoubtCards
{
    private const int Chapter = 300;

    private static readonly Injected Pending = new(VenueFault.OutcomePending, VenueCall.Submit);

    public static IReadOnlyList<Card> All { get; } =
    [
        .. LostAnswer.Of(VenueCall.Submit).Select(lost => Market(Chapter + lost.Place, $"an order that {lost.Name} is traded once at most", lost)),
        Market(310, "an order of which the venue says that it is pending is found", new(10, "is pending by the venue's own word", Pending, IsCarriedOut: true)),
        .. LostAnswer.Of(VenueCall.Submit).Where(lost => lost.IsCarriedOut && !lost.IsTold).Select(lost => Resting(310 + lost.Place, $"a resting order that {lost.Name} is found and can be canceled", lost)),
        new(316, "an order in doubt that the venue has filled meanwhile is booked", CardNeeds.Faults | CardNeeds.Hand | CardNeeds.Commands, FilledInDoubt)
        {
            Purpose = "Between the lost answer and the look-up the market goes on.",
            Steps = ["Let the answer to the next order be lost, and the stream be silent.", "Wish to be long 1 at a limit below the market.", "Let the venue fill it.", "End the faults."],
            Expected = ["The order is filled in the engine, once."],
            Faults = ["F1", "F17"],
        },
        new(317, "nothing is added while an order is in doubt", CardNeeds.Faults, NothingBeside)
        {
            Purpose = "Whoever orders again because the first answer is missing has twice what was wanted.",
            Steps = ["Let no order be answered, and no list of orders.", "Wish to be long 1, then to be long 3."],
            Expected = ["One request to place an order reaches the venue while it is in doubt."],
            Faults = ["F1"],
        },
    ];

    private static Card Market(int number, string name, LostAnswer lost) => new(number, name, CardNeeds.Faults | CardNeeds.Commands, run => AtMarket(run, lost))
    {
        Purpose = "The worst failure of trading programs is the order that was sent twice.",
        Steps = [$"Arrange that the next order {lost.Name}.", "Wish to be long 1 at the market."],
        Expected = [lost.IsCarriedOut ? "Engine and venue hold 1." : "Engine and venue both hold 1 by one order, or nothing.", "The venue took the id once at most."],
        Faults = lost.Covers,
    };

    private static Card Resting(int number, string name, LostAnswer lost) => new(number, name, CardNeeds.Faults | CardNeeds.Commands, run => AtLimit(run, lost))
    {
        Purpose = "An order that works at the venue and that nobody knows of fills at the worst moment.",
        Steps = [$"Arrange that the next order {lost.Name}.", "Wish to be long 1 at a limit below the market.", "Take the wish back once the order is known."],
        Expected = ["The order works in the engine under the venue's number.", "It is canceled when it is taken back."],
        Faults = lost.Covers,
    };

    private static async Task AtMarket(CardRun run, LostAnswer lost)
    {
        await run.SyncedAsync();
        await run.InjectAsync(lost.Fault);
        long id = await run.OrderAsync(run.Market(1));
        await run.StruckAsync();
        string? client = run.Order(id).ClientId;
        await run.UntilAsync("the order is over in the engine, and the venue is of the same mind", (now, truth) =>
            now.Orders.First(order => order.Id == id) is var order && order.Status.IsFinal() && now.Net == truth.Net
            && truth.Orders.Where(each => each.ClientId == client).Sum(each => each.Filled) == order.Filled && (!lost.IsCarriedOut || order.Filled == 1));
        run.Note("the order is", $"{run.Order(id).Status}");
        await run.HoldsAsync(run.Order(id).Filled);
    }

    private static async Task AtLimit(CardRun run, LostAnswer lost)
    {
        await run.SyncedAsync();
        await run.InjectAsync(lost.Fault);
        long id = await run.OrderAsync(run.Limit(1, 40));
        await run.StruckAsync();
        await run.WorksAsync(id);
        run.Expect("the engine's number of the order", (await run.AtVenueAsync(id))!.Id, run.Order(id).VenueId);
        run.Wish(Wishes.Nothing);
        await run.BecomesAsync(id, OrderStatus.Canceled);
        await run.ExpectAtVenueAsync(id, TrueState.Canceled);
    }

    private static async Task FilledInDoubt(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        await run.InjectAsync(new(VenueFault.ReplyLost, VenueCall.Submit));
        await run.InjectAsync(new(VenueFault.ServerError, VenueCall.Orders, Times: null));
        long id = await run.OrderAsync(run.Limit(1, 40));
        string? client = run.Order(id).ClientId;
        await run.UntilAsync("the venue works the order", (_, truth) => truth.Orders.Any(order => order.ClientId == client && order.State == TrueState.Working));
        await run.HappenAsync(new(HappeningKind.Fill, (await run.AtVenueAsync(id))!.Id));
        await run.HealAsync();
        await run.BecomesAsync(id, OrderStatus.Filled);
        await run.HoldsAsync(1);
    }

    private static async Task NothingBeside(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.NoReply, VenueCall.Submit, Times: null));
        await run.InjectAsync(new(VenueFault.ServerError, VenueCall.Orders, Times: null));
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        long id = await run.OrderAsync(run.Limit(1, 40));
        await run.BecomesAsync(id, OrderStatus.InDoubt);
        run.Wish(run.Limit(3, 40));
        await run.TradesAsync(100);
        run.Expect("orders that reached the venue", 1, (await run.TruthAsync()).Commands.Count(command => command.Call == VenueCall.Submit));
        await run.HealAsync();
    }
}
