namespace Tradewind.Gateway.Faults;

/// <summary>What can be made to go wrong. Written in lower case with hyphens: <c>hub-drop</c>.</summary>
public enum FaultKind
{
    /// <summary>REST: answers 429.</summary>
    RateLimit = 0,

    /// <summary>REST: answers 502 with a page of HTML.</summary>
    BadGateway = 1,

    /// <summary>REST: answers 401 though the token lives; logins go through.</summary>
    Unauthorized = 2,

    /// <summary>REST: answers 200 with a page of HTML.</summary>
    Html = 3,

    /// <summary>REST: the connection is cut before the request is looked at.</summary>
    LostRequest = 4,

    /// <summary>REST: the request is carried out and the connection is cut instead of an answer.</summary>
    LostReply = 5,

    /// <summary>REST: the request is carried out and never answered; the connection stays open.</summary>
    NoReply = 6,

    /// <summary>REST: the request is carried out after the delay.</summary>
    SlowRequest = 7,

    /// <summary>REST: the request is carried out at once and answered after the delay: hub events come first.</summary>
    LateReply = 8,

    /// <summary>Order/place: refused with code 2, no order.</summary>
    Reject = 9,

    /// <summary>Order/place: the order is accepted and the answer is code 6, outcome unknown.</summary>
    OrderPending = 10,

    /// <summary>Searches: every list is empty, with success.</summary>
    EmptySnapshot = 11,

    /// <summary>Searches: every list lacks its second half.</summary>
    ShortSnapshot = 12,

    /// <summary>Searches: the answer of the first time since the fault was switched on, again and again.</summary>
    StaleSnapshot = 13,

    /// <summary>History: bars that began within the delay before now are missing.</summary>
    StalledBars = 14,

    /// <summary>Contracts: the tick size is ten times the real one.</summary>
    WrongTick = 15,

    /// <summary>REST and user events: a member that nobody knows.</summary>
    UnknownField = 16,

    /// <summary>REST and user events: order status 99.</summary>
    UnknownState = 17,

    /// <summary>REST and user events: prices and amounts as strings.</summary>
    NumberStrings = 18,

    /// <summary>Hubs: connections end without a word.</summary>
    HubDrop = 19,

    /// <summary>Hubs: connections end with a close message that carries an error.</summary>
    HubClose = 20,

    /// <summary>Hubs: GatewayLogout, then the end of the connection.</summary>
    Logout = 21,

    /// <summary>Hubs: connections stay healthy and all events are lost for a while.</summary>
    Freeze = 22,

    /// <summary>User hub: an event is never sent.</summary>
    MissingEvent = 23,

    /// <summary>User hub: an order event is never sent; the trade is.</summary>
    MissingOrderEvent = 24,

    /// <summary>User hub: a trade event is never sent; the order's is.</summary>
    MissingTradeEvent = 25,

    /// <summary>User hub: an event is sent twice.</summary>
    DuplicateEvent = 26,

    /// <summary>User hub: an event is sent after the one that follows it.</summary>
    ReorderEvents = 27,

    /// <summary>User hub: an event is sent after the delay.</summary>
    LateEvent = 28,

    /// <summary>User hub: the envelope comes in an array.</summary>
    ArrayEvents = 29,

    /// <summary>User hub: the object comes without its envelope.</summary>
    BareEvents = 30,

    /// <summary>User hub: all trades of the account are sent once more.</summary>
    ReplayTrades = 31,

    /// <summary>Venue: the latest trade is voided.</summary>
    VoidTrade = 32,

    /// <summary>Venue: the latest working order is cancelled by nobody's wish.</summary>
    CancelOrder = 33,

    /// <summary>Venue: somebody else buys one contract at market for the account.</summary>
    ManualTrade = 34,

    /// <summary>Venue: the latest filled order fills one contract more.</summary>
    Overfill = 35,

    /// <summary>Venue: trading is halted for a while: orders are refused, nothing fills, prices go on.</summary>
    Halt = 36,

    /// <summary>Venue: the account cannot trade for a while.</summary>
    Restrict = 37,
}

public static class FaultKinds
{
    private static readonly Dictionary<string, FaultKind> ByName = Enum.GetValues<FaultKind>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool TryFind(string name, out FaultKind kind) => ByName.TryGetValue(name, out kind);

    public static string NameOf(this FaultKind kind) => HyphenName.Of(kind);

    /// <summary>Happens by itself, with its probability per second; all others happen to a request or an event.</summary>
    public static bool IsTimed(this FaultKind kind) => kind is FaultKind.HubDrop or FaultKind.HubClose or FaultKind.Logout or FaultKind.Freeze or >= FaultKind.ReplayTrades;
}
