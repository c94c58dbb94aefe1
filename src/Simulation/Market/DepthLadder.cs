using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Ten levels a side as the market's depth feed shows them; the first level of each side is the touch.</summary>
internal sealed class DepthLadder
{
    public const int Levels = 10;

    private readonly InstrumentGrid _grid;
    private readonly EventQueue _queue;
    private readonly LadderSide _bids;
    private readonly LadderSide _asks;

    public DepthLadder(InstrumentGrid grid, EventQueue queue, double meanSize, SeededRandom chance)
    {
        _grid = grid;
        _queue = queue;
        _bids = new(Side.Buy, meanSize, new SeededRandom(chance.NextBits()), Set);
        _asks = new(Side.Sell, meanSize, new SeededRandom(chance.NextBits()), Set);
    }

    private Timestamp _now;

    /// <summary>Forgets what was shown: the next <see cref="Follow"/> empties the book and sends it whole.</summary>
    public void Forget()
    {
        _bids.Forget();
        _asks.Forget();
    }

    /// <summary>Sends what has changed. The side that retreats goes first, so that the book is never crossed.</summary>
    public void Follow(Timestamp now, in Touch touch)
    {
        _now = now;
        if (!_bids.IsShown) _queue.Add(new MarketEvent(_grid.Index, new DepthUpdate(now, Side.Buy, DepthAction.Reset, 0, 0)));
        if (_bids.IsShown && touch.Bid > _bids.Best)
        {
            _asks.Follow(touch.Ask, touch.AskSize);
            _bids.Follow(touch.Bid, touch.BidSize);
            return;
        }
        _bids.Follow(touch.Bid, touch.BidSize);
        _asks.Follow(touch.Ask, touch.AskSize);
    }

    private void Set(Side side, long price, int size) =>
        _queue.Add(new MarketEvent(_grid.Index, new DepthUpdate(_now, side, DepthAction.Set, _grid.Price(price), size)));
}
