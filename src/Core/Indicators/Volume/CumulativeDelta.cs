using Tradewind.Core.Model;

namespace Tradewind.Core.Indicators;

/// <summary>Cumulative delta: the size of all trades that lifted the ask minus that of those that hit the bid. Its value moves at the end of each bar. Ready with the first bar.</summary>
/// <remarks>
/// Only trades move it: from bars alone it stays at 0. Where the feed does not tell the aggressor, the tick rule guesses: a trade above the last price
/// was a buyer's, one below a seller's, one at the same price like the one before. Lee and Ready, Journal of Finance, 1991, found such guesses right in about four of five cases.
/// </remarks>
[Indicator("cumulativeDelta", "sum of signed trade sizes; aggressor by the feed, otherwise by the tick rule", ReadsTrades = true)]
public sealed class CumulativeDelta : Indicator<Bar, CumulativeDelta.State>
{
    public CumulativeDelta(BarSource? bars = null) : base(bars)
    {
    }

    protected override int OwnWarmUp => 1;

    protected override State Advance(in State state, in Bar bar) => state;

    protected override State Absorb(in State state, in Trade trade)
    {
        int side = trade.Aggressor switch
        {
            Aggressor.Buyer => 1,
            Aggressor.Seller => -1,
            _ when !state.HasPrice || trade.Price == state.Price => state.Side,
            _ => trade.Price > state.Price ? 1 : -1,
        };
        return new(true, trade.Price, side, state.Delta.Plus(side * trade.Size));
    }

    protected override double Read(in State state) => state.Delta.Total;

    /// <param name="HasPrice">False before the first trade.</param>
    /// <param name="Price">Of the last trade.</param>
    /// <param name="Side">Of the last trade: 1 buyer, −1 seller, 0 unknown so far.</param>
    /// <param name="Delta">The sum.</param>
    public readonly record struct State(bool HasPrice, double Price, int Side, CompensatedSum Delta);
}
