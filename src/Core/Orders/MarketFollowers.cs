using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders.Execution;

namespace Tradewind.Core.Orders;

/// <summary>What goes along with the market between decisions: stops that follow the price, executions that count what is traded, and the curve of the usual volume.</summary>
internal sealed class MarketFollowers(OutputBuffer outputs, StopTrailer trailer)
{
    /// <summary>A bar is finished. Asked for only where <see cref="MarketState.IsWatched"/>; of a trade likewise.</summary>
    public void On(MarketState market, in Bar bar)
    {
        market.Curve?.Take(in bar);
        Follow(market, bar.Volume);
    }

    public void On(MarketState market, in Trade trade)
    {
        market.Curve?.Take(in trade);
        Follow(market, trade.Size);
    }

    private void Follow(MarketState market, double volume)
    {
        if (market.HasMovingStops) trailer.OnPrice(market);
        if (market.HasParents) Parents.OnVolume(market, volume, outputs.Time);
    }
}
