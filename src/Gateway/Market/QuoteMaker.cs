using Tradewind.Core.Engine;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Makes the quotes of an instrument whose recording has none: a purchase happens at an ask, a sale at a bid, one tick apart.</summary>
/// <remarks>Sizes are not known and stay 0, so there is no depth. With the recording's first own quote it falls silent.</remarks>
internal sealed class QuoteMaker(Instrument instrument, int index)
{
    private bool _hasQuotes;
    private TickRule _rule = new();
    private double _lastBid = double.NaN;

    /// <summary>The quote that must come before an input, if any.</summary>
    public Input? Before(in Input input)
    {
        if (input.Kind == InputKind.Quote) _hasQuotes = true;
        if (_hasQuotes || input.Kind != InputKind.Trade) return null;
        double bid = _rule.IsSell(input.Trade) ? input.Trade.Price : input.Trade.Price - instrument.TickSizeAsDouble;
        if (bid == _lastBid) return null;
        _lastBid = bid;
        return new Input(index, new Quote(input.Time, bid, bid + instrument.TickSizeAsDouble));
    }
}
