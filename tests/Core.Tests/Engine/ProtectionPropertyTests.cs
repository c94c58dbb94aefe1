using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Whatever prices and the broker do: protected within two seconds or being closed, and never more on the way out than is held.</summary>
public sealed class ProtectionPropertyTests
{
    private const int Seeds = 300;
    private const int Steps = 400;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Fact]
    public void APositionIsProtectedWithinTheLimitOrBeingClosed()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(seed);
            WildBroker? broker = null;
            Timestamp? since = null;
            broker = new WildBroker(engine, seed)
            {
                Check = () =>
                {
                    since = IsProtected(engine, broker!) ? null : broker!.SaysThatAnOrderWorks ? engine.Now : since ?? engine.Now;
                    if (since is { } start && engine.Now - start >= Limit) Assert.True(engine.Strategy(0).IsClosing, $"Seed {seed}, {engine.Now}: unprotected since {start} and not being closed.");
                },
            };
            for (int step = 0; step < Steps; step++) broker.Step();
        }
    }

    [Fact]
    public void WhatWorksToCloseNeverExceedsWhatIsHeld()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(seed);
            WildBroker? broker = null;
            broker = new WildBroker(engine, seed) { Check = () => AssertNoExcess(engine, broker!, seed) };
            for (int step = 0; step < Steps; step++) broker.Step();
        }
    }

    [Fact]
    public void OnceTheBrokerAnswersAgainEverythingIsProtectedOrFlat()
    {
        int held = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            Core.Engine.Engine engine = Engine(seed);
            var broker = new WildBroker(engine, seed);
            for (int step = 0; step < Steps; step++) broker.Step();
            broker.Heal();
            Assert.True(IsProtected(engine, broker), $"Seed {seed}: {engine.Account.PositionOf(0).Quantity} held, and no stop of that size.");
            Assert.False(engine.Strategy(0).IsClosing);
            if (!engine.Account.PositionOf(0).IsFlat) held++;
        }
        Assert.InRange(held, 1, Seeds - 1);
    }

    [Fact]
    public void AnEngineRestoredAnywhereGoesOnAsTheOneBeforeDid()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Core.Engine.Engine engine = Engine(seed);
            var broker = new WildBroker(engine, seed);
            int half = Steps * (seed + 1) / 61;
            for (int step = 0; step < half; step++) broker.Step();
            int given = broker.Given.Count;
            Core.Engine.Engine restored = Engine(seed);
            restored.Restore(engine.TakeSnapshot());
            for (int step = half; step < Steps; step++) broker.Step();
            foreach (Input input in broker.Given.Skip(given)) restored.Process(in input);
            Assert.Equal(engine.OutputHash, restored.OutputHash);
        }
    }

    private static Core.Engine.Engine Engine(int seed)
    {
        var engine = new Core.Engine.Engine(Bench.Options() with { ProtectionLimit = Limit, CanModifyOrders = seed % 3 != 0 });
        engine.Add(new Wild(seed), 0, Timeframe.Seconds(5));
        return engine;
    }

    /// <summary>Flat, or the venue has confirmed one stop of exactly the position's size.</summary>
    private static bool IsProtected(Core.Engine.Engine engine, WildBroker broker)
    {
        decimal held = engine.Account.PositionOf(0).Quantity;
        return held == 0m || broker.Orders.Any(order => order.Purpose == OrderPurpose.StopLoss
            && order.Status is OrderStatus.Working or OrderStatus.PartiallyFilled or OrderStatus.ModifyPending
            && order.RemainingQuantity == Math.Abs(held) && order.Side == (held > 0m ? Side.Sell : Side.Buy));
    }

    /// <summary>An order that the venue works and of which nothing else is asked is no larger than the position and on the other side; stops and targets count each by itself.</summary>
    private static void AssertNoExcess(Core.Engine.Engine engine, WildBroker broker, int seed)
    {
        decimal held = engine.Account.PositionOf(0).Quantity;
        foreach (OrderPurpose purpose in (ReadOnlySpan<OrderPurpose>)[OrderPurpose.StopLoss, OrderPurpose.TakeProfit, OrderPurpose.Flatten])
        {
            decimal working = 0m;
            foreach (Order order in broker.Orders)
            {
                if (order.Purpose != purpose || order.Status is not (OrderStatus.Working or OrderStatus.PartiallyFilled)) continue;
                // Asked again after the limit.
                if (broker.RefusedCancelOf(order, Limit)) continue;
                working += order.Side == Side.Sell ? order.RemainingQuantity : -order.RemainingQuantity;
            }
            Assert.True(working == 0m || (working > 0m == held > 0m && Math.Abs(working) <= Math.Abs(held)), $"Seed {seed}, {engine.Now}: {purpose} works for {working} of {held}.");
        }
    }

    /// <summary>Wishes by chance, always with a stop.</summary>
    private sealed class Wild(int seed) : Strategy
    {
        private uint _state = (uint)seed * 2654435761 + 1;

        protected override void OnBar(in Bar bar)
        {
            _state = _state * 1664525 + 1013904223;
            uint dice = _state >> 16;
            SignalAction action = (dice % 4) switch { 0 or 1 => SignalAction.Buy, 2 => SignalAction.Sell, _ => SignalAction.Close };
            double sign = action == SignalAction.Sell ? -1 : 1;
            if (action == SignalAction.Close) Close("test");
            else Emit(new Wish(action, "test")
            {
                Quantity = 1 + dice / 4 % 4,
                StopLoss = bar.Close - sign * 5,
                TakeProfit = dice % 3 == 0 ? bar.Close + sign * 4 : null,
                Trail = dice % 5 == 0 ? new(Distance.Ticks(6)) : null,
                Targets = dice % 3 == 0 && dice % 2 == 0 ? [ProfitTarget.Part(bar.Close + sign * 1, 0.4), ProfitTarget.Part(bar.Close + sign * 2, 0.3)] : null,
                BreakEven = dice % 7 == 0 ? new(Distance.Points(2)) : null,
            });
        }
    }
}
