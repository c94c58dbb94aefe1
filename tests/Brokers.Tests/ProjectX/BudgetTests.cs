using Microsoft.Extensions.Time.Testing;
using Tradewind.Brokers.ProjectX;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The gateway allows 200 calls in 60 s: 80 for orders that add risk, 120 for them and what keeps the account known, 40 more for what reduces risk, 40 never.</summary>
public sealed class BudgetTests
{
    private static readonly TimeSpan Forever = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task AnOrderThatWouldWaitTooLongIsGivenUpAtOnceAndACancelPassesOnTheReserve()
    {
        using RequestBudget budget = Make();
        for (int i = 0; i < 80; i++) Assert.True(await Take(budget, RestLane.Entry, Second));

        Assert.False(await Take(budget, RestLane.Entry, Second));
        for (int i = 0; i < 40; i++) Assert.True(await Take(budget, RestLane.Account, Second));
        Assert.False(await Take(budget, RestLane.Account, Second));
        for (int i = 0; i < 40; i++) Assert.True(await Take(budget, RestLane.Protection, Second));
        Assert.False(await Take(budget, RestLane.Protection, Second));

        Assert.Equal((160, 200, 3), (budget.Use.Used, budget.Use.Limit, budget.Use.NotSent));
    }

    [Fact]
    public async Task WhoeverIsMoreUrgentGoesFirstWhateverTheOrderOfAsking()
    {
        using RequestBudget budget = Make();
        for (int i = 0; i < 160; i++, _time.Advance(TimeSpan.FromMilliseconds(100))) Assert.True(await Take(budget, RestLane.Protection, Second));
        List<(string Name, Task<bool> Turn)> waiting =
        [
            ("first entry", Turn(budget, RestLane.Entry)), ("second entry", Turn(budget, RestLane.Entry)),
            ("snapshot", Turn(budget, RestLane.Account)), ("cancel", Turn(budget, RestLane.Protection)),
        ];
        List<string> passed = [];
        while (waiting.Count > 0)
        {
            // From here on one call leaves the window with each step.
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.InRange(waiting.Count - budget.Use.Waiting, 0, 1);
            if (waiting.Count == budget.Use.Waiting) continue;
            Task<bool> next = await Task.WhenAny(waiting.Select(each => each.Turn)).WaitAsync(ScriptedGateway.Patience);
            Assert.True(await next);
            passed.Add(waiting.Single(each => each.Turn == next).Name);
            waiting.RemoveAll(each => each.Turn == next);
        }
        Assert.Equal(["cancel", "snapshot", "first entry", "second entry"], passed);
    }

    [Fact]
    public async Task ACallThatWasGivenUpTakesNoTurn()
    {
        using RequestBudget budget = Make();
        for (int i = 0; i < 79; i++) Assert.True(await Take(budget, RestLane.Entry, Second));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await Take(budget, RestLane.Entry, Second));
        using var gone = new CancellationTokenSource();
        ValueTask<bool> abandoned = budget.TakeAsync(RestLane.Entry, Forever, gone.Token);
        ValueTask<bool> patient = budget.TakeAsync(RestLane.Entry, Forever, TestContext.Current.CancellationToken);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await abandoned);

        _time.Advance(TimeSpan.FromSeconds(30));

        Assert.True(await patient);
        Assert.Equal((2, 0), (budget.Use.Used, budget.Use.Waiting));
    }

    [Fact]
    public async Task WhatWaitsWithinItsPatiencePassesWhenItsTimeComes()
    {
        using RequestBudget budget = Make();
        for (int i = 0; i < 80; i++) Assert.True(await Take(budget, RestLane.Entry, Second));
        _time.Advance(TimeSpan.FromSeconds(59.5));
        ValueTask<bool> entry = budget.TakeAsync(RestLane.Entry, Second, TestContext.Current.CancellationToken);
        Assert.False(entry.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.True(await entry);
    }

    [Fact]
    public async Task APauseThatTheGatewayAsksForHoldsEverybody()
    {
        using RequestBudget budget = Make();
        budget.Refused(TimeSpan.FromSeconds(7));

        Assert.False(await Take(budget, RestLane.Protection, TimeSpan.FromSeconds(6.9)));
        ValueTask<bool> urgent = budget.TakeAsync(RestLane.Protection, Forever, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(7));

        Assert.True(await urgent);
        Assert.Equal(1, budget.Use.Limited);
    }

    [Fact]
    public async Task WithoutAWordFromTheGatewayThePauseGrowsUntilACallPassesAndIsShorterForWhatIsUrgent()
    {
        using RequestBudget budget = Make();
        foreach (int expected in (int[])[5, 10, 20, 40, 40])
        {
            budget.Refused(null);
            Assert.False(await Take(budget, RestLane.Entry, TimeSpan.FromSeconds(expected - 0.1)));
            Assert.False(await Take(budget, RestLane.Protection, TimeSpan.FromSeconds(expected / 5.0 - 0.1)));
            _time.Advance(TimeSpan.FromSeconds(expected / 5.0));
            Assert.True(await Take(budget, RestLane.Protection, TimeSpan.Zero));
            _time.Advance(TimeSpan.FromSeconds(expected * 0.8));
            Assert.True(await Take(budget, RestLane.Entry, TimeSpan.Zero));
        }
        budget.Passed();
        budget.Refused(null);
        Assert.False(await Take(budget, RestLane.Entry, TimeSpan.FromSeconds(4.9)));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await Take(budget, RestLane.Entry, TimeSpan.Zero));
    }

    private RequestBudget Make() => new(BudgetLimit.Other, new BudgetOptions().Shares, _time);

    private static async Task<bool> Take(RequestBudget budget, RestLane lane, TimeSpan patience) => await budget.TakeAsync(lane, patience, TestContext.Current.CancellationToken);

    private static Task<bool> Turn(RequestBudget budget, RestLane lane) => budget.TakeAsync(lane, Forever, TestContext.Current.CancellationToken).AsTask();
}
