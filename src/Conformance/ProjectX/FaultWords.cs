using Tradewind.Conformance.Venue;

namespace Tradewind.Conformance.ProjectX;

/// <summary>Cards' faults in the simulator's words.</summary>
internal static class FaultWords
{
    public static string NameOf(VenueFault fault) => fault switch
    {
        VenueFault.RequestLost => "lost-request",
        VenueFault.ReplyLost => "lost-reply",
        VenueFault.NoReply => "no-reply",
        VenueFault.SlowRequest => "slow-request",
        VenueFault.LateReply => "late-reply",
        VenueFault.ServerError => "bad-gateway",
        VenueFault.Page => "html",
        VenueFault.TooMany => "rate-limit",
        VenueFault.LoginRefused => "unauthorized",
        VenueFault.OutcomePending => "order-pending",
        VenueFault.Refused => "reject",
        VenueFault.EmptyList => "empty-snapshot",
        VenueFault.ShortList => "short-snapshot",
        VenueFault.StaleList => "stale-snapshot",
        VenueFault.UnknownMember => "unknown-field",
        VenueFault.UnknownState => "unknown-state",
        VenueFault.NumbersAsText => "number-strings",
        VenueFault.StreamDropped => "hub-drop",
        VenueFault.StreamClosed => "hub-close",
        VenueFault.LoggedOut => "logout",
        VenueFault.StreamFrozen => "freeze",
        VenueFault.EventMissing => "missing-event",
        VenueFault.OrderEventMissing => "missing-order-event",
        VenueFault.FillEventMissing => "missing-trade-event",
        VenueFault.EventTwice => "duplicate-event",
        VenueFault.EventsReordered => "reorder-events",
        VenueFault.EventLate => "late-event",
        VenueFault.EventsInArrays => "array-events",
        VenueFault.EventsBare => "bare-events",
        VenueFault.FillsReplayed => "replay-trades",
        VenueFault.TradingHalted => "halt",
        VenueFault.AccountRestricted => "restrict",
        VenueFault.LegHeld => "held-leg",
        VenueFault.BracketRefused => "bracket-refusal",
        _ => throw new CardFailedException($"The simulator has no fault like {fault}."),
    };

    /// <summary>Parts of paths that only such requests have; a null stands for all.</summary>
    public static IReadOnlyList<string?> PathsOf(VenueCall call) => call switch
    {
        VenueCall.Submit => ["Order/place"],
        VenueCall.Modify => ["Order/modify"],
        VenueCall.Cancel => ["Order/cancel"],
        VenueCall.Orders => ["Order/search", "Order/v2"],
        VenueCall.Fills => ["Trade/"],
        VenueCall.Positions => ["Position/"],
        VenueCall.Accounts => ["Account/"],
        VenueCall.Login => ["Auth/"],
        _ => [null],
    };

    /// <summary>Happens to the stream, of which there are two: only that of the account is meant.</summary>
    public static bool IsOfStream(VenueFault fault) => fault is >= VenueFault.StreamDropped and <= VenueFault.EventsBare;
}
