namespace Tradewind.Core.Orders;

/// <summary>How the price of an order is bounded.</summary>
public enum OrderType : byte
{
    Market = 0,
    Limit = 1,

    /// <summary>Becomes a market order once the market trades at or through the stop price.</summary>
    Stop = 2,

    /// <summary>Becomes a limit order once the market trades at or through the stop price.</summary>
    StopLimit = 3,
}

/// <summary>How long an order works.</summary>
public enum TimeInForce : byte
{
    /// <summary>Works until the trading day ends.</summary>
    Day = 0,

    /// <summary>Good till canceled.</summary>
    Gtc = 1,

    /// <summary>Immediate or cancel: what cannot fill at once is canceled.</summary>
    Ioc = 2,

    /// <summary>Fill or kill: fills whole and at once, or is canceled.</summary>
    Fok = 3,

    /// <summary>Good till a time that the order names.</summary>
    Gtd = 4,
}

/// <summary>Where an order stands; the numbers are hashed and stored and never change. <c>OrderLifecycle</c> says what may follow what.</summary>
public enum OrderStatus : byte
{
    /// <summary>Approved and handed out; the broker has not answered yet.</summary>
    Sending = 0,
    Working = 1,
    PartiallyFilled = 2,

    /// <summary>A cancel was asked for; it still can fill.</summary>
    CancelPending = 3,
    Filled = 4,
    Canceled = 5,

    /// <summary>Refused by the broker.</summary>
    Rejected = 6,
    Expired = 7,

    /// <summary>Other terms were asked for; it works under the old ones and still can fill.</summary>
    ModifyPending = 8,

    /// <summary>Nobody knows whether the venue has what was asked last (<see cref="Order.Doubt"/> says what that was). Nothing is sent again; the venue's own words decide.</summary>
    InDoubt = 9,

    /// <summary>Refused by our own risk gate: it never became an order.</summary>
    Denied = 10,

    /// <summary>Wanted, and not approved yet.</summary>
    Draft = 11,

    /// <summary>Passed the risk gate, and not handed out yet.</summary>
    Approved = 12,
}

/// <summary>What of an order is in doubt.</summary>
public enum OrderDoubt : byte
{
    None = 0,
    Submit = 1,
    Cancel = 2,
    Modify = 3,
}

public static class OrderStatusExtensions
{
    /// <summary>True when nothing more can happen to the order but a late fill.</summary>
    public static bool IsFinal(this OrderStatus status) => status is OrderStatus.Filled or OrderStatus.Canceled or OrderStatus.Rejected or OrderStatus.Expired or OrderStatus.Denied;

    /// <summary>What was asked of the venue last and is not answered.</summary>
    /// <param name="doubt">Of an order in doubt: what is.</param>
    public static OrderDoubt Unanswered(this OrderStatus status, OrderDoubt doubt) => status switch
    {
        OrderStatus.Sending => OrderDoubt.Submit,
        OrderStatus.CancelPending => OrderDoubt.Cancel,
        OrderStatus.ModifyPending => OrderDoubt.Modify,
        OrderStatus.InDoubt => doubt,
        _ => OrderDoubt.None,
    };
}

/// <summary>What an order is for; it decides which risk rules apply and in which lane it is sent.</summary>
public enum OrderPurpose : byte
{
    /// <summary>Brings the position to the wanted one.</summary>
    Target = 0,

    /// <summary>Limits the loss of an open position.</summary>
    StopLoss = 1,

    /// <summary>Takes the profit of an open position.</summary>
    TakeProfit = 2,

    /// <summary>Closes a position because an operator or a guard said so.</summary>
    Flatten = 3,
}

/// <summary>Our number of an order: a counter within the run (the client order id is the run's id and this number). 0 is no order.</summary>
public readonly record struct OrderId(long Value)
{
    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
