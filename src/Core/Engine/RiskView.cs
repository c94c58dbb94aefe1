using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Core.Orders;
using Tradewind.Core.Portfolio;
using Tradewind.Core.Risk;

namespace Tradewind.Core.Engine;

internal sealed class RiskView(OutputBuffer outputs, MarketState[] markets, Account account) : IRiskView
{
    public Timestamp Now => outputs.Time;

    public int InstrumentCount => markets.Length;

    public decimal Cash => account.Cash;

    public double Equity => account.Equity;

    public double PeakEquity => account.Peak;

    public Instrument Instrument(int index) => markets[index].Instrument;

    public decimal Position(int index) => account.PositionOf(index).Quantity;

    public double Mark(int index) => markets[index].Mark;

    public double Touch(int index, Side side)
    {
        MarketState market = markets[index];
        double best = side == Side.Buy ? market.Quote.Ask : market.Quote.Bid;
        return best == 0 || double.IsNaN(best) ? market.Mark : best;
    }

    public Timestamp LastMarketData(int index) => markets[index].LastData;

    public Timestamp HaltedUntil(int index) => markets[index].HaltedUntil;

    public bool IsFeedDown(int index) => markets[index].IsFeedDown;

    public decimal WorstPosition(int index)
    {
        decimal position = Position(index), buys = 0m, sells = 0m;
        foreach (Order order in markets[index].Working)
        {
            if (order.Purpose != OrderPurpose.Target) continue;
            if (order.Side == Side.Buy) buys += order.WorstRemaining;
            else sells += order.WorstRemaining;
        }
        return Math.Max(Math.Abs(position + buys), Math.Abs(position - sells));
    }
}
