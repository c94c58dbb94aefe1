using Tradewind.App.Running;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;
using Tradewind.Strategies.Basic;

namespace Tradewind.App.Tests;

/// <summary>What a session keeps of its executions for the next one: each of them once, under its order, and none of them too old to be kept.</summary>
public sealed class AccountBooksTests
{
    private static readonly Timestamp Settled = Timestamp.From(new DateTimeOffset(2026, 11, 2, 15, 0, 0, TimeSpan.Zero));

    private readonly AccountBooks _books = new();

    [Fact]
    public void AnExecutionThatTwoStrategiesShareIsKeptAsOne()
    {
        Engine engine = Start(SharedOrder());

        Feed(engine, new(Settled, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 900, Quantity: 3, Price: 5001.25m, Fee: 4.20m)));

        CarriedExecution kept = Assert.Single(Left(engine).Executions);
        Assert.Equal((900, 7, 3m, 5001.25m, 4.20m), (kept.Execution, kept.Order, kept.Quantity, kept.Price, kept.Fee));
        Assert.Equal([2m, 1m], Left(engine).Strategies.Select(strategy => strategy.Quantity));
    }

    [Fact]
    public void TwoExecutionsOfOneOrderAreKeptAsTwo()
    {
        Engine engine = Start(SharedOrder());

        Feed(engine, new(Settled, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 900, Quantity: 1, Price: 5001m, Fee: 1.40m)));
        Feed(engine, new(Settled, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 901, Quantity: 2, Price: 5001m, Fee: 2.80m)));

        Assert.Equal([(900, 1m), (901, 2m)], Left(engine).Executions.Select(one => (one.Execution, one.Quantity)));
    }

    [Fact]
    public void AClockBehindTheOneOfTheSessionBeforeLosesNoExecution()
    {
        Engine engine = Start(SharedOrder());
        Timestamp behind = Settled - TimeSpan.FromDays(1);

        Feed(engine, new(behind, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 900, Quantity: 3, Price: 5001m)));

        Carry left = Left(engine);
        Assert.Equal([900L], left.Executions.Select(one => one.Execution));
        Assert.All(left.Executions, one => Assert.True(one.Time >= left.ExecutionsSince));
    }

    [Fact]
    public void OfAnOrderThatFilledLongAgoTheNextSessionKnowsHowMuch()
    {
        Engine engine = Start(SharedOrder());
        Feed(engine, new(Settled, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 900, Quantity: 3, Price: 5001m)));
        Feed(engine, new(-1, Settled, new AccountEvent(AccountEventKind.Synced)));
        Feed(engine, Input.Timer(Settled + TimeSpan.FromHours(1)));

        var memory = AccountMemory.Of(Left(engine), _ => 0);

        Assert.Empty(memory.Executions);
        RememberedOrder order = Assert.Single(memory.Orders);
        Assert.Equal((true, 3m), (order.IsFinal, order.Filled));
    }

    [Fact]
    public void WhatACheckpointHoldsIsTheSame()
    {
        Engine engine = Start(SharedOrder());
        Feed(engine, new(Settled, new BrokerEvent(BrokerEventKind.Filled, new(7), ExecutionId: 900, Quantity: 3, Price: 5001m)));

        var restored = new AccountBooks();
        restored.Restore(_books.ToBytes());

        Assert.Equal(Left(engine).Executions, restored.Complete(engine.Leave("now", _ => "id")).Executions);
    }

    /// <summary>Two strategies wait for one order of 3: the first for 2 of them, the second for 1.</summary>
    private static Carry SharedOrder() => new()
    {
        Session = "before",
        Account = new(100_000m, 100_000m, 0m, 0m, 100_000, 0, 0),
        Instruments = [new("ES", 0m, 0m, 5000)],
        Strategies = [new("one", "ES", 0, 0m, 0m), new("other", "ES", 0, 0m, 0m)],
        Orders =
        [
            new(7, "tw-before-7", 0, Settled - TimeSpan.FromMinutes(1))
            {
                Terms = new(Side.Buy, OrderType.Market, TimeInForce.Day, 3m, 0m, 0m),
                Purpose = OrderPurpose.Target,
                Shares = [new(0, 2m), new(1, 1m)],
                Status = OrderStatus.Working,
                BrokerOrderId = "71",
            },
        ],
        ExecutionsSince = Settled,
        LastOrder = 7,
    };

    /// <summary>An engine that went on from there; its clock begins two days before the other one ended.</summary>
    private Engine Start(Carry left)
    {
        var engine = new Engine(new() { Instruments = [EngineFactory.InstrumentsOf(new() { Symbols = ["ES"] })[0]] });
        engine.Add(new DoNothing(), 0, Timeframe.OneMinute, "one");
        engine.Add(new DoNothing(), 0, Timeframe.OneMinute, "other");
        Feed(engine, Input.Carry(Settled - TimeSpan.FromDays(2), left));
        return engine;
    }

    private void Feed(Engine engine, Input input) => _books.On(engine, in input, engine.Process(in input));

    private Carry Left(Engine engine) => _books.Complete(engine.Leave("now", order => $"tw-now-{order.Id}"));
}
