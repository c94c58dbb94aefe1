namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>An engine that never stops changing its mind trades an account through each of the simulator's faults. Once they stop, engine and venue are of one mind, and no order was taken twice.</summary>
public sealed class FaultedAccountTests
{
    [Fact]
    public async Task WithoutFaultsEngineAndVenueAgree() => await Trade(null, 0);

    private static async Task Trade(string? fault, double probability)
    {
        await using BrokerRun run = await BrokerRun.Start(() => new Restless());
        await run.Until(() => run.Book.Now.State == Core.Risk.AccountState.Synced, "the account is synced");
        if (fault is not null) await run.Inject(fault, new { probability });
        await run.Until(() => run.Book.Now.Orders.Count >= 12, "it has traded for a while");
        await run.Heal();
        await run.Settle();
        await run.AssertAgrees();
        Assert.True(run.Book.Now.Orders.Count(order => order.Filled > 0) >= 4, run.Story);
    }
}
