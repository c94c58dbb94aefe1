using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Simulation.Fills;

namespace Tradewind.Simulation;

/// <summary>What one instrument did, oldest first, as a <see cref="JointRun"/> takes it in.</summary>
public abstract class History
{
    private int _next;

    private protected History(int instrument, int count)
    {
        Instrument = instrument;
        Count = count;
    }

    /// <summary>Index of the instrument in the engine.</summary>
    public int Instrument { get; }

    internal int Count { get; }

    internal bool IsAtEnd => _next >= Count;

    /// <summary>When the next record is known: a bar at its end, a tick at its time.</summary>
    internal Timestamp Known => KnownAt(_next);

    public static History Of(int instrument, ReadOnlyMemory<Bar> bars) => new BarHistory(instrument, bars);

    public static History Of(int instrument, ReadOnlyMemory<Trade> trades) => new TradeHistory(instrument, trades);

    /// <param name="timeframe">Length of the bars that are built of the middle between bid and ask; see <see cref="Backtest.Run(int, ReadOnlySpan{Quote}, Timeframe)"/>.</param>
    /// <param name="of">What the quotes are of.</param>
    public static History Of(int instrument, ReadOnlyMemory<Quote> quotes, Timeframe timeframe, Instrument of) => new QuoteHistory(instrument, quotes, timeframe, of);

    /// <summary>A fill within the bar that comes next, and when it is told; null where there is none.</summary>
    internal virtual (BarFill Fill, Timestamp Told)? FindFill(Backtest backtest) => null;

    internal void Take(Backtest backtest) => Take(backtest, _next++);

    private protected abstract Timestamp KnownAt(int index);

    private protected abstract void Take(Backtest backtest, int index);

    private sealed class BarHistory(int instrument, ReadOnlyMemory<Bar> bars) : History(instrument, bars.Length)
    {
        internal override (BarFill Fill, Timestamp Told)? FindFill(Backtest backtest) => backtest.FindFill(Instrument, in bars.Span[_next]);

        private protected override Timestamp KnownAt(int index) => bars.Span[index].End;

        private protected override void Take(Backtest backtest, int index)
        {
            ref readonly Bar bar = ref bars.Span[index];
            backtest.Close(Instrument, in bar);
            backtest.Tally.OnJointBar(in bar);
        }
    }

    private sealed class TradeHistory(int instrument, ReadOnlyMemory<Trade> trades) : History(instrument, trades.Length)
    {
        private protected override Timestamp KnownAt(int index) => trades.Span[index].Time;

        private protected override void Take(Backtest backtest, int index)
        {
            ref readonly Trade trade = ref trades.Span[index];
            backtest.See(Instrument, in trade);
            backtest.Tally.OnJointTick(trade.Time);
        }
    }

    private sealed class QuoteHistory(int instrument, ReadOnlyMemory<Quote> quotes, Timeframe timeframe, Instrument of) : History(instrument, quotes.Length)
    {
        private readonly BarBuilder _builder = new(timeframe, of);

        private protected override Timestamp KnownAt(int index) => quotes.Span[index].Time;

        private protected override void Take(Backtest backtest, int index)
        {
            ref readonly Quote quote = ref quotes.Span[index];
            backtest.See(Instrument, in quote);
            backtest.Tally.OnJointTick(quote.Time);
            if (_builder.Add(new Trade(quote.Time, quote.Mid, 0), out Bar bar)) backtest.SeeBuilt(Instrument, in bar, quote.Time);
        }
    }
}
