using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>The kinds of depth entries that the gateway sends; the numbers are the protocol's.</summary>
internal enum DepthType
{
    Ask = 1,
    Bid = 2,
    BestAsk = 3,
    BestBid = 4,
    Reset = 6,
    NewBestBid = 9,
    NewBestAsk = 10,
}

/// <summary>One entry of a depth event.</summary>
/// <param name="Volume">Contracts at the price; 0 removes the level.</param>
internal readonly record struct DepthEntry(Timestamp Time, DepthType Type, decimal Price, long Volume);

/// <summary>The order book of a product, to tell what a change means and to show it whole to a new subscriber.</summary>
internal sealed class DepthBook(Instrument instrument)
{
    private readonly SortedList<decimal, long> _bids = [];
    private readonly SortedList<decimal, long> _asks = [];
    private bool _hasDepth;

    public bool IsEmpty => _bids.Count + _asks.Count == 0;

    public void Apply(in DepthUpdate update, List<DepthEntry> entries)
    {
        // The first real update takes the place of a book that was made from quotes.
        bool isFirst = !_hasDepth && !IsEmpty;
        _hasDepth = true;
        if (isFirst || update.Action == DepthAction.Reset)
        {
            _bids.Clear();
            _asks.Clear();
            entries.Add(new(update.Time, DepthType.Reset, 0, 0));
        }
        if (update.Action == DepthAction.Set) entries.Add(Set(update.Time, update.Side, instrument.RoundToTick(update.Price), (long)update.Size));
    }

    /// <summary>Makes a one-level book from a quote with sizes, for a source that has no depth.</summary>
    public void Apply(in Quote quote, List<DepthEntry> entries)
    {
        if (_hasDepth) return;
        Touch(quote.Time, Side.Buy, _bids, quote.Bid, quote.BidSize, entries);
        Touch(quote.Time, Side.Sell, _asks, quote.Ask, quote.AskSize, entries);
    }

    /// <summary>The whole book as a subscriber gets it first: a reset, then all levels, best first.</summary>
    public List<DepthEntry> Snapshot(Timestamp time)
    {
        var entries = new List<DepthEntry>(1 + _bids.Count + _asks.Count) { new(time, DepthType.Reset, 0, 0) };
        for (int i = _bids.Count - 1; i >= 0; i--) entries.Add(new(time, i == _bids.Count - 1 ? DepthType.BestBid : DepthType.Bid, _bids.GetKeyAtIndex(i), _bids.GetValueAtIndex(i)));
        for (int i = 0; i < _asks.Count; i++) entries.Add(new(time, i == 0 ? DepthType.BestAsk : DepthType.Ask, _asks.GetKeyAtIndex(i), _asks.GetValueAtIndex(i)));
        return entries;
    }

    private void Touch(Timestamp time, Side side, SortedList<decimal, long> levels, double price, double size, List<DepthEntry> entries)
    {
        if (!double.IsFinite(price) || !(size > 0)) return;
        decimal level = instrument.RoundToTick(price);
        if (levels.Count == 1 && levels.GetKeyAtIndex(0) == level && levels.GetValueAtIndex(0) == (long)size) return;
        if (levels.Count == 1 && levels.GetKeyAtIndex(0) != level) entries.Add(Set(time, side, levels.GetKeyAtIndex(0), 0));
        entries.Add(Set(time, side, level, (long)size));
    }

    private DepthEntry Set(Timestamp time, Side side, decimal price, long size)
    {
        bool isBid = side == Side.Buy;
        SortedList<decimal, long> levels = isBid ? _bids : _asks;
        decimal? best = levels.Count == 0 ? null : levels.GetKeyAtIndex(isBid ? levels.Count - 1 : 0);
        if (size > 0) levels[price] = size;
        else levels.Remove(price);
        DepthType type = (isBid, best is null || (isBid ? price > best : price < best), price == best) switch
        {
            (true, true, _) when size > 0 => DepthType.NewBestBid,
            (false, true, _) when size > 0 => DepthType.NewBestAsk,
            (true, _, true) => DepthType.BestBid,
            (false, _, true) => DepthType.BestAsk,
            (true, _, _) => DepthType.Bid,
            _ => DepthType.Ask,
        };
        return new(time, type, price, size);
    }
}
