using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>The past of a made-up market as bars: what its stream has produced so far and, before that, what the same market did earlier.</summary>
/// <remarks>
/// The newest <see cref="MinutesKept"/> minutes and <see cref="SecondsKept"/> seconds with trades come from the events given to <see cref="Add"/> and are exactly
/// theirs; up to an hour before the start comes from the trades of that hour, older bars are drawn when asked for, as far back as
/// <see cref="MarketGeneratorOptions.Earliest"/>, and follow the same path. Safe for one writer and any number of readers.
/// </remarks>
public sealed class MarketHistory
{
    /// <summary>About twenty sessions.</summary>
    public const int MinutesKept = 30_000;

    /// <summary>Four hours without a second free of trades.</summary>
    public const int SecondsKept = 14_400;

    private const double EventsBeforeStart = 200_000;

    /// <summary>Guards what the writer touches; held for moments only.</summary>
    private readonly Lock _recent = new();

    /// <summary>Guards what draws the older past; a reader may hold it long, the writer never waits for it.</summary>
    private readonly Lock _past = new();
    private readonly BarSource[] _sources;
    private readonly RecentBars[] _minutes;
    private readonly RecentBars[] _seconds;
    private Timestamp _now;

    /// <param name="options">The same as the stream's.</param>
    /// <exception cref="InputException">The options have faults; the message names all of them.</exception>
    public MarketHistory(MarketGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfFaulty();
        Timestamp from = BeforeStart(options);
        var minutes = new MinutePath(options.Seed, options.DayShape);
        _sources = [.. options.Instruments.Select(instrument => new BarSource(instrument, options, minutes))];
        _minutes = [.. options.Instruments.Select(_ => new RecentBars(Timestamp.NanosecondsPerMinute, MinutesKept, from))];
        _seconds = [.. options.Instruments.Select(_ => new RecentBars(Timestamp.NanosecondsPerSecond, SecondsKept, from))];
        _now = options.Start;
        var before = new MarketGenerator(options with { Start = from, Depth = false });
        while (before.TryNext(out MarketEvent past) && past.Time < options.Start) AddTrade(past);
    }

    /// <summary>Takes the next event of the stream.</summary>
    public void Add(in MarketEvent marketEvent)
    {
        lock (_recent)
        {
            if (marketEvent.Time > _now) _now = marketEvent.Time;
            AddTrade(marketEvent);
        }
    }

    /// <summary>Says that the time has come although nothing was traded: bars that end by then are complete.</summary>
    public void AdvanceTo(Timestamp now)
    {
        lock (_recent)
        {
            if (now > _now) _now = now;
        }
    }

    /// <summary>The newest bars that start in [from, to), oldest of them first. A bar without trades is missing.</summary>
    /// <param name="instrument">Index in <see cref="MarketGeneratorOptions.Instruments"/>.</param>
    /// <param name="timeframe">Whole seconds up to one day; a daily bar is the venue's session.</param>
    /// <param name="limit">Most bars, 0 or more.</param>
    /// <param name="withPartial">Also the bar that is not complete yet.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such instrument.</exception>
    /// <exception cref="InputException">The timeframe is not of time, longer than a day, or no whole number of seconds.</exception>
    public IReadOnlyList<Bar> Bars(int instrument, Timeframe timeframe, Timestamp from, Timestamp to, int limit, bool withPartial = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(instrument);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(instrument, _sources.Length);
        BarSpan.ThrowIfUnfit(timeframe);
        Timestamp now = Now;
        if (from < MarketGeneratorOptions.Earliest) from = MarketGeneratorOptions.Earliest;
        SessionCalendar calendar = _sources[instrument].Calendar;
        var newestFirst = new List<Bar>();
        Timestamp end = EndOf(to < now ? to : BarSpan.After(now, 1), timeframe, calendar);
        while (end > from && newestFirst.Count < limit)
        {
            Timestamp start = ChunkStart(end, timeframe, calendar);
            List<Bar> bars = BarSpan.Join(Small(instrument, timeframe, start, end), timeframe, calendar);
            bars.RemoveAll(bar => bar.Start < from || bar.Start >= to || (!withPartial && bar.End > now));
            bars.Reverse();
            newestFirst.AddRange(bars);
            end = start;
        }
        if (newestFirst.Count > limit) newestFirst.RemoveRange(limit, newestFirst.Count - limit);
        newestFirst.Reverse();
        return newestFirst;
    }

    private Timestamp Now
    {
        get
        {
            lock (_recent) return _now;
        }
    }

    /// <summary>Bars of a second or a minute that start in [from, to): drawn ones, then those of the stream.</summary>
    private List<Bar> Small(int instrument, Timeframe timeframe, Timestamp from, Timestamp to)
    {
        bool seconds = timeframe.Amount % Timestamp.NanosecondsPerMinute != 0;
        RecentBars recent = seconds ? _seconds[instrument] : _minutes[instrument];
        var streamed = new List<Bar>();
        Timestamp end;
        lock (_recent)
        {
            end = recent.From < to ? recent.From : to;
            recent.CopyTo(from, to, streamed);
        }
        if (from >= end) return streamed;
        var bars = new List<Bar>();
        lock (_past) _sources[instrument].Add(seconds, from, end, bars);
        bars.AddRange(streamed);
        return bars;
    }

    private void AddTrade(in MarketEvent marketEvent)
    {
        if (marketEvent.Kind != MarketEventKind.Trade) return;
        _minutes[marketEvent.Instrument].Add(marketEvent.Trade);
        _seconds[marketEvent.Instrument].Add(marketEvent.Trade);
    }

    /// <summary>The end of the last bar that starts before an instant.</summary>
    private static Timestamp EndOf(Timestamp to, Timeframe timeframe, SessionCalendar calendar)
    {
        var last = new Timestamp(to.Nanoseconds - 1);
        return last < MarketGeneratorOptions.Earliest ? last : BarSpan.Of(last, timeframe, calendar).End;
    }

    /// <summary>Where to cut the past so that no bar is cut: a session for daily bars, an hour for seconds that fit into it, else a day of UTC.</summary>
    private static Timestamp ChunkStart(Timestamp end, Timeframe timeframe, SessionCalendar calendar)
    {
        var last = new Timestamp(end.Nanoseconds - 1);
        bool fitsHour = timeframe.Amount < Timestamp.NanosecondsPerMinute && Timestamp.NanosecondsPerHour % timeframe.Amount == 0;
        if (!timeframe.IsDaily) return BarSpan.Floor(last, fitsHour ? Timestamp.NanosecondsPerHour : Timestamp.NanosecondsPerDay);
        while (!calendar.IsOpen(last)) last -= TimeSpan.FromHours(1);
        return calendar.SessionAt(last).Open;
    }

    private static Timestamp BeforeStart(MarketGeneratorOptions options)
    {
        double perMinute = 60 * options.Instruments.Sum(instrument => options.RateOf(InstrumentProfile.Of(instrument)));
        long minutes = (long)Math.Min(Math.Max(EventsBeforeStart / perMinute, 1), 60);
        long start = options.Start.Nanoseconds - minutes * Timestamp.NanosecondsPerMinute;
        return BarSpan.Floor(new Timestamp(Math.Max(start, MarketGeneratorOptions.Earliest.Nanoseconds)), Timestamp.NanosecondsPerMinute);
    }
}
