using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>Bars of one second or one minute of one contract drawn directly, without its trades: for the past before a stream and for samples.</summary>
/// <remarks>
/// They follow the same path as the trades and differ from bars of trades in the noise: first and last print within about a spread, volume by its scatter.
/// </remarks>
internal sealed class BarSource
{
    private readonly InstrumentGrid _grid;
    private readonly Underlying _underlying;
    private readonly SessionCalendar _calendar;
    private readonly MinutePath _minutes;
    private readonly StepPath _steps;
    private readonly MinuteRates _rates;
    private readonly TradeSizes _sizes;
    private readonly ulong _seed;
    private readonly ulong _key;

    public BarSource(Instrument instrument, MarketGeneratorOptions options, MinutePath minutes)
    {
        InstrumentProfile profile = InstrumentProfile.Of(instrument);
        _grid = new(0, instrument);
        _underlying = profile.Underlying;
        _calendar = options.CalendarOf(instrument);
        _minutes = minutes;
        _steps = new(options.Seed, profile.Underlying, _minutes);
        _rates = new(profile, _grid, options.RateOf(profile), _minutes);
        _sizes = new(profile.LargestTrade);
        _seed = options.Seed;
        _key = Purpose.KeyOf(profile.Symbol);
    }


    public SessionCalendar Calendar => _calendar;

    /// <summary>Adds the bars that start in [from, to), oldest first; seconds and minutes without trades have none.</summary>
    public void Add(bool seconds, Timestamp from, Timestamp to, List<Bar> bars)
    {
        Timestamp minute = BarSpan.Floor(from, Timestamp.NanosecondsPerMinute);
        while (minute < to)
        {
            Session session = _calendar.SessionAt(minute);
            if (minute < session.Open) minute = session.Open;
            for (; minute < session.Close && minute < to; minute = BarSpan.After(minute, Timestamp.NanosecondsPerMinute))
            {
                if (seconds) AddSeconds(minute, from, to, bars);
                else if (minute >= from) AddMinute(minute, bars);
            }
        }
    }

    /// <summary>The first bars of the timeframe that start at an instant or later.</summary>
    public List<Bar> Take(Timeframe timeframe, Timestamp from, int count)
    {
        bool seconds = timeframe.Amount % Timestamp.NanosecondsPerMinute != 0;
        var bars = new List<Bar>(count);
        var small = new List<Bar>();
        Timestamp start = BarSpan.Of(from, timeframe, _calendar).Start;
        while (bars.Count < count && start < MarketGeneratorOptions.Latest)
        {
            Timestamp end = ChunkEnd(start, timeframe);
            small.Clear();
            Add(seconds, start, end, small);
            foreach (Bar bar in BarSpan.Join(small, timeframe, _calendar))
            {
                if (bar.Start >= from && bars.Count < count) bars.Add(bar);
            }
            start = end;
        }
        return bars;
    }

    /// <summary>A piece of time that cuts no bar: a session or the rest of a day of UTC.</summary>
    private Timestamp ChunkEnd(Timestamp start, Timeframe timeframe) => timeframe.IsDaily
        ? _calendar.SessionAt(start).Close
        : BarSpan.After(BarSpan.Floor(start, Timestamp.NanosecondsPerDay), Timestamp.NanosecondsPerDay);

    private void AddMinute(Timestamp minute, List<Bar> bars)
    {
        MinuteState state = _minutes[_underlying, minute];
        double from = TicksOf(_underlying.Anchor * BitExact.Exp(state.From));
        var sketch = new BarSketch(from, TicksOf(_underlying.Anchor * BitExact.Exp(state.To)), from * state.Volatility,
            60 * MinuteRates.TradesPerEvent * _rates.EventsPerSecond(minute), _rates.ExtraSpread(minute));
        SeededRandom chance = SeededRandom.Of(_seed, Purpose.Bars + _key, minute.Nanoseconds / Timestamp.NanosecondsPerSecond);
        if (sketch.TryDraw(_grid, _sizes, minute, BarSpan.After(minute, Timestamp.NanosecondsPerMinute), ref chance, out Bar bar)) bars.Add(bar);
    }

    private void AddSeconds(Timestamp minute, Timestamp from, Timestamp to, List<Bar> bars)
    {
        const int StepsPerSecond = StepPath.Steps / 60;
        ReadOnlySpan<double> prices = _steps.Minute(minute);
        double volatility = TicksOf(prices[0]) * _minutes[_underlying, minute].Volatility / Math.Sqrt(60);
        double trades = MinuteRates.TradesPerEvent * _rates.EventsPerSecond(minute);
        double spread = _rates.ExtraSpread(minute);
        for (int second = 0; second < 60; second++)
        {
            var start = new Timestamp(minute.Nanoseconds + second * Timestamp.NanosecondsPerSecond);
            if (start < from || start >= to) continue;
            var sketch = new BarSketch(TicksOf(prices[second * StepsPerSecond]), TicksOf(prices[(second + 1) * StepsPerSecond]), volatility, trades, spread);
            SeededRandom chance = SeededRandom.Of(_seed, Purpose.BarSeconds + _key, start.Nanoseconds / Timestamp.NanosecondsPerSecond);
            if (sketch.TryDraw(_grid, _sizes, start, BarSpan.After(start, Timestamp.NanosecondsPerSecond), ref chance, out Bar bar)) bars.Add(bar);
        }
    }

    private double TicksOf(double price) => price * _grid.TicksPerPoint;
}
