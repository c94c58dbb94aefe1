namespace Tradewind.Live.Sync;

/// <summary>Draws all conclusions from a reply to a question for orders.</summary>
internal sealed class OrderReplies(Questions questions, OrderFollower orders, FillDesk fills, Strangers strangers, Doubts doubts, Shortfalls shortfalls, Comparison comparison)
{
    /// <param name="isWhole">False when the venue may have more rows than the reply: then no row says nothing.</param>
    public void On(Flight flight, ReadOnlySpan<VenueOrder> rows, bool isWhole)
    {
        if (isWhole) questions.Answered(flight);
        if (flight.Order is { } asked) doubts.Choose(asked, rows);
        foreach (ref readonly VenueOrder row in rows)
        {
            if (orders.OnReply(flight, in row) is { } order) order.ListedBy = flight.Request.Id;
        }
        if (flight.Order is { } lookedUp) OnLookedUp(flight, lookedUp, rows, isWhole);
        else if (flight.Stranger is { } stranger) OnLookedUp(flight, stranger);
        else if (isWhole && flight.Request.Query == SyncQuery.OpenOrders) doubts.OnListed(flight);
        if (isWhole) comparison.OnRead(flight);
        else questions.Failed(flight, null, true);
    }

    private void OnLookedUp(Flight flight, KnownOrder order, ReadOnlySpan<VenueOrder> rows, bool isWhole)
    {
        shortfalls.OnLookedUp(flight, order, rows, isWhole);
        doubts.OnLookedUp(flight, order, rows, isWhole);
    }

    private void OnLookedUp(Flight flight, Stranger stranger)
    {
        if (strangers.OnNotFound(flight, stranger)) fills.Disown(stranger.VenueId, $"order {stranger.VenueId}, which the venue does not show");
    }
}
