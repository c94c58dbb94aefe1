namespace Tradewind.Gateway.Faults;

/// <summary>The faults by name, each with what a client sees of it.</summary>
public static class FaultTable
{
    private static readonly Dictionary<FaultKind, string> Effects = new()
    {
        [FaultKind.RateLimit] = "429; nothing is done",
        [FaultKind.BadGateway] = "502 with a page of HTML; nothing is done",
        [FaultKind.Unauthorized] = "401 with a living token; logins pass, nothing is done",
        [FaultKind.Html] = "200 with a page of HTML; nothing is done",
        [FaultKind.LostRequest] = "the connection is cut before the request is looked at",
        [FaultKind.LostReply] = "the request is carried out and the connection is cut instead of an answer",
        [FaultKind.NoReply] = "the request is carried out and never answered; the connection stays open",
        [FaultKind.SlowRequest] = "the request is carried out after the delay",
        [FaultKind.LateReply] = "the request is carried out at once and answered after the delay: hub events come first",
        [FaultKind.LoginFails] = "loginKey is refused with code 3, validate with code 1",
        [FaultKind.Reject] = "place is refused with code 2, and there is no order",
        [FaultKind.OrderPending] = "place is accepted, and answered with code 6: outcome unknown",
        [FaultKind.TagInUse] = "place is accepted, and answered that its tag is in use, as if it had come twice",
        [FaultKind.BracketRefusal] = "place with brackets is refused as in the other bracket mode, though the account has automatic OCO brackets",
        [FaultKind.EmptySnapshot] = "searches: every list is empty, with success",
        [FaultKind.ShortSnapshot] = "searches: every list lacks its second half",
        [FaultKind.StaleSnapshot] = "searches: the answer of the first time since the fault was switched on, again and again",
        [FaultKind.SnapshotLag] = "searches of orders, positions and trades, the paged query too: as it was the delay (3 s) before, at most a minute",
        [FaultKind.ShortHistory] = "searches of orders and trades: what is older than the delay (1 hour) is missing",
        [FaultKind.StalledBars] = "bars of the last delay (75 minutes) are missing",
        [FaultKind.WrongTick] = "contracts have ten times their tick size",
        [FaultKind.WrongMultiplier] = "contracts have ten times their tick value",
        [FaultKind.UnknownField] = "answers and user events: a member that nobody knows",
        [FaultKind.UnknownState] = "answers and user events: order status 99",
        [FaultKind.NumberStrings] = "answers and user events: prices and amounts as strings",
        [FaultKind.HubRefused] = "connecting to a hub is answered with 401",
        [FaultKind.SubscribeError] = "subscribing fails with an error",
        [FaultKind.DeafSubscription] = "subscribing succeeds and no event ever comes",
        [FaultKind.HubDrop] = "hub connections end without a word",
        [FaultKind.HubClose] = "hub connections end with a close message that carries an error",
        [FaultKind.Logout] = "hub connections get GatewayLogout and end; the token lives on",
        [FaultKind.Takeover] = "somebody else logs in: all tokens end, and hub connections get GatewayLogout and end",
        [FaultKind.Freeze] = "while it lasts no event comes though the connection lives; what was missed is not sent later; of one symbol where that is given",
        [FaultKind.Stall] = "while it lasts no event comes; then all come at once",
        [FaultKind.MissingEvent] = "a user event never comes",
        [FaultKind.MissingOrderEvent] = "an order event never comes; the trade does",
        [FaultKind.MissingTradeEvent] = "a trade event never comes; the order's does",
        [FaultKind.DuplicateEvent] = "a user event comes twice",
        [FaultKind.ReorderEvents] = "a user event comes after the next one, a second later at most",
        [FaultKind.LateEvent] = "a user event comes after the delay",
        [FaultKind.ArrayEvents] = "a user event's envelope comes in an array",
        [FaultKind.BareEvents] = "a user event comes without its envelope",
        [FaultKind.ReplayTrades] = "all trades are told once more",
        [FaultKind.MissingTick] = "a quote or trade event never comes",
        [FaultKind.DuplicateTick] = "a quote or trade event comes twice",
        [FaultKind.ReorderTicks] = "a quote or trade event comes after the next one",
        [FaultKind.LateTick] = "a quote or trade event comes after the delay",
        [FaultKind.BadTick] = "the prices of a quote or trade event are, in turn, zero, negative, tenfold, a bid above the ask, a word, or under another contract's id",
        [FaultKind.ShiftedPrices] = "the prices of a quote or trade event are 8 ticks too high; bars and fills know better",
        [FaultKind.MissingDepth] = "a depth event never comes: the book has a hole",
        [FaultKind.SlowMatching] = "an order, a change or a cancel is carried out the delay after it was accepted: fills come first",
        [FaultKind.PartialFill] = "an order that would fill at once gets one contract now and the rest at a later instant of the market",
        [FaultKind.RejectLater] = "place is accepted, and the order is rejected when it should begin to work",
        [FaultKind.HeldLeg] = "bracket children stay Suspended for the delay after their entry has filled",
        [FaultKind.OcoFails] = "a leg fills and the other one is not cancelled",
        [FaultKind.BothLegsFill] = "a leg fills and the other one fills too",
        [FaultKind.CancelOrder] = "the latest working order is cancelled by nobody's wish",
        [FaultKind.ExpireOrder] = "the latest working order expires",
        [FaultKind.CancelLeg] = "the latest working bracket child is cancelled, and its sibling stays",
        [FaultKind.ReplaceLeg] = "the latest working bracket child is cancelled and stands there again under another id, of the same entry",
        [FaultKind.LoseLeg] = "the latest working bracket child is gone: no event tells it, no search finds it, it never fills",
        [FaultKind.VoidTrade] = "the latest trade is voided, its money returned, the position rebuilt",
        [FaultKind.CorrectTrade] = "the latest trade is voided and told anew, a tick worse",
        [FaultKind.ManualTrade] = "somebody else buys one contract at market",
        [FaultKind.UnknownFill] = "one contract is bought by an order that no event and no search tells of until it has lasted",
        [FaultKind.Overfill] = "the latest filled order fills one contract more",
        [FaultKind.AdjustPosition] = "the position grows by one contract without a trade",
        [FaultKind.Halt] = "while it lasts in market time nothing trades and orders are refused; prices go on",
        [FaultKind.Restrict] = "while it lasts in market time the account cannot trade",
        [FaultKind.Liquidate] = "all is cancelled and closed, and while it lasts in market time the account cannot trade",
        [FaultKind.TickChange] = "while it lasts in market time the tick size is twice as large: contracts say so, and prices off the new grid are refused",
    };

