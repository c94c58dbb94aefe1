using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Gateway.Market;

/// <summary>Keeps a product's best prices and its figures of the session. A new session's figures begin with its first trade.</summary>
internal sealed class QuoteBoard(Instrument instrument)
{
    private Session _session;
    private decimal? _previousClose;

    public QuoteFields Fields { get; private set; }

    public void Add(in Quote quote) => Fields = Fields with { BestBid = Price(quote.Bid), BestAsk = Price(quote.Ask) };

    public void Add(in Trade trade) => Add(trade.Time, trade.Price, trade.Price, trade.Price, trade.Price, trade.Size);

    public void Add(in Bar bar) => Add(bar.Start, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume);

    private void Add(Timestamp time, double open, double high, double low, double close, double volume)
    {
        QuoteFields now = Fields;
        if (!_session.Contains(time))
        {
            _previousClose = now.LastPrice;
            _session = instrument.Calendar.SessionAt(time);
            now = now with { Open = Price(open), High = null, Low = null, Volume = 0 };
        }
        decimal last = instrument.RoundToTick(close);
        decimal? change = last - _previousClose;
        Fields = now with
        {
            LastPrice = last,
            Change = change,
            ChangePercent = _previousClose is { } previous and not 0 ? Math.Round(100m * change!.Value / previous, 2, MidpointRounding.AwayFromZero) : null,
            High = Math.Max(now.High ?? decimal.MinValue, instrument.RoundToTick(high)),
            Low = Math.Min(now.Low ?? decimal.MaxValue, instrument.RoundToTick(low)),
            Volume = now.Volume + (long)volume,
        };
    }

    /// <summary>A side of the book that is empty has no price; sources write NaN, infinity or nothing for it.</summary>
    private decimal? Price(double price) => double.IsFinite(price) && price != 0 ? instrument.RoundToTick(price) : null;
}
