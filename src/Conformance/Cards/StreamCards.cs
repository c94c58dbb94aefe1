using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;

namespace Tradewind.Conformance.Cards;

/// <summary>The stream of orders and fills loses, repeats, reorders and disguises what it tells, or ends: what the account holds is known all the same.</summary>
internal static class StreamCards
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(400);

    public static IReadOnlyList<Card> All { get; } =
    [
        Through(601, "every event comes twice", new(VenueFault.EventTwice, Times: null), "F5"),
        Through(602, "events come out of order", new(VenueFault.EventsReordered, Times: null), "F6"),
        Through(603, "events come late", new(VenueFault.EventLate, Times: null) { Delay = Moment }, "F4", "F6"),
        Through(604, "no event of orders comes", new(VenueFault.OrderEventMissing, Times: null), "F17"),
        Through(605, "no event of fills comes", new(VenueFault.FillEventMissing, Times: null), "F17"),
        Through(606, "no event comes at all", new(VenueFault.EventMissing, Times: null), "F17"),
        Through(607, "events come in arrays", new(VenueFault.EventsInArrays, Times: null), "F16"),
        Through(608, "events come without their envelope", new(VenueFault.EventsBare, Times: null), "F16"),
        Through(609, "prices and amounts come as text", new(VenueFault.NumbersAsText, Times: null), "F16"),
        Through(610, "events and answers have members that nobody knows", new(VenueFault.UnknownMember, Times: null), "F16"),
        Through(611, "the stream lives and tells nothing", new(VenueFault.StreamFrozen), "F17"),
        new(612, "an order state that nobody knows is no end", CardNeeds.Faults, UnknownState)
        {
            Purpose = "Guessing \"canceled\" would place the order again.",
            Steps = ["Let every order state be one that no document knows.", "Let an order rest.", "End the fault."],
            Expected = ["The order is never over in the engine.", "It works in the engine in the end."],
            Faults = ["F16"],
        },
        new(613, "fills that are told again are booked once", CardNeeds.Faults, Replayed)
        {
            Purpose = "After a reconnect some venues tell the whole day again.",
            Steps = ["Buy 2.", "Let the venue tell all fills once more, twice."],
            Expected = ["Engine and venue hold 2."],
            Faults = ["F5"],
        },
        Broken(614, "drops", VenueFault.StreamDropped),
        Broken(615, "is closed with an error", VenueFault.StreamClosed),
        Broken(616, "is ended by a logout", VenueFault.LoggedOut),
        During(617, "an order is sent", async run =>
        {
            // The drop may be known before the order leaves: that one is withheld, and another follows once the account is in step.
            run.Wish(run.Limit(1, 40));
            await run.UntilAsync("one order works at the venue, and the engine knows", (now, truth) =>
                now.Open.SingleOrDefault() is { } order && Looks.IsConfirmed(order, truth) && truth.Live.Count() == 1);
        }),
        During(618, "a market order fills", async run =>
        {
            run.Wish(run.Market(1));
            await run.HoldsAsync(1);
        }),
        During(619, "a bracket is built", run => run.BracketAsync(2)),
        During(620, "an order is canceled", async run =>
        {
            run.Wish(Wishes.Nothing);
            await run.UntilAsync("nothing works", (now, truth) => !now.Open.Any() && !truth.Live.Any());
        }, resting: true),
        Lying(621, "are empty", VenueFault.EmptyList),
        Lying(622, "lack their second half", VenueFault.ShortList),
        Lying(623, "are old", VenueFault.StaleList),
        new(624, "lists that cannot be read are no empty lists", CardNeeds.Faults, Unreadable)
        {
            Purpose = "A failed question must never read as \"flat\".",
            Steps = ["Be long 1 with both legs.", "Answer every list with a server's error while the market trades 200 times."],
            Expected = ["The engine still holds 1 with both legs.", "Nothing new was sent."],
            Faults = ["F25", "F80"],
        },
    ];

    private static Card Through(int number, string what, Injected fault, params string[] covers) => new(number, $"a bracket opens and closes while {what}", CardNeeds.Faults, run => RoundTrip(run, fault))
    {
        Purpose = "Streams are not to be trusted, and there are no sequence numbers to see a gap by.",
        Steps = [$"Arrange that {what}.", "Be long 1 with a stop and a target.", "Wish to be flat."],
        Expected = ["Engine and venue hold 1 with both legs, then nothing, with the same fills and the same money."],
        Faults = covers,
    };

    private static Card Broken(int number, string how, VenueFault fault) => new(number, $"what happens while the stream {how} is found afterwards", CardNeeds.Faults | CardNeeds.Hand, run => FilledMeanwhile(run, fault))
    {
        Purpose = "What was told while nobody listened is never told again.",
        Steps = ["Let an order of 2 rest.", $"Arrange that the stream {how}, and in the same moment let 1 of the order fill."],
        Expected = ["The fill is booked once the stream is back, once."],
        Faults = ["F18"],
    };

    private static Card During(int number, string step, Func<CardRun, Task> play, bool resting = false) => new(number, $"the stream may drop while {step}", CardNeeds.Faults, run => Dropped(run, play, resting))
    {
        Purpose = "A reconnect comes at any moment.",
        Steps = [$"Let the stream drop just before {step}."],
        Expected = ["The step comes to its end, in engine and venue."],
        Faults = ["F18"],
    };

    private static Card Lying(int number, string how, VenueFault fault) => new(number, $"lists that {how} are not believed against better knowledge", CardNeeds.Faults, run => Lied(run, fault))
    {
        Purpose = "Venues answer with success and nothing in it on bad days.",
        Steps = ["Be long 1 with both legs.", $"Let all lists of orders and positions be such that they {how}, for one comparison."],
        Expected = ["The legs are neither doubled nor given up; engine and venue hold 1."],
        Faults = ["F25"],
    };

    private static async Task RoundTrip(CardRun run, Injected fault)
    {
        await run.SyncedAsync();
        await run.InjectAsync(fault);
        await run.BracketAsync(1);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
        await run.StruckAsync();
    }

    private static async Task UnknownState(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.UnknownState, Times: null));
        long id = await run.OrderAsync(run.Limit(1, 40));
        await run.StruckAsync();
        await run.TradesAsync(100);
        run.Expect("it is over in the engine", false, run.Order(id).Status.IsFinal());
        run.Expect("orders at the venue", 1, (await run.TruthAsync()).Orders.Count);
        await run.HealAsync();
        await run.WorksAsync(id);
    }

    private static async Task Replayed(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(2));
        await run.HoldsAsync(2);
        await run.InjectAsync(new(VenueFault.FillsReplayed));
        await run.InjectAsync(new(VenueFault.FillsReplayed));
        await run.StruckAsync(2);
        await run.TradesAsync(50);
        await run.HoldsAsync(2);
    }

    private static async Task FilledMeanwhile(CardRun run, VenueFault fault)
    {
        await run.SyncedAsync();
        long id = await run.RestAsync(run.Limit(2, 40));
        await run.InjectAsync(new(fault));
        await run.HappenAsync(new(HappeningKind.Fill, run.Order(id).VenueId));
        await run.StruckAsync();
        await run.HoldsAsync(1);
        await run.SyncedAsync();
        run.Expect("units filled", 1m, run.Order(id).Filled);
    }

    private static async Task Dropped(CardRun run, Func<CardRun, Task> step, bool resting)
    {
        await run.SyncedAsync();
        if (resting) await run.RestAsync(run.Limit(1, 40));
        await run.InjectAsync(new(VenueFault.StreamDropped));
        await step(run);
        await run.StruckAsync();
        await run.SyncedAsync();
    }

    private static async Task Lied(CardRun run, VenueFault fault)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        await run.InjectAsync(new(fault, VenueCall.Orders, Times: 1));
        await run.InjectAsync(new(fault, VenueCall.Positions, Times: 1));
        await run.StruckAsync(2);
        await run.HealAsync();
        await run.TradesAsync(100);
        await run.HoldsAsync(1);
        VenueTruth truth = await run.TruthAsync();
        run.Expect("orders that work at the venue", 2, truth.Live.Count());
        run.Expect("orders that were ever placed", 3, truth.Orders.Count);
    }

    private static async Task Unreadable(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        foreach (VenueCall call in new[] { VenueCall.Orders, VenueCall.Positions, VenueCall.Fills }) await run.InjectAsync(new(VenueFault.ServerError, call, Times: null));
        await run.TradesAsync(200);
        await run.StruckAsync();
        run.Expect("units that the engine holds", 1m, run.Now.Net);
        run.Expect("legs that work in the engine", 2, run.Now.Open.Count());
        run.Expect("orders that were ever placed", 3, (await run.TruthAsync()).Orders.Count);
        await run.HealAsync();
    }
}
