using Tradewind.Core.Engine;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.Sync;

/// <summary>Compares the engine's books with what the venue holds, line by line.</summary>
internal static class Truth
{
    /// <param name="hasMoves">Positions changed that nothing explains: then an adoption is right.</param>
    public static IEnumerable<string> Differences(SyncRun run, bool hasMoves) =>
        run.Books.Complaints.Concat(NetDifferences(run)).Concat(OrderDifferences(run)).Concat(ExecutionDifferences(run)).Concat(AdjustmentDifferences(run, hasMoves)).Concat(Doubles(run));

    public static IEnumerable<string> NetDifferences(SyncRun run)
    {
        foreach (int instrument in run.Venue.Instruments.Union(run.Books.Net.Keys))
        {
            decimal venue = run.Venue.Position(instrument), engine = run.Books.Net.GetValueOrDefault(instrument);
            if (venue != engine) yield return $"instrument {instrument}: the venue holds {venue}, the engine {engine}";
            if (engine != run.Sync.NetOf(instrument)) yield return $"instrument {instrument}: the engine holds {engine}, the synchroniser {run.Sync.NetOf(instrument)}";
        }
    }

    private static IEnumerable<string> OrderDifferences(SyncRun run)
    {
        foreach (BookedOrder order in run.Books.Orders.Values)
        {
            VenueOrder? venue = run.Venue.ByClientId(order.Intent.ClientId);
            decimal executed = run.Venue.Fills.Where(fill => !fill.IsVoided && fill.VenueOrderId == venue?.VenueId).Sum(fill => fill.Quantity);
            string told = string.Join(' ', order.Told);
            if (order.Filled != executed) yield return $"order {order.Intent.Order}: {order.Filled} booked, {executed} executed ({told})";
            if (order.Doubt != BrokerEventKind.None) yield return $"order {order.Intent.Order}: still {order.Doubt}";
            bool works = venue?.State.IsLive() ?? false, isBooked = order.End == BrokerEventKind.None;
            if (works != isBooked) yield return $"order {order.Intent.Order}: {venue?.State.ToString() ?? "absent"} at the venue, {order.End} for the engine ({told})";
            bool isNoticed = run.Books.Notices.Exists(notice => notice.Contains(order.Intent.ClientId + " works under other terms", StringComparison.Ordinal));
            if (works && isBooked && !isNoticed && (order.Quantity != venue!.Value.Quantity || order.LimitPrice != venue.Value.LimitPrice)) yield return $"order {order.Intent.Order}: {venue.Value.Quantity} at {venue.Value.LimitPrice} at the venue, {order.Quantity} at {order.LimitPrice} for the engine ({told})";
        }
    }

    /// <summary>An execution of an order of ours stands under that order; every other one under nobody's.</summary>
    private static IEnumerable<string> ExecutionDifferences(SyncRun run)
    {
        HashSet<string> ours = [.. run.Books.Orders.Values.Select(order => order.Intent.ClientId)];
        foreach (VenueFill fill in run.Venue.Fills)
        {
            decimal booked = run.Books.Booked(fill.ExecutionId);
            bool isOurs = run.Venue.Order(fill.VenueOrderId).ClientId is { } client && ours.Contains(client);
            bool hasStandIn = isOurs && run.Books.Remembered.Exists(execution => execution.ExecutionId < 0);
            decimal expected = fill.IsVoided ? 0m : fill.SignedQuantity;
            if (booked != expected && !hasStandIn) yield return $"execution {fill.ExecutionId}: {expected} at the venue, {booked} booked";
        }
    }

    private static IEnumerable<string> AdjustmentDifferences(SyncRun run, bool hasMoves)
    {
        if (!hasMoves && run.Books.Adjustments.Count > 0) yield return $"{run.Books.Adjustments.Count} positions adopted although every change has its execution";
    }

    private static IEnumerable<string> Doubles(SyncRun run) => run.Venue.Placed.Where(placed => placed.Value > 1).Select(placed => $"{placed.Key} was placed {placed.Value} times");
}
