using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

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

internal enum SearchError
{
    Success = 0,
    AccountNotFound = 1,
}

internal sealed class PlaceRequest
{
    public required int AccountId { get; init; }

    public required string ContractId { get; init; }

    public required WireOrderType Type { get; init; }

    public required WireSide Side { get; init; }

    public required int Size { get; init; }

    public decimal? LimitPrice { get; init; }

    public decimal? StopPrice { get; init; }

    /// <summary>Unique in the account for ever, also after a rejection: the only key by which an order can be found again.</summary>
    public required string CustomTag { get; init; }
}

/// <summary>A refused order has an id too.</summary>
internal sealed class PlaceReply : Envelope
{
    public long? OrderId { get; set; }
}

internal sealed class CancelRequest
{
    public required int AccountId { get; init; }

    public required long OrderId { get; init; }
}

internal sealed class CancelReply : Envelope;

internal sealed class OpenOrdersRequest
{
    public required int AccountId { get; init; }
}

internal sealed class OrdersRequest
{
    public required int AccountId { get; init; }

    public required string StartTimestamp { get; init; }
}

internal sealed class OrdersReply : Envelope
{
    public IReadOnlyList<OrderReply?>? Orders { get; set; }
}

/// <summary>An order as the gateway tells it, in searches and on the user hub.</summary>
internal sealed class OrderReply
{
    public long Id { get; set; }

    public int AccountId { get; set; }

    public string? ContractId { get; set; }

    public Timestamp? CreationTimestamp { get; set; }

    public WireOrderStatus Status { get; set; }

    public WireOrderType Type { get; set; }

    public WireSide Side { get; set; }

    public int Size { get; set; }

    public decimal? LimitPrice { get; set; }

    public decimal? StopPrice { get; set; }

    public int FillVolume { get; set; }

    public decimal? FilledPrice { get; set; }

    public string? CustomTag { get; set; }

    public long? ParentOrderId { get; set; }
}
