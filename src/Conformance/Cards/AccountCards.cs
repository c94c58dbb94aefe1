using Tradewind.Conformance.Venue;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;

namespace Tradewind.Conformance.Cards;

/// <summary>The account does things of its own: others trade it, it is restricted, its limits are near.</summary>
internal static class AccountCards
{
    public static IReadOnlyList<Card> All { get; } =
    [
        new(801, "a trade by hand is booked as nobody's", CardNeeds.Hand, ByHand)
        {
            Purpose = "The account is the user's; what the user does by hand counts, and moves no strategy's books.",
            Steps = ["Be long 1.", "Buy 2 by hand."],
            Expected = ["Engine and venue hold 3, of which 2 are external."],
            Faults = ["F20", "F23"],
        },
        new(802, "an order by hand is left alone", CardNeeds.Hand, OrderByHand)
        {
            Purpose = "What the program did not place it does not cancel.",
            Steps = ["Place a limit order by hand.", "Be long 1, then flat."],
            Expected = ["The order by hand works at the venue to the end."],
            Faults = ["F23"],
        },
        new(803, "a position that was there before the program is nobody's", CardNeeds.Hand | CardNeeds.Restart, ThereBefore)
        {
            Purpose = "A first start on an account that is in use.",
            Steps = ["Stop the program, sell 2 by hand, start again."],
            Expected = ["Engine and venue hold -2, all of it external."],
            Faults = ["F24", "F26"],
        },
        new(804, "trading by hand while the stream is silent is found", CardNeeds.Hand | CardNeeds.Faults, InSilence)
        {
            Purpose = "A position that differs from the sum of the fills is noticed, whoever made it.",
            Steps = ["Let the stream be silent.", "Buy 1 by hand."],
            Expected = ["Engine and venue hold 1, as external."],
            Faults = ["F17", "F24"],
        },
        new(805, "another account of the same user is another account", CardNeeds.Hand | CardNeeds.Settings, OtherAccount)
        {
            Purpose = "One login sees all accounts; one session trades one of them.",
            Steps = ["Open a second account and buy 3 by hand there.", "Be long 1 in the first."],
            Expected = ["Engine and venue hold 1 in the first account, nothing of it external."],
            Settings = new() { HasSecondAccount = true },
        },
        new(806, "a restricted account takes no new risk and trades again afterwards", CardNeeds.Faults, Restricted)
        {
            Purpose = "A prop firm's rule must not lead to a storm of orders.",
            Steps = ["Restrict the account for two seconds.", "Wish to be long 1."],
            Expected = ["Nothing is filled while it is restricted.", "The account is synchronised again afterwards, and an order fills."],
            Faults = ["F29"],
        },
        new(807, "protective traffic passes while questions are limited", CardNeeds.Faults, ProtectiveFirst)
        {
            Purpose = "A limit that is used up by questions must not keep a stop from moving.",
            Steps = ["Be long 1 with a stop.", "Answer every question with too many requests.", "Move the stop."],
            Expected = ["The stop is at its new price within the patience of a card, while the questions are still refused."],
            Faults = ["F79"],
        },
        new(808, "the venue's limit on requests is not reached by trading", CardNeeds.Settings, WithinLimits)
        {
            Purpose = "Whoever runs into the limit is blind and without brakes for a minute.",
            Steps = ["Let the venue enforce its limits.", "Change a resting order's price 15 times.", "Be long 1 with both legs, then flat."],
            Expected = ["The venue never said that it was too much."],
            Faults = ["F79"],
            Settings = new() { LimitsRequests = true },
        },
        new(809, "a position that the user closes by hand is closed", CardNeeds.Hand, ClosedByHand)
        {
            Purpose = "The user is master: the account is flat, and the engine's legs do not open it again.",
            Steps = ["Be long 1 with both legs.", "Sell 1 by hand."],
            Expected = ["Engine and venue agree that the account holds nothing."],
            Faults = ["F23", "F24"],
        },
    ];

