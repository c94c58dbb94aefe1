using Tradewind.Core.Model;
using Tradewind.Core.Orders;

namespace Tradewind.Core.Signals;

/// <summary>How long a wish stands where nothing else ends it: as long as its entry is to work.</summary>
internal static class WishLife
{
    /// <summary>The end of the trading session; of an entry that is good till a time, that time; of one that is good till it is canceled, never. Its validity, where that is earlier.</summary>
    /// <param name="exact">Null for the plain wish for a market order.</param>
    /// <param name="session">When the session of now closes.</param>
    public static Timestamp EndOf(Wish.Prices? exact, TimeSpan? validity, Timestamp now, Timestamp session)
    {
        // An execution plans its pace to its end.
        bool isExecution = exact?.Execution is not null;
        Timestamp end = exact?.Exact switch
        {
            { TimeInForce: TimeInForce.Gtd } fields => fields.GoodTill,
            { TimeInForce: TimeInForce.Gtc, OrderType: not OrderType.Market } when !isExecution => Timestamp.MaxValue,
            _ => session,
        };
        if (isExecution && session < end) end = session;
        return validity is { } span && now + span < end ? now + span : end;
    }
}
