using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Accounts;

/// <summary>A half turn: one fill, or the part of it that closes or the part that opens when it turns a position round.</summary>
public sealed class VenueTrade
{
    /// <summary>Above 2^31, as the original's are.</summary>
    public required long Id { get; init; }

    public required int AccountId { get; init; }

    public required ContractMonth Contract { get; init; }

    public required Timestamp Created { get; init; }

    public required decimal Price { get; init; }

    /// <summary>Null for what opens or adds; otherwise realised, before fees.</summary>
    public required decimal? ProfitAndLoss { get; init; }

    public required decimal Fees { get; init; }

    public required decimal Commissions { get; init; }

    public required OrderSide Side { get; init; }

    public required int Size { get; init; }

    public required long OrderId { get; init; }

    /// <summary>Taken back by the exchange.</summary>
    public bool IsVoided { get; internal set; }

    /// <summary>What the trade did to the balance.</summary>
    public decimal Net => (ProfitAndLoss ?? 0) - Fees - Commissions;
}
