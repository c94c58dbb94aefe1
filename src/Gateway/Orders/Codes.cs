namespace Tradewind.Gateway.Orders;

/// <summary>Error codes of Order/place.</summary>
public static class PlaceCode
{
    public const int AccountNotFound = 1;
    public const int OrderRejected = 2;
    public const int InsufficientFunds = 3;
    public const int AccountViolation = 4;
    public const int OutsideTradingHours = 5;
    public const int OrderPending = 6;
    public const int ContractNotFound = 8;
    public const int ContractNotActive = 9;
    public const int AccountRejected = 10;
}

/// <summary>Error codes of Order/modify and Order/cancel.</summary>
public static class ChangeCode
{
    public const int AccountNotFound = 1;
    public const int OrderNotFound = 2;
    public const int Rejected = 3;
    public const int Pending = 4;
    public const int AccountRejected = 6;
}

/// <summary>Error codes of Position/closeContract.</summary>
public static class CloseCode
{
    public const int AccountNotFound = 1;
    public const int PositionNotFound = 2;
    public const int ContractNotFound = 3;
    public const int ContractNotActive = 4;
    public const int OrderRejected = 5;
    public const int AccountRejected = 8;
}

/// <summary>Error codes of Position/partialCloseContract.</summary>
public static class PartialCloseCode
{
    public const int InvalidCloseSize = 5;
    public const int OrderRejected = 6;
    public const int AccountRejected = 9;
}

/// <summary>What the gateway says when it refuses. Those of <see cref="MadeUp"/> are this simulator's own: the original's words are not known.</summary>
internal static class Texts
{
    public const string TagInUse = "Specified custom tag is already in use";
    public const string LimitOffTick = "Invalid limit price. Price is not aligned to tick size.";
    public const string StopOffTick = "Invalid stop price. Price is not aligned to tick size.";
    public const string TrailOffTick = "Invalid trail price. Price is not aligned to tick size.";
    public const string TrailMissing = "Trail Distance not set.";
    public const string TrailTooFar = "Trail Distance exceeds maximum (1000)";
    public const string NoLastPrice = "Cannot trail without a last price";
    public const string BelowBid = "Order price is outside allowed range. Please set price above best bid.";
    public const string AboveAsk = "Order price is outside allowed range. Please set price below best ask.";
    public const string FarAway = "Invalid price. Price is outside allowed range.";
    public const string NotTrading = "Trading is currently unavailable. The instrument is not in an active trading status.";
    public const string PositionBrackets = "Brackets cannot be used with Position Brackets. You must enable Auto OCO Brackets.";
    public const string FollowerCannotPlace = "Follower accounts cannot place orders";
    public const string FollowerCannotCancel = "Follower accounts cannot cancel orders";
    public const string LiveNotSupported = "Live accounts not supported";

    internal static class MadeUp
    {
        public const string Size = "Invalid order size. Size should be greater than zero.";
        public const string Type = "Invalid order type.";
        public const string Side = "Invalid order side.";
        public const string LimitMissing = "Limit price not set.";
        public const string StopMissing = "Stop price not set.";
        public const string MaxPosition = "Order size exceeds the maximum position size.";
        public const string Funds = "Insufficient funds.";
        public const string CannotTrade = "Account is not eligible for trading.";
        public const string NotOpen = "Order is not open.";
        public const string BelowFilled = "Invalid order size. Size should be greater than the filled volume.";
        public const string Injected = "Order rejected.";
    }
}
