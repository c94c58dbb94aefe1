using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Orders.Execution;

namespace Tradewind.Core.Orders;

/// <summary>What goes along with the market between decisions: stops that follow the price, and executions that count what is traded.</summary>
internal sealed class MarketFollowers(OutputBuffer outputs, StopTrailer trailer)
{
    /// <summary>The market has a new price. Asked for only where <see cref="MarketState.IsWatched"/>.</summary>
    /// <param name="volume">Units that were traded.</param>
    public void On(MarketState market, double volume)
    {
        if (market.HasMovingStops) trailer.OnPrice(market);
        if (market.HasParents) Parents.OnVolume(market, volume, outputs.Time);
    }
}