    private static async Task ByHand(CardRun run)
    {
        await run.SyncedAsync();
        run.Wish(run.Market(1));
        await run.HoldsAsync(1);
        await run.HappenAsync(new(HappeningKind.ForeignTrade, Quantity: 2));
        await run.HoldsAsync(3);
        run.Expect("units that are external", 2m, run.Now.External);
    }

    private static async Task OrderByHand(CardRun run)
    {
        await run.SyncedAsync();
        await run.HappenAsync(new(HappeningKind.ForeignOrder, Quantity: 1, Ticks: -200));
        run.Wish(run.Market(1));
        await run.HoldsAsync(1);
        run.Wish(Wishes.Flat);
        await run.HoldsAsync(0);
        await run.TradesAsync(150);
        run.Expect("orders by hand that work at the venue", 1, (await run.TruthAsync()).Live.Count(order => order.ClientId is null));
    }

    private static async Task ThereBefore(CardRun run)
    {
        await run.SyncedAsync();
        await run.RestartAsync(() => run.HappenAsync(new(HappeningKind.ForeignTrade, Quantity: -2)));
        await run.HoldsAsync(-2);
        await run.SyncedAsync();
        run.Expect("units that are external", -2m, run.Now.External);
    }

    private static async Task InSilence(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.StreamFrozen));
        await run.HappenAsync(new(HappeningKind.ForeignTrade, Quantity: 1));
        await run.HoldsAsync(1);
        run.Expect("units that are external", 1m, run.Now.External);
    }

    private static async Task OtherAccount(CardRun run)
    {
        await run.SyncedAsync();
        await run.HappenAsync(new(HappeningKind.ForeignTrade, Quantity: 3) { IsInOtherAccount = true });
        run.Wish(run.Market(1));
        await run.HoldsAsync(1);
        await run.TradesAsync(200);
        await run.HoldsAsync(1);
        run.Expect("units that are external", 0m, run.Now.External);
    }

    private static async Task Restricted(CardRun run)
    {
        await run.SyncedAsync();
        await run.InjectAsync(new(VenueFault.AccountRestricted) { Lasts = TimeSpan.FromSeconds(2) });
        await run.UntilAsync("the engine knows that the account is restricted", now => now.State == AccountState.Restricted);
        run.Wish(run.Market(1));
        await run.TradesAsync(50);
        run.Expect("units held while it is restricted", 0m, (await run.TruthAsync()).Net);
        run.Wish(Wishes.Nothing);
        await run.SyncedAsync();
        run.Wish(run.Market(-1));
        await run.HoldsAsync(-1);
    }

    private static async Task ProtectiveFirst(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1, target: null);
        foreach (VenueCall call in new[] { VenueCall.Orders, VenueCall.Positions, VenueCall.Fills, VenueCall.Accounts }) await run.InjectAsync(new(VenueFault.TooMany, call, Times: null));
        await run.StruckAsync();
        decimal price = (decimal)run.Price(-30);
        run.Wish(run.Market(1, stop: 30));
        await run.UntilAsync($"the stop is at {price}", (now, truth) => now.Open.Any(order => order.Purpose == OrderPurpose.StopLoss && order.StopPrice == price && Looks.IsConfirmed(order, truth)));
        run.Note("the stop is at", $"{price}");
    }

    private static async Task WithinLimits(CardRun run)
    {
        await run.SyncedAsync();
        for (int i = 0; i < 15; i++) await run.RestAsync(run.Limit(1, 40 + i));
        run.Wish(Wishes.Nothing);
        await run.UntilAsync("nothing works", (now, truth) => !now.Open.Any() && !truth.Live.Any());
        await run.BracketAsync(1);
        run.Wish(Wishes.Flat);
        await run.GoneAsync();
        run.Expect("times that the venue said that it was too much", 0L, run.Health.Requests.Sum(use => use.Limited));
    }

    private static async Task ClosedByHand(CardRun run)
    {
        await run.SyncedAsync();
        await run.BracketAsync(1);
        await run.HappenAsync(new(HappeningKind.ForeignTrade, Quantity: -1));
        await run.HoldsAsync(0);
    }
}
