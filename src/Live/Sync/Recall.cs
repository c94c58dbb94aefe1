using Tradewind.Core.Engine;
using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>Puts what a restarted engine remembers where the synchroniser would have it, had it run all the time.</summary>
internal sealed class Recall(OrderBook book, FillLedger ledger, Positions positions)
{
    public void Take(AccountMemory memory)
    {
        Dictionary<OrderId, decimal> filled = memory.Executions.Where(execution => !execution.IsReversed && !execution.Order.IsNone)
            .GroupBy(execution => execution.Order).ToDictionary(group => group.Key, group => group.Sum(execution => Math.Abs(execution.Quantity)));
        foreach (RememberedOrder order in memory.Orders) Take(order, order.Filled ?? filled.GetValueOrDefault(order.Intent.Order));
        foreach (RememberedExecution execution in memory.Executions) Take(in execution);
        foreach (RememberedPosition position in memory.Positions) positions.Start(in position);
    }

    private void Take(RememberedOrder remembered, decimal filled)
    {
        if (book.Add(remembered.Intent) is not { } order) throw new InvalidOperationException($"Order {remembered.Intent.Order} is remembered twice.");
        order.Sent = SendStep.Doubted;
        order.Booked = filled;
        if (remembered.VenueId is { } venueId)
        {
            order.VenueId = venueId;
            book.Bind(order, venueId);
        }
        if (remembered.IsFinal)
        {
            order.End = remembered.IsAbsent ? BrokerEventKind.Absent : filled >= order.Quantity ? BrokerEventKind.Filled : BrokerEventKind.Canceled;
            order.IsFinalSeen = order.IsHistory = !remembered.IsAbsent;
            book.Retire(order);
            return;
        }
        order.IsRemembered = true;
        book.SetUncertain(order, true);
        // One that the venue never told of is in doubt as a whole, whatever was asked of it after it was sent.
        order.IsAccepted = remembered.VenueId is not null && remembered.Asked is OrderDoubt.Cancel or OrderDoubt.Modify;
        if (remembered.Asked == OrderDoubt.Cancel) order.Cancel.Set(AskStep.Doubted, default);
        if (remembered.AskedTerms is not { } terms) return;
        order.Modify.Terms = terms;
        order.Modify.Set(AskStep.Doubted, default);
    }

    private void Take(in RememberedExecution remembered)
    {
        if (ledger.TryGet(remembered.ExecutionId, out _)) return;
        ledger.Add(new(remembered.ExecutionId, remembered.Order, null, remembered.Instrument, remembered.Quantity, remembered.Price, remembered.Fee, remembered.Time, remembered.IsReversed ? ExecutionFate.Reversed : ExecutionFate.Booked));
        if (book.Find(remembered.Order) is not { } order) return;
        decimal quantity = Math.Abs(remembered.Quantity);
        if (remembered.IsReversed)
        {
            order.Voided += quantity;
            return;
        }
        order.BookedValue += quantity * remembered.Price;
        if (remembered.ExecutionId > 0) return;
        order.Synthetic += quantity;
        order.SyntheticId = remembered.ExecutionId;
        order.SyntheticUntil = remembered.Time;
    }
}
