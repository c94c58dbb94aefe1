using Tradewind.Core.Orders;

namespace Tradewind.Live.Sync;

/// <summary>Whether a row of the venue shows an order under given terms. The price of a stop that the venue moves is the venue's.</summary>
internal static class TermsFit
{
    /// <summary>Whether the row shows the terms that were asked for. Terms that change nothing fit any row.</summary>
    public static bool Is(KnownOrder order, in OrderTerms asked, in VenueOrder row) =>
        Fits(row.Quantity, asked.Quantity) && (!HasLimit(order.Type) || Fits(row.LimitPrice, asked.LimitPrice)) && (!HasStop(order.Type) || row.IsTrailing || Fits(row.StopPrice, asked.StopPrice));

    /// <summary>Whether the row shows, beyond doubt, other terms than the order's own.</summary>
    public static bool Differ(KnownOrder order, in VenueOrder row) =>
        IsOther(row.Quantity, order.Quantity) || (HasLimit(order.Type) && IsOther(row.LimitPrice, order.LimitPrice)) || (HasStop(order.Type) && !row.IsTrailing && IsOther(row.StopPrice, order.StopPrice));

    /// <summary>What was not asked for is not compared.</summary>
    private static bool Fits(decimal shown, decimal asked) => asked == 0m || shown == asked;

    private static bool IsOther(decimal shown, decimal known) => shown != 0m && known != 0m && shown != known;

    private static bool HasLimit(OrderType type) => type is OrderType.Limit or OrderType.StopLimit;

    private static bool HasStop(OrderType type) => type is OrderType.Stop or OrderType.StopLimit;
}
