using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>An order as the gateway tells it, in searches and on the user hub.</summary>
/// <param name="Status"><see cref="WireOrderStatus.None"/> also for one that this version does not know.</param>
/// <param name="Type"><see cref="WireOrderType.Unknown"/> also for one that this version does not know.</param>
/// <param name="Updated">Not advanced by a fill.</param>
/// <param name="TrailTicks">Of a trailing stop: the distance that the gateway keeps, without its sign; null where it tells none.</param>
internal sealed record OrderRow(
    long Id, long? AccountId, string ContractId, Timestamp? Created, Timestamp? Updated, WireOrderStatus Status, WireOrderType Type, WireSide Side, long Size,
    decimal? LimitPrice, decimal? StopPrice, long FillVolume, decimal? FilledPrice, string? CustomTag, long? ParentOrderId, long? TrailTicks = null)
{
    /// <exception cref="WireException">What makes it an order is missing or does not fit.</exception>
    public static OrderRow Read(WireObject order)
    {
        var status = order.Code<WireOrderStatus>("status");
        var type = order.Code<WireOrderType>("type");
        long size = order.Whole("size");
        return new(
            order.WholeOrNull("id") ?? order.Whole("orderId"), order.WholeOrNull("accountId"), order.Text("contractId") ?? throw order.Missing("contractId"),
            order.Time("creationTimestamp"), order.Time("updateTimestamp"), status, type, WireSides.Read(order), size,
            order.Amount("limitPrice"), order.Amount("stopPrice"), order.WholeOrNull("fillVolume") ?? (status == WireOrderStatus.Filled ? size : 0), order.Amount("filledPrice"),
            order.Text("customTag"), order.WholeOrNull("parentOrderId"), type == WireOrderType.TrailingStop ? TrailOf(order) : null);
    }

    /// <summary>An order is none the less one whose distance cannot be read.</summary>
    private static long? TrailOf(WireObject order)
    {
        try
        {
            return order.WholeOrNull("trailDistance") is { } distance and > long.MinValue ? Math.Abs(distance) : null;
        }
        catch (WireException)
        {
            return null;
        }
    }
}

internal static class WireSides
{
    /// <exception cref="WireException">It is neither 0 nor 1: whether something was bought or sold is not guessed.</exception>
    public static WireSide Read(WireObject row) => row.Whole("side") switch
    {
        (long)WireSide.Buy => WireSide.Buy,
        (long)WireSide.Sell => WireSide.Sell,
        _ => throw row.Unfit("side", "0 or 1"),
    };
}
