namespace Tradewind.Gateway.Quirks;

/// <summary>The quirks by name, each with what a client sees of it.</summary>
public static class QuirkTable
{
    private static readonly Dictionary<Quirk, string> Effects = new()
    {
        [Quirk.RetryAfter] = "a 429 carries a Retry-After header",
        [Quirk.FixedWindows] = "rate limits count in windows that begin every 30 or 60 s instead of sliding",
        [Quirk.LimitsPerToken] = "rate limits count per token instead of per client address",
        [Quirk.NoNewToken] = "validate succeeds with a newToken of null: the old token goes on",
        [Quirk.RevalidatesExpired] = "validate takes a token for 7 days after its expiry",
        [Quirk.OneSession] = "a login ends all older tokens, and their hub connections get GatewayLogout",
        [Quirk.ExpiryClosesHubs] = "a hub connection whose token has expired or was logged out gets GatewayLogout",
        [Quirk.HubTokenInQuery] = "hubs take the token from the query alone, not from the header",
        [Quirk.TextPlain] = "REST answers say text/plain",
        [Quirk.ZuluTimes] = "times end in Z instead of +00:00",
        [Quirk.LooseDecimals] = "prices and amounts have trailing zeros, tick sizes an exponent",
        [Quirk.OldOrders] = "orders as in old samples: no symbolId, fillVolume and filledPrice, an updateTimestamp of null",
        [Quirk.OrderIdName] = "order events have orderId instead of id",
        [Quirk.OldOpenApi] = "Order/searchById and Order/v2/query do not exist (404)",
        [Quirk.TwoDigitYears] = "contract names have two digits of the year",
        [Quirk.NoCommissions] = "trades have no commissions",
        [Quirk.ClosedMarketCodeFive] = "place in a closed market is code 5 instead of 2",
        [Quirk.NoStopLimit] = "stop-limit orders are refused",
        [Quirk.GoneOrderIsRejected] = "changing or cancelling an order that is over is code 3 instead of 2",
        [Quirk.LegCancelCancelsSibling] = "cancelling one leg of a bracket cancels the other one",
        [Quirk.ReductionCancelsBrackets] = "reducing a position by hand cancels the brackets of its contract",
        [Quirk.CloseCancelsOrders] = "closeContract cancels the contract's working orders",
        [Quirk.SuspendedCanChange] = "Suspended children can be changed: the price given is the one they get",
        [Quirk.SuspendedInSearches] = "search and searchOpen list Suspended children",
        [Quirk.ChildTags] = "children of an entry without a tag have tags made of its id",
        [Quirk.LastFillPrice] = "filledPrice is the price of the last fill instead of the average",
        [Quirk.FillsUpdateTime] = "fills advance updateTimestamp",
        [Quirk.JoinFollowsTouch] = "JoinBid and JoinAsk orders follow the touch when it moves away",
        [Quirk.TargetNeedsDistance] = "take-profit brackets need 4 ticks too",
        [Quirk.DayOrders] = "working orders expire at the close of the session (status 4)",
        [Quirk.BracketsWait] = "children begin to work when their entry is over, not at its first fill",
        [Quirk.BracketsWhole] = "children have the entry's whole size from its first fill on",
        [Quirk.CreatedAction] = "the first event of an order or a position has action 0",
        [Quirk.BareObjects] = "events as documented: user events without envelope, trades and depth one object each",
        [Quirk.FirstSnapshot] = "user subscriptions begin with what there is",
        [Quirk.NullDepthEntries] = "depth arrays begin with a null",
        [Quirk.DepthVolumeInCurrent] = "depth entries of types 1 and 2 have their size in currentVolume alone",
    };

    private static readonly Dictionary<string, Quirk> ByName = Enum.GetValues<Quirk>().ToDictionary(NameOf, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static bool TryFind(string name, out Quirk quirk) => ByName.TryGetValue(name, out quirk);

    public static string NameOf(this Quirk quirk) => HyphenName.Of(quirk);

    /// <summary>What a client sees, as a sentence without its full stop.</summary>
    public static string EffectOf(this Quirk quirk) => Effects[quirk];
}
