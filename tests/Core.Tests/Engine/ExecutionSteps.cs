using Tradewind.Core.Orders;
using Tradewind.Core.Orders.Execution;
using Tradewind.Core.Signals;

namespace Tradewind.Core.Tests.Engine;

/// <summary>What tests of executions have in common.</summary>
internal static class ExecutionSteps
{
    public static (ExecutionState State, decimal Filled, decimal Working) State(Bench bench)
    {
        ExecutionView view = bench.Engine.Strategy(0).Execution!.Value;
        return (view.State, view.Filled, view.Working);
    }

    public static Scripted Once(Wish wish) => new((strategy, _) => { if (strategy.Asked == 1) strategy.Say(in wish); });

    public static Bench Started(Wish wish)
    {
        var bench = new Bench(Once(wish));
        bench.Bar(5000);
        return bench;
    }

    public static void AcceptAll(Bench bench)
    {
        while (bench.Engine.Market(0).Working.FirstOrDefault(order => order.Status is OrderStatus.Sending or OrderStatus.ModifyPending) is { } order)
        {
            if (order.Status == OrderStatus.Sending) bench.Accept(order);
            else bench.Modified(order);
        }
    }

    public static void AcceptAndFillAll(Bench bench)
    {
        while (bench.Engine.Market(0).Working is [var order, ..]) bench.Complete(order, 5000m);
    }
}
