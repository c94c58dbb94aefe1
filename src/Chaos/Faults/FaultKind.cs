namespace Tradewind.Chaos.Faults;

/// <summary>What can go wrong in a world. The code after each is that of the fault catalogue (docs/evidence.md).</summary>
public enum FaultKind
{
    /// <summary>F1, F10: the venue took a request and its reply is lost.</summary>
    ReplyLost = 0,

    /// <summary>F2: a request never reaches the venue, and nobody says so.</summary>
    RequestLost = 1,

    /// <summary>F2: a request certainly did not leave.</summary>
    RequestRefusedLocally = 2,

    /// <summary>F3: a reply comes up to a minute late.</summary>
    ReplyLate = 3,

    /// <summary>F3: a request waits up to a minute on its way to the venue.</summary>
    RequestLate = 28,

    /// <summary>F4, F6: rows of the stream are late, each by its own time, and overtake each other.</summary>
    StreamReordered = 4,

    /// <summary>F5: a row of the stream comes twice or more often.</summary>
    StreamDuplicated = 5,

    /// <summary>F17: single rows of a healthy stream are missing.</summary>
    StreamRowLost = 6,

    /// <summary>F18: the stream breaks and comes back after seconds to a minute.</summary>
    StreamDown = 7,

    /// <summary>F36 for orders: the stream stays connected and is silent.</summary>
    StreamFrozen = 8,

    /// <summary>F13, F14: the venue rejects an order, or takes it and ends it.</summary>
    OrderRejected = 9,
    OrderEndedByVenue = 10,

    /// <summary>F19: fills come in parts.</summary>
    PartialFills = 11,

    /// <summary>F7: a cancel is slow, so that a fill overtakes it.</summary>
    CancelSlow = 12,

    /// <summary>F21: the venue fills one unit more than was ordered.</summary>
    Overfill = 13,

    /// <summary>F22: the venue takes an execution back.</summary>
    TradeBusted = 14,

    /// <summary>F20, F23: somebody trades on the account by hand.</summary>
    ManualTrade = 15,

    /// <summary>F25: a list of orders or positions is empty though it should not be, or as it was a while ago.</summary>
    SnapshotEmpty = 16,
    SnapshotStale = 17,

    /// <summary>F79: the venue turns requests away for a while because there were too many.</summary>
    RateLimited = 18,

    /// <summary>F80: all requests fail for a while.</summary>
    VenueOutage = 19,

    /// <summary>F29: the account may open nothing for a while.</summary>
    Restricted = 20,

    /// <summary>F33: somebody else cancels a protective order.</summary>
    StopCanceledByOther = 21,

    /// <summary>F16: an order's row has a state that the adapter does not know.</summary>
    UnknownState = 22,

    /// <summary>F36, F37: market data of one instrument stands still.</summary>
    FeedFrozen = 23,

    /// <summary>F39: the feed breaks, and a gap is left.</summary>
    FeedGap = 24,

    /// <summary>F9, F10, F11, F30: the process ends at once; what was not on the disk is gone.</summary>
    Crash = 25,

    /// <summary>F46: the process stands still for seconds.</summary>
    Pause = 26,

    /// <summary>F66: the disk takes long to write.</summary>
    DiskSlow = 27,

    /// <summary>F5: the stream tells all executions of the day again.</summary>
    StreamReplayed = 29,

    /// <summary>F8: a modification is slow, so that a fill overtakes it.</summary>
    ModifySlow = 30,

    /// <summary>F11: the process ends between hearing of a fill and writing it down.</summary>
    CrashOnFill = 31,

    /// <summary>F10: the process ends between sending and the reply.</summary>
    CrashAfterSend = 32,

    /// <summary>F24: the venue's position changes without an execution.</summary>
    PositionMoved = 33,

    /// <summary>F25: a list ends in the middle.</summary>
    SnapshotTruncated = 34,

    /// <summary>F26: the venue's lists reach back half a minute only, and the program is away for longer.</summary>
    HistoryShort = 35,

    /// <summary>F80: the venue does what it is asked, and answers with an error of its server.</summary>
    ServerError = 36,

    /// <summary>F45: the token has expired: every request is turned away, and the stream closes, until there is another.</summary>
    TokenExpired = 37,

    /// <summary>F36: all market data stand still, and the connection does not.</summary>
    FeedFrozenWhole = 38,

    /// <summary>F40: trades come twice, or late and after younger ones.</summary>
    FeedDuplicated = 39,
    FeedLate = 40,

    /// <summary>F42: many times the usual trades at once.</summary>
    FeedBurst = 41,

    /// <summary>F82: the venue halts the market: no trades, every new order is rejected.</summary>
    MarketHalted = 42,

    /// <summary>F50: a strategy throws.</summary>
    StrategyThrows = 43,

    /// <summary>F53: a strategy says more than anybody could follow.</summary>
    StrategyFloods = 44,

    /// <summary>F83: a person pauses, flattens and resumes.</summary>
    OperatorActs = 45,

    /// <summary>F46: the clock of the machine is set forward or back by seconds.</summary>
    ClockStepped = 46,

    /// <summary>F61: the disk is full for a while: a pause, until a person ends it.</summary>
    DiskFull = 47,

    /// <summary>F61: the disk refuses to put the journal away for good, and the program ends.</summary>
    DiskFails = 48,
}
