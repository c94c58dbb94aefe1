using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Nobody knows whether a cancel arrived: the order may still fill, and is not believed gone before the venue says so.</summary>
internal static class CancelDoubtCards
{
    private const int Chapter = 320;

    public static IReadOnlyList<Card> All { get; } = [.. LostAnswer.Of(VenueCall.Cancel).Select(Make)];

    private static Card Make(LostAnswer lost) => new(Chapter + lost.Place, $"a cancel that {lost.Name} ends with the order canceled", CardNeeds.Faults, run => Cancel(run, lost))
    {
        Purpose = "An order that was believed canceled and fills is a position that nobody wanted.",
        Steps = ["Let an order rest.", $"Arrange that the next cancel {lost.Name}.", "Take the wish back."],
        Expected = ["The order is canceled in the end, in engine and venue."],
        Faults = lost.Covers,
    };

    private static async Task Cancel(CardRun run, LostAnswer lost)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(1, 40));
        await run.InjectAsync(lost.Fault);
        run.Wish(Wishes.Nothing);
        await run.StruckAsync();
        string? client = run.Order(id).ClientId;
        await run.UntilAsync("the order is canceled in engine and venue", (now, truth) =>
            now.Orders.Any(order => order.Id == id && order.Status == OrderStatus.Canceled) && truth.Orders.Any(order => order.ClientId == client && order.State == TrueState.Canceled));
        await run.ExpectAtVenueAsync(id, TrueState.Canceled);
    }
}
