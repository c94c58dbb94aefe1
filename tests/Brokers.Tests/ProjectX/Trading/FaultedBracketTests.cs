using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Risk;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>An engine that never stops changing its mind, with entries that take their legs along, through the simulator's faults of events, requests, matching and legs.</summary>
public sealed class FaultedBracketTests
{
    [Theory]
    [InlineData("events", "missing-order-event", "missing-trade-event", "duplicate-event", "reorder-events")]
    [InlineData("requests", "lost-reply", "lost-request", "no-reply", "tag-in-use")]
    [InlineData("venue", "partial-fill", "held-leg", "oco-fails", "both-legs-fill")]
    [InlineData("legs", "cancel-leg", "replace-leg", "lose-leg", "bracket-refusal")]
    public async Task ARestlessEngineStaysOfOneMindWithTheVenue(string family, params string[] faults)
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless(), NativeBracketTests.Allows, brackets: BracketUse.Auto);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        foreach (string fault in faults) await run.Inject(fault, new { probability = family is "legs" or "venue" ? 0.4 : 0.15, delay = 1 });
        await run.Until(() => run.Struck >= 3 && run.Book.Now.Orders.Count >= 12, "it has traded through them");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
    }
}
