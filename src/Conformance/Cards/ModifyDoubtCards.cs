using Tradewind.Conformance.Desk;
using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>Nobody knows whether a change of a protective stop arrived: the stop is never doubled, never missing, and in the end where it is wanted.</summary>
internal static class ModifyDoubtCards
{
    private const int Chapter = 340;

    public static IReadOnlyList<Card> All { get; } = [.. LostAnswer.Of(VenueCall.Modify).Select(Make)];

    private static Card Make(LostAnswer lost) => new(Chapter + lost.Place, $"a change of a stop that {lost.Name} ends with one stop in its place", CardNeeds.Faults, run => Move(run, lost))
    {
        Purpose = "A stop that the program believes elsewhere than it is protects nobody.",
        Steps = ["Be long 1 with a stop 40 ticks below.", $"Arrange that the next change {lost.Name}.", "Wish for the stop 30 ticks below."],
        Expected = ["One stop works at the venue, where it is wanted, and the engine knows."],
        Faults = [.. lost.Covers, "F8"],
    };

    private static async Task Move(CardRun run, LostAnswer lost)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, stop: 40, target: null);
        OrderLine before = run.Leg(OrderPurpose.StopLoss)!;
        await run.InjectAsync(lost.Fault);
        run.Wish(run.Market(1, stop: 30));
        await run.StruckAsync();
        decimal wanted = before.StopPrice + 10 * run.Venue.Instrument.TickSize;
        await run.UntilAsync($"one stop works at {wanted}, and the engine knows", (now, truth) =>
            now.Open.SingleOrDefault(order => order.Purpose == OrderPurpose.StopLoss) is { } stop && stop.StopPrice == wanted && Looks.IsConfirmed(stop, truth)
            && truth.Live.Count(order => order.Type == OrderType.Stop) == 1);
        run.Expect("orders that work at the venue", 1, (await run.TruthAsync()).Live.Count());
        run.Note("the stop is", $"{run.Leg(OrderPurpose.StopLoss)!.StopPrice}");
    }
}
