using Tradewind.Core.Model;
using Tradewind.Gateway.Accounts;

namespace Tradewind.Gateway.Orders;

/// <summary>An account as the protocol writes it.</summary>
public sealed record AccountRow(int Id, string Name, decimal Balance, bool CanTrade, bool IsVisible, bool Simulated);

/// <summary>An order as the protocol writes it: nulls are written by REST and left out by the hub.</summary>
public sealed record OrderRow(
    long Id, int AccountId, string ContractId, string SymbolId, DateTimeOffset CreationTimestamp, DateTimeOffset? UpdateTimestamp, int Status, int Type, int Side, int Size,
    decimal? LimitPrice, decimal? StopPrice, int FillVolume, decimal? FilledPrice, string? CustomTag, long? ParentOrderId, long? LinkedOrderId, int? TrailDistance, decimal? TrailPrice);

public sealed record PositionRow(int Id, int AccountId, string ContractId, string ContractDisplayName, DateTimeOffset CreationTimestamp, int Type, int Size, decimal AveragePrice);

public sealed record TradeRow(
    long Id, int AccountId, string ContractId, DateTimeOffset CreationTimestamp, decimal Price, decimal? ProfitAndLoss, decimal Fees, decimal Commissions, int Side, int Size, bool Voided, long OrderId);

/// <summary>Writes what the gateway keeps as the protocol shows it. REST cuts times to microseconds, the hub has 100 ns.</summary>
public static class Rows
{
    public static AccountRow Of(TradingAccount account) =>
        new(account.Id, account.Options.Name, account.Balance, account.CanTrade, IsVisible: account.Options.Kind != AccountKind.Closed, Simulated: account.Options.Kind != AccountKind.Live);

    public static OrderRow Of(VenueOrder order, bool isRest) => new(
        order.Id, order.AccountId, order.Contract.Id, order.Contract.Product.SymbolId, Time(order.Created, isRest), Time(order.Updated, isRest),
        (int)order.Status, (int)order.Type, (int)order.Side, order.Size, order.LimitPrice, order.StopPrice, order.FillVolume, order.FilledPrice,
        order.CustomTag, order.ParentId, order.LinkedId, order.TrailTicks, order.TrailPrice);

    public static PositionRow Of(Holding holding, bool isRest) => new(
        holding.Id, holding.AccountId, holding.Contract.Id, holding.Contract.DisplayName, Time(holding.Created, isRest), Math.Sign(holding.Net) switch { 1 => 1, -1 => 2, _ => 0 },
        Math.Abs(holding.Net), holding.AveragePrice);

    public static TradeRow Of(VenueTrade trade, bool isRest) => new(
        trade.Id, trade.AccountId, trade.Contract.Id, Time(trade.Created, isRest), trade.Price, trade.ProfitAndLoss, trade.Fees, trade.Commissions,
        (int)trade.Side, trade.Size, trade.IsVoided, trade.OrderId);

    private static DateTimeOffset Time(Timestamp time, bool isRest)
    {
        long unit = isRest ? Timestamp.NanosecondsPerMicrosecond : 100;
        return new Timestamp(time.Nanoseconds / unit * unit).ToDateTimeOffset();
    }
}
