using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Matching;

/// <summary>Told of everything that a user's subscriptions would show, in order. What is passed changes later: read it at once.</summary>
public interface IVenueEvents
{
    void Account(TradingAccount account);

    void Order(VenueOrder order);

    void Position(Holding holding);

    /// <param name="isNew">False when a trade that was told before has been voided.</param>
    void Trade(VenueTrade trade, bool isNew);

    /// <summary>An account's standing towards its rules has changed, of which users are not told.</summary>
    void Kept(TradingAccount account)
    {
    }

    /// <summary>Something about an order was taken of which users are told later or not at all: a refused order, an accepted change.</summary>
    void Kept(VenueOrder order)
    {
    }

    /// <summary>What was told since the last step belongs together: a request, an instant of the market, what was due.</summary>
    void EndStep(TradingVenue venue)
    {
    }
}
