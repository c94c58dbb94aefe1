using System.Globalization;
using Tradewind.Brokers.ProjectX.Accounts;
using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.ProjectX.Trading;

/// <summary>The gateway's rows in the words of the synchroniser. What this version does not know stays unknown.</summary>
internal static class VenueRows
{
    public static VenueOrder Of(OrderRow row, InstrumentMap instruments) => new(
        Id(row.Id), row.CustomTag, instruments.IndexOf(row.ContractId), SideOf(row.Side), TypeOf(row.Type), row.Size, row.FillVolume, row.FilledPrice,
        row.LimitPrice ?? 0, row.StopPrice ?? 0, StateOf(row.Status), row.Updated ?? row.Created ?? default, row.ParentOrderId is { } parent ? Id(parent) : null)
    {
        IsTrailing = row.Type == WireOrderType.TrailingStop,
    };

    public static VenueFill Of(TradeRow row, InstrumentMap instruments) => new(
        row.Id, Id(row.OrderId), instruments.IndexOf(row.ContractId), SideOf(row.Side), row.Size, row.Price, row.Fee, row.Created ?? default, row.IsVoided);

    public static VenueAccount Of(AccountRow row) => new(row.Balance, row.CanTrade);

    public static VenueOrderState StateOf(WireOrderStatus status) => status switch
    {
        WireOrderStatus.Open => VenueOrderState.Working,
        WireOrderStatus.Pending => VenueOrderState.Pending,
        WireOrderStatus.Suspended => VenueOrderState.Suspended,
        WireOrderStatus.PendingCancellation => VenueOrderState.Canceling,
        WireOrderStatus.Filled => VenueOrderState.Filled,
        WireOrderStatus.Cancelled => VenueOrderState.Canceled,
        WireOrderStatus.Expired => VenueOrderState.Expired,
        WireOrderStatus.Rejected => VenueOrderState.Rejected,
        _ => VenueOrderState.Unknown,
    };

    /// <summary>Null where the gateway has no such order.</summary>
    public static WireOrderType? TypeOf(OrderType type) => type switch
    {
        OrderType.Market => WireOrderType.Market,
        OrderType.Limit => WireOrderType.Limit,
        OrderType.Stop => WireOrderType.Stop,
        OrderType.StopLimit => WireOrderType.StopLimit,
        _ => null,
    };

    public static WireSide SideOf(Side side) => side == Side.Buy ? WireSide.Buy : WireSide.Sell;

    public static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static OrderType? TypeOf(WireOrderType type) => type switch
    {
        WireOrderType.Market => OrderType.Market,
        WireOrderType.Limit => OrderType.Limit,
        WireOrderType.Stop or WireOrderType.TrailingStop => OrderType.Stop,
        WireOrderType.StopLimit => OrderType.StopLimit,
        _ => null,
    };

    private static Side SideOf(WireSide side) => side == WireSide.Buy ? Side.Buy : Side.Sell;
}
