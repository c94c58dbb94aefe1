using Tradewind.Core.Engine;

namespace Tradewind.Live.Sync;

/// <summary>Says what the engine is told of an order, and when: executions before the end, each end once.</summary>
internal sealed class OrderVerdicts(Teller teller, OrderBook book)
{
    public void Accept(KnownOrder order)
    {
        if (order.IsAccepted || order.IsOver) return;
        order.IsAccepted = true;
        teller.Order(BrokerEventKind.Accepted, order.Id, order.VenueId);
    }

    public void Doubt(KnownOrder order, BrokerEventKind kind, string? text)
    {
        if (order.IsOver) return;
        if (kind == BrokerEventKind.SubmitInDoubt) order.IsAccepted = false;
        teller.Order(kind, order.Id, text);
    }

    /// <summary>The venue is done with the order; the engine hears of it once everything else of the order is told.</summary>
    public void Finish(KnownOrder order, BrokerEventKind end, string? text)
    {
        if (order.IsOver) return;
        order.HeldEnd = end;
        order.EndText ??= text;
        TryEnd(order);
    }

    public void TryEnd(KnownOrder order)
    {
        if (order.HeldEnd == BrokerEventKind.None || order.IsOver) return;
        if (order.Shortfall > 0m || order.NeedsEndConfirmed) return;

        // The venue's reason stands in the answer to the sending and nowhere else.
        if (order.HeldEnd == BrokerEventKind.Rejected && order.Sent == SendStep.Leaving) return;
        if (order.HeldEnd != BrokerEventKind.Filled) End(order, order.HeldEnd, order.EndText);
        else if (IsBetweenTerms(order)) End(order, BrokerEventKind.Canceled, $"The venue is done with the order at {order.Booked}, between its old terms and those asked for last.");
        else if (order.Booked >= order.Quantity) Complete(order);
        else End(order, BrokerEventKind.Canceled, $"The venue calls the order filled, and {order.Booked} of {order.Quantity} stand.");
    }

    /// <summary>The engine waits for the answer to a modification that would have made the order larger; then it is complete.</summary>
    private void Complete(KnownOrder order)
    {
        if (order.Modify.IsOpen && order.Booked < order.WorstQuantity) teller.Order(BrokerEventKind.ModifyRejected, order.Id, order.Modify.Text ?? "The order was filled under its old terms.");
        End(order, BrokerEventKind.Filled, null);
    }

    /// <summary>Executions were booked: what they were waited for can be told.</summary>
    public void OnBooked(KnownOrder order)
    {
        if (order.IsOver) return;
        bool isWhole = order.HeldEnd == BrokerEventKind.None && order.Booked >= order.WorstQuantity;
        if (isWhole) Complete(order);
        else TryEnd(order);
    }

    /// <summary>The order is over for the engine. A filled one needs no word: its executions say it.</summary>
    public void End(KnownOrder order, BrokerEventKind end, string? text)
    {
        if (order.IsOver) return;
        order.End = end;
        if (end == BrokerEventKind.Absent) order.WasAbsent = true;
        if (end != BrokerEventKind.Filled) teller.Order(end, order.Id, text);
        order.HeldEnd = BrokerEventKind.None;
        order.IsStrange = false;
        order.Cancel.Set(AskStep.None, default);
        order.Modify.Set(AskStep.None, default);
        book.Retire(order);
    }

    /// <summary>The venue works an order that was over here.</summary>
    public void Find(KnownOrder order)
    {
        book.Reopen(order, SendStep.Seen);
        order.IsAccepted = true;
        teller.Order(BrokerEventKind.Found, order.Id, order.VenueId);
    }

    /// <summary>An execution of it came: to the engine, too, that proves that it was not absent.</summary>
    public void FindByFill(KnownOrder order)
    {
        if (order.End != BrokerEventKind.Absent) return;
        book.Reopen(order, SendStep.Seen);
        order.IsAccepted = true;
    }

    public void RefuseCancel(KnownOrder order, string text)
    {
        if (!order.Cancel.IsOpen) return;
        order.Cancel.Set(AskStep.None, default);
        if (!order.IsOver) teller.Order(BrokerEventKind.CancelRejected, order.Id, text);
    }

    /// <param name="kind"><see cref="BrokerEventKind.ModifyRejected"/> or <see cref="BrokerEventKind.ModifyNotSent"/>.</param>
    public void RefuseModify(KnownOrder order, string text, BrokerEventKind kind = BrokerEventKind.ModifyRejected)
    {
        if (!order.Modify.IsOpen) return;
        order.Modify.Set(AskStep.None, default);
        if (order.IsOver) return;
        teller.Order(kind, order.Id, text);
        OnBooked(order);
    }

    public void Modified(KnownOrder order)
    {
        order.Quantity = order.Modify.Terms.Quantity;
        order.LimitPrice = order.Modify.Terms.LimitPrice;
        if (!order.IsTrailSeen) order.StopPrice = order.Modify.Terms.StopPrice;
        order.Modify.Set(AskStep.None, default);
        if (!order.IsOver) teller.Order(BrokerEventKind.Modified, order.Id, order.VenueId);
        OnBooked(order);
    }

    /// <summary>An earlier modification took effect after all: the engine took an execution for a proof of the last one, and waits for more.</summary>
    private static bool IsBetweenTerms(KnownOrder order) => order.Modify.IsOpen && order.Booked > order.Quantity && order.Booked < order.WorstQuantity;
}
