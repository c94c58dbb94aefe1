using Tradewind.Gateway.Accounts;
using Tradewind.Gateway.Matching;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.State;

/// <summary>Notes everything that is told, and has each step in the file before anybody is told of it.</summary>
internal sealed class DurableEvents(IVenueEvents told, StateFile state) : IVenueEvents
{
    public void Account(TradingAccount account)
    {
        state.Note(account);
        told.Account(account);
    }

    public void Order(VenueOrder order)
    {
        state.Note(order);
        told.Order(order);
    }

    public void Position(Holding holding)
    {
        state.Note(holding);
        told.Position(holding);
    }

    public void Trade(VenueTrade trade, bool isNew)
    {
        state.Note(trade);
        told.Trade(trade, isNew);
    }

    public void Kept(TradingAccount account) => state.Note(account);

    public void Kept(VenueOrder order) => state.Note(order);

    public void EndStep(TradingVenue venue)
    {
        state.Write(venue);
        told.EndStep(venue);
    }
}
