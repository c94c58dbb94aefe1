using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>An order has passed the outbox and waits for its turn in the gateway's request limit, and meanwhile the fence falls: what adds risk does not leave any more, what closes does.</summary>
public sealed class HeldRequestTests
{
    /// <summary>Longer than the pause that a refused request brings about.</summary>
    private static readonly BudgetOptions Patient = new() { EntryPatience = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(CommandKind.Pause, "paused")]
    [InlineData(CommandKind.Stop, "halted")]
    public async Task AnEntryThatWaitsForItsTurnIsWithheldOnceTradingIsStopped(CommandKind command, string why)
    {
        var says = new Says((_, _) => new(SignalAction.Buy, "in") { Quantity = 1 });
        await using BrokerRun run = await Waiting(says);
        await run.Command(command);
        await Withheld(run, why);
    }

    [Fact]
    public async Task AnEntryThatWaitsForItsTurnIsWithheldOnceTheAccountIsNotKnown()
    {
        var says = new Says((_, _) => new(SignalAction.Buy, "in") { Quantity = 1 });
        await using BrokerRun run = await Waiting(says);
        await run.Inject("hub-refused", new { hub = "user", probability = 1 });
        await run.Inject("hub-drop", new { hub = "user" });
        await Withheld(run, "synchronised");
    }

    [Fact]
    public async Task AnEntryThatWaitsForItsTurnLeavesWhereNothingFell()
    {
        var says = new Says((_, _) => new(SignalAction.Buy, "in") { Quantity = 1 });
        await using BrokerRun run = await Waiting(says);
        await run.Until(async () => (await run.Truth()).Net(BrokerRun.Es) == 1, "the entry has filled");
    }

    [Fact]
    public async Task WhatClosesLeavesThoughTradingIsPausedAndTheLimitIsUsedUp()
    {
        var says = new Says((_, _) => new(SignalAction.Buy, "in") { Quantity = 1 });
        await using BrokerRun run = await BrokerRun.Start(() => says, budget: Patient);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        says.Ask();
        await run.Until(() => run.Book.Now.Net[0] == 1, "it is long");
        await Hold(run);
        await run.Command(CommandKind.Flatten);
        await run.Until(async () => (await run.Truth()).Net(BrokerRun.Es) == 0 && run.Book.Now.Net[0] == 0, "it is flat");
    }

    /// <summary>A session whose entry is past the outbox and not at the gateway.</summary>
    private static async Task<BrokerRun> Waiting(Says says)
    {
        BrokerRun run = await BrokerRun.Start(() => says, budget: Patient);
        await run.Until(() => run.Book.Now.State == AccountState.Synced, "the account is synced");
        await Hold(run);
        says.Ask();
        await run.Until(() => run.Runner.IntentLatency.Count == 1 && run.Broker.Health.Requests.Any(use => use.Waiting > 0), "the entry waits for its turn");
        Assert.DoesNotContain((await run.Truth()).Commands, command => command.Path == "Order/place");
        return run;
    }

    /// <summary>One question is answered with too many requests: nothing but what is urgent leaves for some seconds.</summary>
    private static async Task Hold(BrokerRun run)
    {
        await run.Inject("rate-limit", new { probability = 1, count = 1, path = "searchOpen" });
        await run.Until(() => run.Struck > 0, "a question was refused");
        await run.Until(() => run.Broker.Health.Requests.Any(use => use.Limited > 0), "the broker holds its requests back");
    }

    private static async Task Withheld(BrokerRun run, string why)
    {
        await run.Until(() => run.Book.Now.Orders is [{ Status: OrderStatus.Canceled }], "the entry is over");
        Assert.Contains(run.Book.Said, line => line.Contains("Withheld", StringComparison.Ordinal) && line.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain((await run.Truth()).Commands, command => command.Path == "Order/place");
    }
}
