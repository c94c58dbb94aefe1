using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>A made-up futures market: trades, quotes and, when asked for, depth of several instruments in the order of time, for as long as they are pulled.</summary>
/// <remarks>
/// Equal options give equal events on every machine. The seed fixes the price of each instrument at each instant: neither the start nor the company of
/// other instruments changes it, so a market that is joined later is the same market. Nothing is allocated per event once a day has been seen.
/// The model and its known lies: docs/market-generator.md. Not safe for use by several threads at once.
/// </remarks>
public sealed class MarketGenerator
{
    private readonly EventQueue _queue = new();
    private readonly InstrumentStream[] _streams;

    /// <exception cref="InputException">The options have faults; the message names all of them.</exception>
    public MarketGenerator(MarketGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfFaulty();
        Options = options;
        _streams = StreamsOf(options, _queue);
        while (NextStream().Next < options.Start)
        {
            NextStream().Advance();
            _queue.Clear();
        }
        foreach (InstrumentStream stream in _streams) stream.Introduce(options.Start);
    }

    /// <summary>The instruments of which it can make a market.</summary>
    public static IReadOnlyCollection<string> Symbols { get; } = [.. InstrumentProfile.Symbols];

    public MarketGeneratorOptions Options { get; }

    /// <summary>The next event, never earlier than the one before; false at the end of time (<see cref="MarketGeneratorOptions.Latest"/>).</summary>
    public bool TryNext(out MarketEvent marketEvent)
    {
        while (!_queue.TryTake(out marketEvent))
        {
            InstrumentStream stream = NextStream();
            if (stream.Next >= MarketGeneratorOptions.Latest) return false;
            stream.Advance();
        }
        return true;
    }

    /// <summary>Bars of this market drawn without its trades: fast, and alike in all but the noise of single prints.</summary>
    /// <param name="instrument">Any with a profile, not only those of the options.</param>
    /// <param name="timeframe">Whole seconds up to one day; a daily bar is the venue's session.</param>
    /// <param name="from">Bars start here or later; the start of the options plays no part.</param>
    /// <param name="count">How many bars; fewer only where time ends (<see cref="MarketGeneratorOptions.Latest"/>).</param>
    /// <exception cref="InputException">The instrument has no profile, or the timeframe does not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is too early or <paramref name="count"/> below 0.</exception>
    public IReadOnlyList<Bar> GenerateBars(Instrument instrument, Timeframe timeframe, Timestamp from, int count)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, MarketGeneratorOptions.Earliest);
        BarSpan.ThrowIfUnfit(timeframe);
        return new BarSource(instrument, Options, new(Options.Seed, Options.DayShape)).Take(timeframe, from, count);
    }

    private InstrumentStream NextStream()
    {
        InstrumentStream first = _streams[0];
        for (int i = 1; i < _streams.Length; i++)
        {
            if (_streams[i].Next < first.Next) first = _streams[i];
        }
        return first;
    }

    private static InstrumentStream[] StreamsOf(MarketGeneratorOptions options, EventQueue queue)
    {
        var minutes = new MinutePath(options.Seed, options.DayShape);
        var paths = new Dictionary<int, StepPath>();
        var streams = new InstrumentStream[options.Instruments.Count];
        for (int i = 0; i < streams.Length; i++)
        {
            Instrument instrument = options.Instruments[i];
            InstrumentProfile profile = InstrumentProfile.Of(instrument);
            if (!paths.TryGetValue(profile.Underlying.Index, out StepPath? path)) paths.Add(profile.Underlying.Index, path = new(options.Seed, profile.Underlying, minutes));
            var grid = new InstrumentGrid(i, instrument);
            streams[i] = new(grid, profile, options.CalendarOf(instrument), options, new(profile, grid, options.RateOf(profile), minutes), path, queue);
        }
        return streams;
    }
}
