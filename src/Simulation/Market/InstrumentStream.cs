using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Trades and quotes of one contract around the price of its underlying.</summary>
/// <remarks>
/// Each minute draws from a source of its own and starts with a fresh touch, so that what happens in a minute does not depend on when the stream was
/// started. A buyer is the likelier, the nearer the price is to the ask: trades bounce between bid and ask (Roll, 1984) around a price without bounce.
/// </remarks>
internal sealed class InstrumentStream
{
    private const double TradeShare = 0.5;

    /// <summary>Measured: a quote each, a trade in half of them, and now and then a quote of a touch that had to follow the price first.</summary>
    private const double EventsPerArrival = 1.62;

    /// <summary>How far the last trade's side moves the odds of the next one.</summary>
    private const double SidePersistence = 0.22;

    private readonly InstrumentGrid _grid;
    private readonly SessionCalendar _calendar;
    private readonly EventQueue _queue;
    private readonly StepPath _path;
    private readonly MinuteRates _rates;
    private readonly DepthLadder? _ladder;
    private readonly TradeSizes _sizes;
    private readonly ulong _seed;
    private readonly ulong _key;

    private Session _session;
    private SeededRandom _chance;
    private Arrivals _arrivals;
    private Touch _touch;
    private int _lastSide;
    private Timestamp _minuteEnd;
    private bool _isAtMinuteEnd = true;

    public InstrumentStream(InstrumentGrid grid, InstrumentProfile profile, SessionCalendar calendar, MarketGeneratorOptions options, MinuteRates rates, StepPath path, EventQueue queue)
    {
        _grid = grid;
        _sizes = new(profile.LargestTrade);
        _calendar = calendar;
        _rates = rates;
        _path = path;
        _queue = queue;
        _seed = options.Seed;
        _key = Purpose.KeyOf(profile.Symbol);
        if (options.Depth) _ladder = new(grid, queue, profile.TouchSize, SeededRandom.Of(_seed, Purpose.Ladder + _key, options.Start.Nanoseconds));
        long intoMinute = options.Start.Nanoseconds % Timestamp.NanosecondsPerMinute;
        Next = new(options.Start.Nanoseconds - intoMinute);
    }

    /// <summary>When <see cref="Advance"/> is due.</summary>
    public Timestamp Next { get; private set; }

    /// <summary>Lets happen what is due at <see cref="Next"/>: something in the market, or nothing but the turn of a minute.</summary>
    public void Advance()
    {
        if (_isAtMinuteEnd)
        {
            EnterMinute();
            return;
        }
        double price = _path.PriceAt(Next) * _grid.TicksPerPoint;
        if (!_touch.IsOpen) OpenTouch(price);
        if (_chance.NextDouble() < TradeShare) Trade(price);
        else _touch.Change(price, ref _chance);
        SendQuote(Next);
        ScheduleFrom(Next);
    }

    /// <summary>The touch as it stands at an instant, for whoever starts to listen there.</summary>
    public void Introduce(Timestamp now)
    {
        _ladder?.Forget();
        if (!_isAtMinuteEnd && _touch.IsOpen) SendQuote(now);
    }

    private void EnterMinute()
    {
        Timestamp now = Next;
        if (now >= _session.Close) _session = _calendar.SessionAt(now);
        if (now < _session.Open)
        {
            _ladder?.Forget();
            Next = _session.Open;
            return;
        }
        long minute = now.Nanoseconds / Timestamp.NanosecondsPerMinute;
        var start = new Timestamp(minute * Timestamp.NanosecondsPerMinute);
        var end = new Timestamp(start.Nanoseconds + Timestamp.NanosecondsPerMinute);
        _minuteEnd = end < _session.Close ? end : _session.Close;
        _chance = SeededRandom.Of(_seed, Purpose.Orders + _key, minute);
        _arrivals = new(_rates.EventsPerSecond(start) / EventsPerArrival);
        _touch = new(_rates.ExtraSpread(start), _rates.TouchSize(start));
        _lastSide = 0;
        ScheduleFrom(now);
    }

    private void ScheduleFrom(Timestamp now)
    {
        long gap = (long)(_arrivals.Next(ref _chance) * 1e7) * 100;
        _isAtMinuteEnd = gap >= _minuteEnd.Nanoseconds - now.Nanoseconds;
        Next = _isAtMinuteEnd ? _minuteEnd : new(now.Nanoseconds + gap);
    }

    private void OpenTouch(double price)
    {
        _touch.Centre(price, ref _chance);
        SendQuote(Next);
    }

    private void Trade(double price)
    {
        if (_touch.HasLost(price))
        {
            _touch.Centre(price, ref _chance);
            SendQuote(Next);
        }
        double odds = _touch.ShareOf(price) * (1 - 2 * SidePersistence) + SidePersistence * (1 + _lastSide);
        Aggressor aggressor = _chance.NextDouble() < odds ? Aggressor.Buyer : Aggressor.Seller;
        _lastSide = aggressor == Aggressor.Buyer ? 1 : -1;
        int size = _sizes.Draw(ref _chance);
        long ticks = aggressor == Aggressor.Buyer ? _touch.Ask : _touch.Bid;
        _queue.Add(new MarketEvent(_grid.Index, new Trade(Next, _grid.Price(ticks), size, aggressor)));
        _touch.Take(aggressor, size, price, ref _chance);
        if (_touch.HasLost(price)) _touch.Centre(price, ref _chance);
    }

    private void SendQuote(Timestamp now)
    {
        _ladder?.Follow(now, _touch);
        _queue.Add(new MarketEvent(_grid.Index, new Quote(now, _grid.Price(_touch.Bid), _grid.Price(_touch.Ask), _touch.BidSize, _touch.AskSize)));
    }
}
