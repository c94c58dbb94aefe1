namespace Tradewind.Conformance.Venue;

/// <summary>A request of a broker to its venue.</summary>
public enum VenueCall
{
    Any = 0,
    Submit = 1,
    Modify = 2,
    Cancel = 3,

    /// <summary>Lists of orders, and single ones.</summary>
    Orders = 4,
    Fills = 5,
    Positions = 6,
    Accounts = 7,
    Login = 8,

    /// <summary>What is none of these.</summary>
    Other = 9,
}

/// <summary>What can go wrong between a broker and its venue; a broker maps it to its own protocol.</summary>
public enum VenueFault
{
    /// <summary>The connection is cut before the venue has looked at the request.</summary>
    RequestLost = 0,

    /// <summary>The venue carries the request out, and the connection is cut instead of an answer.</summary>
    ReplyLost = 1,

    /// <summary>The venue carries the request out and never answers.</summary>
    NoReply = 2,

    /// <summary>The request is carried out after the delay.</summary>
    SlowRequest = 3,

    /// <summary>The answer comes after the delay: the stream tells first.</summary>
    LateReply = 4,

    /// <summary>502 with a page.</summary>
    ServerError = 5,

    /// <summary>200 with a page where data belongs.</summary>
    Page = 6,

    /// <summary>429; nothing is done.</summary>
    TooMany = 7,

    /// <summary>401 though the login is good; nothing is done.</summary>
    LoginRefused = 8,

    /// <summary>An order is taken, and the answer says that nobody knows.</summary>
    OutcomePending = 9,

    /// <summary>An order is refused, and none exists.</summary>
    Refused = 10,
    EmptyList = 11,

    /// <summary>The second half is missing.</summary>
    ShortList = 12,

    /// <summary>The answer of the first time, again and again.</summary>
    StaleList = 13,
    UnknownMember = 14,

    /// <summary>An order state that no document knows.</summary>
    UnknownState = 15,
    NumbersAsText = 16,

    /// <summary>The stream's connection ends without a word.</summary>
    StreamDropped = 17,
    StreamClosed = 18,

    /// <summary>The venue ends the session.</summary>
    LoggedOut = 19,

    /// <summary>The stream lives and tells nothing; what was missed is not told later.</summary>
    StreamFrozen = 20,
    EventMissing = 21,
    OrderEventMissing = 22,
    FillEventMissing = 23,
    EventTwice = 24,
    EventsReordered = 25,
    EventLate = 26,
    EventsInArrays = 27,
    EventsBare = 28,

    /// <summary>All fills of the account are told once more.</summary>
    FillsReplayed = 29,

    /// <summary>Nothing trades and orders are refused, for a while.</summary>
    TradingHalted = 30,

    /// <summary>The account may not trade, for a while.</summary>
    AccountRestricted = 31,

    /// <summary>Legs that the venue made for an entry wait for the delay after it has filled.</summary>
    LegHeld = 32,

    /// <summary>An entry that takes legs along is refused as if the account did not allow it.</summary>
    BracketRefused = 33,
}

/// <summary>A fault as a card asks for it.</summary>
/// <param name="Call">Only requests of this kind; <see cref="VenueCall.Any"/> for all of them, and for faults of the stream.</param>
/// <param name="Times">How often at most; null until it is healed.</param>
public sealed record Injected(VenueFault Fault, VenueCall Call = VenueCall.Any, int? Times = 1)
{
    /// <summary>Of faults that delay.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Of faults that last.</summary>
    public TimeSpan? Lasts { get; init; }
}

public enum HappeningKind
{
    /// <summary>An order fills, also beyond its size or after its end.</summary>
    Fill = 0,

    /// <summary>An order ends by nobody's wish.</summary>
    Cancel = 1,
    Expire = 2,
    Reject = 3,

    /// <summary>The latest fill is taken back.</summary>
    VoidFill = 4,

    /// <summary>The latest fill gets another price: it is taken back, and another one stands for it.</summary>
    CorrectFill = 5,

    /// <summary>The user trades at the market by hand, signed.</summary>
    ForeignTrade = 6,

    /// <summary>The user places a limit order by hand, signed; it rests far from the market.</summary>
    ForeignOrder = 7,
}

/// <summary>Something that happens at the venue by nobody's wish here.</summary>
/// <param name="OrderId">The venue's number, of what happens to an order.</param>
/// <param name="Ticks">Price, in ticks from where the market began; null for the order's own.</param>
public sealed record Happening(HappeningKind Kind, string? OrderId = null, int Quantity = 1, int? Ticks = null)
{
    /// <summary>Of orders by hand: the id that the user gives it.</summary>
    public string? ClientId { get; init; }

    /// <summary>Of trades by hand: in the user's second account.</summary>
    public bool IsInOtherAccount { get; init; }
}