    private static readonly HashSet<FaultKind> Timed =
    [
        FaultKind.HubDrop, FaultKind.HubClose, FaultKind.Logout, FaultKind.Takeover, FaultKind.Freeze, FaultKind.Stall, FaultKind.ReplayTrades,
        FaultKind.CancelOrder, FaultKind.ExpireOrder, FaultKind.CancelLeg, FaultKind.ReplaceLeg, FaultKind.LoseLeg, FaultKind.VoidTrade, FaultKind.CorrectTrade,
        FaultKind.ManualTrade, FaultKind.UnknownFill, FaultKind.Overfill, FaultKind.AdjustPosition, FaultKind.Halt, FaultKind.Restrict, FaultKind.Liquidate, FaultKind.TickChange,
    ];

    private static readonly Dictionary<string, FaultKind> ByName = Enum.GetValues<FaultKind>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool TryFind(string name, out FaultKind kind) => ByName.TryGetValue(name, out kind);

    public static string NameOf(this FaultKind kind) => HyphenName.Of(kind);

    /// <summary>What a client sees, as a sentence without its full stop.</summary>
    public static string EffectOf(this FaultKind kind) => Effects[kind];

    /// <summary>Happens by itself, with its probability per second; all others happen to a request, an event or an order.</summary>
    public static bool IsTimed(this FaultKind kind) => Timed.Contains(kind);
}
