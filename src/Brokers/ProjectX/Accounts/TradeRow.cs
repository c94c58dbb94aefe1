using Tradewind.Brokers.ProjectX.Orders;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <summary>One fill of the account.</summary>
/// <param name="Fee">Fees and commissions together.</param>
/// <param name="IsVoided">The venue took it back.</param>
internal sealed record TradeRow(long Id, long? AccountId, long OrderId, string ContractId, Timestamp? Created, WireSide Side, long Size, decimal Price, decimal Fee, bool IsVoided)
{
    /// <exception cref="WireException">What makes it a trade is missing or does not fit.</exception>
    public static TradeRow Read(WireObject trade) => new(
        trade.Whole("id"), trade.WholeOrNull("accountId"), trade.Whole("orderId"), trade.Text("contractId") ?? throw trade.Missing("contractId"), trade.Time("creationTimestamp"),
        WireSides.Read(trade), trade.Whole("size"), trade.AmountOf("price"), (trade.Amount("fees") ?? 0) + (trade.Amount("commissions") ?? 0), trade.Flag("voided") ?? false);
}
