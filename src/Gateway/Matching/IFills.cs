using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Matching;

/// <summary>Told of what happens to working orders while the market moves.</summary>
internal interface IFills
{
    void Filled(VenueOrder order, long ticks, int size);

    /// <summary>Whether an order gets one contract now though it could fill with more.</summary>
    bool IsCut(VenueOrder order);

    /// <summary>A trailing stop moved, or a stop became a market or limit order.</summary>
    void Moved(VenueOrder order);
}
