using Tradewind.Core.Risk;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>
/// An engine that never stops changing its mind trades an account through the simulator's faults, over real sockets, a family of them at a
/// time. Once they stop, engine and venue are of one mind about every order, execution, position and cent, and no order was taken twice.
/// </summary>
public sealed class FaultedAccountTests
{
    private static readonly object Often = new { probability = 0.2 };
    private static readonly object Sometimes = new { probability = 0.05 };

    /// <summary>Of what happens by itself the probability is per second.</summary>
    private static readonly object EachOther = new { probability = 0.4, lasts = 1 };

    private static readonly object Rarely = new { probability = 0.1, lasts = 1 };
    private static readonly object Late = new { probability = 0.2, delay = 0.6 };

    [Fact]
    public async Task WithoutFaults()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.Orders.Count >= 20, "it has traded for a while");
        await run.Settle();
        await run.AssertAgrees();
        Assert.True(run.Book.Now.Orders.Count(order => order.Filled > 0) >= 6, run.Story);
    }

    [Fact]
    public Task WithRequestsAndAnswersThatAreLostOrLate() => Trade(
        ("lost-request", Often), ("lost-reply", Often), ("no-reply", new { probability = 0.1 }), ("slow-request", Late), ("late-reply", Late), ("order-pending", Often), ("tag-in-use", Often));

    [Fact]
    public Task WithRefusalsOfAllSorts() => Trade(
        ("rate-limit", Sometimes), ("bad-gateway", Often), ("unauthorized", Sometimes), ("html", Often), ("reject", Often), ("reject-later", Often));

    [Fact]
    public Task WithListsThatLie() => Trade(
        ("empty-snapshot", Often), ("short-snapshot", Often), ("stale-snapshot", Often), ("snapshot-lag", Often), ("short-history", new { probability = 0.2, delay = 1 }));

    [Fact]
    public Task WithFormsAndStatesThatNobodyKnows() => Trade(
        ("unknown-field", Often), ("unknown-state", Often), ("number-strings", Often), ("array-events", Often), ("bare-events", Often));

    [Fact]
    public Task WithEventsThatAreMissingTwiceOrOutOfOrder() => Trade(
        ("missing-event", Often), ("missing-order-event", Often), ("missing-trade-event", Often), ("duplicate-event", Often), ("reorder-events", Often), ("late-event", Late), ("replay-trades", EachOther));

    [Fact]
    public Task WithHubsThatEndFreezeAndDeafen() => Trade(
        ("hub-drop", Rarely), ("hub-close", Rarely), ("logout", Rarely), ("takeover", Rarely), ("freeze", Rarely), ("stall", Rarely),
        ("hub-refused", Sometimes), ("subscribe-error", Sometimes), ("deaf-subscription", new { probability = 0.1, count = 3 }));

    [Fact]
    public Task WithOrdersThatTheVenueEndsFillsInPartsOrTooMuch() => Trade(
        ("slow-matching", Late), ("partial-fill", Often), ("cancel-order", EachOther), ("expire-order", EachOther), ("overfill", EachOther));

    [Fact]
    public Task WithTradesThatAreTakenBack() => Trade(("void-trade", EachOther), ("correct-trade", EachOther), ("missing-trade-event", Often));

    [Fact]
    public Task WithStrangersOnTheAccountAndAMarketThatHalts() => Trade(("manual-trade", EachOther), ("unknown-fill", EachOther), ("halt", EachOther));

    [Fact]
    public Task WithAnAccountThatIsLockedAndLiquidated() => Trade(("restrict", new { probability = 0.1, lasts = 2 }), ("liquidate", new { probability = 0.2, lasts = 1 }));

    /// <summary>What such a position cost, the venue does not tell, so the money may differ; the position may not.</summary>
    [Fact]
    public async Task WithPositionsThatNobodyTraded()
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        await run.Inject("adjust-position", new { probability = 0.5 });
        await run.Until(() => run.Struck >= 3 && run.Book.Now.Orders.Count >= 8, "the position was changed thrice");
        await run.Heal();
        await run.Until(async () => run.Book.Now is { State: AccountState.Synced, Net: [var net] } && net == (await run.Truth()).Net(BrokerRun.Es) && run.Book.External >= 3, "engine and venue hold the same");
    }

    private static async Task Trade(params (string Kind, object Terms)[] faults)
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        foreach ((string kind, object terms) in faults) await run.Inject(kind, terms);
        await run.Until(() => run.Gateway.Faults.Count(fault => fault.Struck > 0) > faults.Length / 2, "most of the faults have struck");
        await run.Until(() => run.Book.Now.Orders.Count >= 8, "it has traded");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
    }
}
