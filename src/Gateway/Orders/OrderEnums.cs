namespace Tradewind.Gateway.Orders;

/// <summary>The protocol's numbers.</summary>
public enum OrderType
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

/// <summary>The protocol's numbers: bid buys, ask sells.</summary>
public enum OrderSide
{
    Bid = 0,
    Ask = 1,
}

/// <summary>The protocol's numbers.</summary>
public enum OrderStatus
{
    None = 0,
    Open = 1,
    Filled = 2,
    Cancelled = 3,
    Expired = 4,
    Rejected = 5,
    Pending = 6,
    PendingCancellation = 7,

    /// <summary>A bracket child whose entry has not filled.</summary>
    Suspended = 8,
}

public static class OrderEnums
{
    /// <summary>+1 for a buy, -1 for a sell.</summary>
    public static int Sign(this OrderSide side) => side == OrderSide.Bid ? 1 : -1;

    public static OrderSide Opposite(this OrderSide side) => side == OrderSide.Bid ? OrderSide.Ask : OrderSide.Bid;

    public static bool IsTerminal(this OrderStatus status) => status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Rejected;
}
