using System.Text.Json;
using Tradewind.Brokers.ProjectX.Rest;

namespace Tradewind.Brokers.ProjectX.Orders;

/// <summary>The gateway's numbers of order types.</summary>
internal enum WireOrderType
{
    Unknown = 0,
    Limit = 1,
    Market = 2,
    StopLimit = 3,
    Stop = 4,
    TrailingStop = 5,
    JoinBid = 6,
    JoinAsk = 7,
}

internal enum WireSide
{
    Buy = 0,
    Sell = 1,
}

/// <summary>The gateway's numbers of an order's state. There is none for "partly filled": that is open with a fill volume.</summary>
internal enum WireOrderStatus
{
    None = 0,
    Open = 1,
    Filled = 2,
    Cancelled = 3,
    Expired = 4,
    Rejected = 5,
    Pending = 6,
    PendingCancellation = 7,

    /// <summary>A child of a bracket that waits for its parent's fill.</summary>
    Suspended = 8,
}

internal enum PlaceError
{
    Success = 0,
    AccountNotFound = 1,
    OrderRejected = 2,
    InsufficientFunds = 3,
    AccountViolation = 4,
    OutsideTradingHours = 5,

    /// <summary>The outcome is unknown: it is looked up, never sent again.</summary>
    OrderPending = 6,
    UnknownError = 7,
    ContractNotFound = 8,
    ContractNotActive = 9,
    AccountRejected = 10,
}

internal enum CancelError
{
    Success = 0,
    AccountNotFound = 1,
    OrderNotFound = 2,
    Rejected = 3,
    Pending = 4,
    UnknownError = 5,
    AccountRejected = 6,
}

internal enum ModifyError
{
    Success = 0,
    AccountNotFound = 1,
    OrderNotFound = 2,
    Rejected = 3,
    Pending = 4,
    UnknownError = 5,
    AccountRejected = 6,
    ContractNotFound = 7,
}

internal enum OrderByIdError
{
    Success = 0,
    OrderNotFound = 1,
}

internal enum SearchError
{
    Success = 0,
    AccountNotFound = 1,
}

internal sealed class PlaceRequest
{
    public required long AccountId { get; init; }

    public required string ContractId { get; init; }

    public required WireOrderType Type { get; init; }

    public required WireSide Side { get; init; }

    public required int Size { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    /// <summary>Of a trailing stop: the level at which it begins. The gateway takes its distance from the last price, in whole ticks, and keeps that.</summary>
    public decimal? TrailPrice { get; init; }

    public BracketLeg? StopLossBracket { get; init; }

    public BracketLeg? TakeProfitBracket { get; init; }

    /// <summary>Unique in the account for ever, also after a rejection: the only key by which an order can be found again.</summary>
    public required string CustomTag { get; init; }
}

/// <param name="Ticks">Signed, from the entry's fill: above is positive.</param>
/// <param name="Type"><see cref="WireOrderType.Stop"/> of a stop, <see cref="WireOrderType.Limit"/> of a target.</param>
internal sealed record BracketLeg(int Ticks, WireOrderType Type);

/// <summary>A refused order has an id too.</summary>
internal sealed class PlaceReply : Envelope
{
    public long? OrderId { get; set; }
}

/// <summary>Members that are absent stay as they are.</summary>
internal sealed class ModifyRequest
{
    public required long AccountId { get; init; }

    public required long OrderId { get; init; }

    public int? Size { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }
}

internal sealed class ModifyReply : Envelope;

internal sealed class CancelRequest
{
    public required long AccountId { get; init; }

    public required long OrderId { get; init; }
}

internal sealed class CancelReply : Envelope;

internal sealed class OrdersReply : Envelope
{
    public JsonElement Orders { get; set; }
}

internal sealed class OrderReply : Envelope
{
    public JsonElement Order { get; set; }
}

internal sealed class OrderByIdRequest
{
    public required long AccountId { get; init; }

    public required long OrderId { get; init; }
}

/// <summary>One page of the orders that the filter lets through, of every state unless it names some.</summary>
internal sealed class OrderQuery
{
    public required OrderFilter Filter { get; init; }

    public required int PageSize { get; init; }

    public required int PageOffset { get; init; }

    /// <summary>1: newest first.</summary>
    public required int SortDirection { get; init; }
}

internal sealed class OrderFilter
{
    public required long AccountId { get; init; }

    public IReadOnlyList<int>? Statuses { get; init; }

    public string? CreatedAfter { get; init; }
}
