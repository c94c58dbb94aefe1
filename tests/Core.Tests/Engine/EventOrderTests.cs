using FsCheck;
using FsCheck.Fluent;
using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>The words of a venue about an order may come in any order, twice, or not at all.</summary>
public sealed class EventOrderTests
{
    private const int Ordered = 6;

    [Fact]
    public void InWhateverOrderAndHoweverOftenTheWordsComeTheOrderEndsAsInTheirOrder() => ForAll(400, chance =>
    {
        BrokerEvent[] story = Story(chance);
        BrokerEvent[] shuffled = [.. story, .. story.Where(_ => chance.Next(3) == 0)];
        chance.Shuffle(shuffled);
        Assert.Equal(Tell(story), Tell(shuffled));
    });

    [Fact]
    public void WhateverIsLostWhatIsToldIsBookedOnceAndNothingFails() => ForAll(400, chance =>
    {
        BrokerEvent[] told = [.. Story(chance).Where(_ => chance.Next(3) > 0)];
        told = [.. told, .. told.Where(_ => chance.Next(2) == 0)];
        chance.Shuffle(told);
        End end = Tell(told);
        Assert.Equal(told.Where(each => each.Kind == BrokerEventKind.Filled).DistinctBy(each => each.ExecutionId).Sum(each => each.Quantity), end.Filled);
        Assert.Equal(end.Filled, end.Net);
    });

    [Fact]
    public void AMovedStopEndsAsInTheOrderOfItsWords() => ForAll(400, chance =>
    {
        List<BrokerEvent> story = chance.Next(2) == 0 ? [Kind(BrokerEventKind.ModifyInDoubt)] : [];
        int filledBefore = chance.Next(3), filledAfter = chance.Next(Ordered - filledBefore + 1);
        for (int i = 0; i < filledBefore; i++) story.Insert(chance.Next(story.Count + 1), Execution(10 + i, 1));
        story.Add(Kind(BrokerEventKind.Modified));
        if (filledAfter > 0) story.Add(Execution(20, filledAfter));
        BrokerEvent[] shuffled = [.. story, .. story.Where(_ => chance.Next(3) == 0)];
        chance.Shuffle(shuffled);
        Assert.Equal(TellStop([.. story]), TellStop(shuffled));
    });

    private static void ForAll(int tries, Action<Random> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed => law(new Random(seed))).Check(Config.QuickThrowOnFailure.WithMaxTest(tries));

    /// <summary>What a venue may say of an order for six, in the order in which it happens.</summary>
    private static BrokerEvent[] Story(Random chance)
    {
        List<BrokerEvent> story = [];
        if (chance.Next(3) == 0) story.Add(Kind(BrokerEventKind.SubmitInDoubt));
        if (chance.Next(8) == 0) return [.. story, Kind(BrokerEventKind.Rejected)];
        if (chance.Next(4) > 0) story.Add(Kind(BrokerEventKind.Accepted));
        int filled = 0;
        for (int execution = 1; filled < Ordered && chance.Next(4) > 0; execution++)
        {
            int part = chance.Next(1, Ordered - filled + 1);
            story.Add(Execution(execution, part));
            filled += part;
        }
        if (filled < Ordered && chance.Next(3) > 0) story.Add(Kind(chance.Next(2) == 0 ? BrokerEventKind.Canceled : BrokerEventKind.Expired));
        return [.. story];
    }

    private static BrokerEvent Kind(BrokerEventKind kind) => new(kind, default);

    private static BrokerEvent Execution(int id, int quantity) => new(BrokerEventKind.Filled, default, id, quantity, 5000m + id, 0.5m);

    private static End Tell(BrokerEvent[] events)
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = Ordered, OrderType = OrderType.Limit, LimitPrice = 5000 }); }));
        bench.Bar(5000);
        return Tell(bench, bench.Submitted.Single(), events);
    }

    private static End TellStop(BrokerEvent[] events)
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked <= 2) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = Ordered, StopLoss = 4980 + 5 * strategy.Asked });
        }));
        bench.Bar(5000);
        bench.Complete(bench.Submitted.Single(), 5000m);
        Order stop = bench.Submitted.Single(order => order.Purpose == OrderPurpose.StopLoss);
        bench.Accept(stop);
        bench.Bar(5000);
        Assert.Equal(OrderStatus.ModifyPending, stop.Status);
        return Tell(bench, stop, events);
    }

    private static End Tell(Bench bench, Order order, BrokerEvent[] events)
    {
        decimal filled = 0m;
        foreach (BrokerEvent told in events)
        {
            bool wasFinal = order.Status.IsFinal();
            bench.Give(new Input(bench.Engine.Now, told with { Order = order.Id, ExecutionId = told.ExecutionId == 0 ? 0 : told.ExecutionId + 1000 }));
            Assert.True(order.FilledQuantity >= filled);
            if (wasFinal) Assert.True(order.Status.IsFinal(), $"{told.Kind} opened an order that had ended");
            filled = order.FilledQuantity;
        }
        return new(order.Status, order.Doubt, order.FilledQuantity, order.AverageFillPrice, order.StopPrice, bench.Net, bench.Engine.Account.Cash);
    }

    private readonly record struct End(OrderStatus Status, OrderDoubt Doubt, decimal Filled, decimal Average, decimal StopPrice, decimal Net, decimal Cash);
}
