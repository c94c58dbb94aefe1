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
}
