using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>What an engine that was killed finds in its journal.</summary>
internal static class Memory
{
    /// <param name="since">Executions before are forgotten, but those of orders that work; null when none is.</param>
    public static AccountMemory Of(EngineBooks books, Timestamp? since)
    {
        foreach (BookedOrder order in books.Orders.Values.Where(order => order.End == BrokerEventKind.Absent)) order.End = BrokerEventKind.Expired;
        foreach (BookedOrder order in books.Orders.Values.Where(order => order.End == BrokerEventKind.None)) order.Doubt = order.Asked == BrokerEventKind.None ? BrokerEventKind.SubmitInDoubt : order.Asked;
        return new()
        {
            Orders = [.. books.Orders.Values.Select(Order)],
            Executions = [.. books.Remembered.Where(execution => since is null || execution.Time >= since || IsOpen(books, execution.Order)).GroupBy(execution => execution.ExecutionId).Select(Last)],
            Positions = [.. books.Net.Select(net => new RememberedPosition(net.Key, net.Value - books.External.GetValueOrDefault(net.Key), books.External.GetValueOrDefault(net.Key), 5000m))],
            ExecutionsSince = since ?? SyncRun.Start - TimeSpan.FromMinutes(2),
        };
    }

    private static bool IsOpen(EngineBooks books, OrderId id) => books.Orders.TryGetValue(id, out BookedOrder? order) && order.End == BrokerEventKind.None;

    /// <summary>An execution that was taken back, or moved to another owner, stands there more than once.</summary>
    private static RememberedExecution Last(IEnumerable<RememberedExecution> entries)
    {
        RememberedExecution last = entries.Last();
        decimal sum = entries.Sum(entry => entry.Quantity);
        return sum == 0m ? last with { Quantity = -last.Quantity, IsReversed = true } : last;
    }

    private static RememberedOrder Order(BookedOrder order)
    {
        OrderIntent intent = order.Intent with { Quantity = order.Quantity, LimitPrice = order.LimitPrice };
        OrderDoubt asked = order.Asked switch { BrokerEventKind.CancelInDoubt => OrderDoubt.Cancel, BrokerEventKind.ModifyInDoubt => OrderDoubt.Modify, _ => OrderDoubt.None };
        return new(intent, order.VenueId, order.End != BrokerEventKind.None, asked, asked == OrderDoubt.Modify ? order.Terms : null, order.Filled);
    }
}
