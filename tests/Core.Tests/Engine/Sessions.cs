using Tradewind.Core.Engine;
using Tradewind.Core.Orders;
using Tradewind.Core.Signals;
using Tradewind.Core.Strategies;

namespace Tradewind.Core.Tests.Engine;

/// <summary>Sessions that leave something, and those that go on from it.</summary>
internal static class Sessions
{
    public static Scripted Buyer() => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990 }); });

    /// <summary>Long 2 from 5000, with a stop at 4990 and a target at 5020 that work.</summary>
    public static Bench Protected()
    {
        var bench = new Bench(new Scripted((strategy, _) => { if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, StopLoss = 4990, TakeProfit = 5020 }); }));
        bench.Bar(5000);
        Order entry = bench.Submitted.Single();
        bench.Accept(entry);
        bench.Fill(entry, 2, 5000m, fee: 5m);
        foreach (Order order in bench.Submitted.Where(order => order != entry).ToArray()) bench.Accept(order);
        return bench;
    }

    /// <summary>A limit order to buy that was sent, by a strategy that wants it no more with the second bar.</summary>
    public static Bench WithEntry()
    {
        var bench = new Bench(new Scripted((strategy, _) =>
        {
            if (strategy.Asked == 1) strategy.Say(new Wish(SignalAction.Buy, "test") { Quantity = 2, OrderType = OrderType.Limit, LimitPrice = 4980, StopLoss = 4970 });
            else strategy.Flat();
        }));
        bench.Bar(5000);
        return bench;
    }

    public static Bench GoOn(Bench before, params Strategy[] strategies) => GoOn(Carry.FromJson(Left(before).ToJson()), strategies);

    public static Bench GoOn(Carry left, params Strategy[] strategies)
    {
        var after = new Bench(strategies.Length > 0 ? strategies : [new Scripted((_, _) => { })]);
        after.Give(Input.Carry(Bench.Start, left));
        return after;
    }

    public static Carry Left(Bench bench) => bench.Engine.Leave("before", order => order.ClientId ?? $"tw-before-{order.Id}");

    public static bool SameJson(Carry one, Carry other) => one.ToJson() == other.ToJson();
}
