using Tradewind.Core.Model;
using Tradewind.Gateway.Orders;

namespace Tradewind.Gateway.Matching;

/// <summary>The displayed book of a product, less what the gateway's own fills took out of a level since the market last set it. Prices in ticks.</summary>
/// <param name="assumedSize">Contracts of a level whose size the source does not tell, 1 or more.</param>
internal sealed class BookView(Instrument instrument, int assumedSize)
{
    private readonly SortedList<long, long> _bids = [];
    private readonly SortedList<long, long> _asks = [];
    private bool _hasDepth;

    public long? BestBid => _bids.Count == 0 ? null : _bids.GetKeyAtIndex(_bids.Count - 1);

    public long? BestAsk => _asks.Count == 0 ? null : _asks.GetKeyAtIndex(0);

    public void Apply(in DepthUpdate update)
    {
        if (!_hasDepth || update.Action == DepthAction.Reset) Clear();
        _hasDepth = true;
        if (update.Action == DepthAction.Set) Set(update.Side == Side.Buy ? _bids : _asks, Ticks(update.Price), (long)update.Size);
    }

    /// <summary>A source without depth has a book of one level.</summary>
    public void Apply(in Quote quote)
    {
        if (_hasDepth) return;
        Clear();
        if (IsPrice(quote.Bid)) Set(_bids, Ticks(quote.Bid), SizeOf(quote.BidSize));
        if (IsPrice(quote.Ask)) Set(_asks, Ticks(quote.Ask), SizeOf(quote.AskSize));
    }

    /// <summary>Contracts displayed on a side at a price.</summary>
    public long Shown(OrderSide side, long ticks) => (side == OrderSide.Bid ? _bids : _asks).GetValueOrDefault(ticks);

    /// <summary>The best opposite price that an order on this side could trade with.</summary>
    public long? BestAgainst(OrderSide side) => side == OrderSide.Bid ? BestAsk : BestBid;

    /// <summary>Takes up to <paramref name="most"/> contracts from the best opposite level; the price is where it stood.</summary>
    public int TakeBest(OrderSide side, int most, out long ticks)
    {
        SortedList<long, long> levels = side == OrderSide.Bid ? _asks : _bids;
        int best = side == OrderSide.Bid ? 0 : levels.Count - 1;
        ticks = levels.GetKeyAtIndex(best);
        long size = levels.GetValueAtIndex(best);
        int taken = (int)Math.Min(most, size);
        if (taken == size) levels.RemoveAt(best);
        else levels.SetValueAtIndex(best, size - taken);
        return taken;
    }

    public long Ticks(double price) => (long)Math.Round(price * instrument.TicksPerPoint, MidpointRounding.AwayFromZero);

    private long SizeOf(double size) => size > 0 ? (long)size : assumedSize;

    private void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    private static bool IsPrice(double price) => double.IsFinite(price) && price != 0;

    private static void Set(SortedList<long, long> levels, long ticks, long size)
    {
        if (size > 0) levels[ticks] = size;
        else levels.Remove(ticks);
    }
}
