using System.Collections.Concurrent;
using Tradewind.Core.Engine;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Gateway.Contracts;
using Tradewind.Simulation.Market;

namespace Tradewind.Gateway.Market;

/// <summary>The made-up market of <see cref="MarketGenerator"/>, with its past drawn when asked for.</summary>
public sealed class GeneratedMarket : IMarketSource
{
    private readonly MarketGeneratorOptions _options;
    private readonly Lazy<MarketHistory> _history;

    /// <summary>Sessions are slow to draw and few: a month of them is drawn once.</summary>
    private readonly ConcurrentDictionary<(int Instrument, Timestamp From, Timestamp To), IReadOnlyList<Bar>> _sessions = new();

    /// <exception cref="GatewayException">The options have faults.</exception>
    public GeneratedMarket(GatewayOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        if (options.Faults() is { Count: > 0 } faults) throw new GatewayException(string.Join(' ', faults));
        var now = Timestamp.From(time.GetUtcNow());
        _options = OptionsOf(options) with { Start = options.Start ?? (options.WallClock ? now : LatestMorning(now, InstrumentsOf(options))) };
        if (_options.Faults() is { Count: > 0 } more) throw new GatewayException(string.Join(' ', more));
        _history = new(() => new(_options));
    }

    internal MarketGeneratorOptions Options => _options;

    public IReadOnlyList<Instrument> Instruments => _options.Instruments;

    public Timestamp Start => _options.Start;

    public Timestamp Earliest => MarketGeneratorOptions.Earliest;

    public IEnumerable<Input> Read()
    {
        var generator = new MarketGenerator(_options);
        while (generator.TryNext(out MarketEvent next))
        {
            yield return next.Kind switch
            {
                MarketEventKind.Trade => new(next.Instrument, next.Trade),
                MarketEventKind.Quote => new(next.Instrument, next.Quote),
                _ => new Input(next.Instrument, next.Depth, next.Time),
            };
        }
    }

    public IEnumerable<Bar> Past(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) =>
        timeframe.IsDaily ? _sessions.GetOrAdd((instrument, from, to), key => Draw(key.Instrument, timeframe, key.From, key.To)) : Draw(instrument, timeframe, from, to);

    /// <summary>What the generator says against the options, one sentence each.</summary>
    internal static IEnumerable<string> Faults(GatewayOptions options) => OptionsOf(options).Faults();

    private IReadOnlyList<Bar> Draw(int instrument, Timeframe timeframe, Timestamp from, Timestamp to) => _history.Value.Bars(instrument, timeframe, from, to, int.MaxValue, withPartial: true);

    private static MarketGeneratorOptions OptionsOf(GatewayOptions options)
    {
        var market = new MarketGeneratorOptions { Seed = options.Seed, ActivityScale = options.Activity, Depth = true, Instruments = InstrumentsOf(options) };
        return options.Start is { } start ? market with { Start = start } : market;
    }

    private static Instrument[] InstrumentsOf(GatewayOptions options) =>
        [.. options.Symbols.Select(symbol => ProductTable.TryFind(symbol, out Product? product) ? product.Instrument : null).OfType<Instrument>()];

    /// <summary>The latest 08:30 in Chicago at which all of them traded.</summary>
    private static Timestamp LatestMorning(Timestamp now, IReadOnlyList<Instrument> instruments)
    {
        DateTime morning = UsTime.Chicago.ToLocal(now).Date.AddHours(8.5);
        while (UsTime.Chicago.ToUtc(morning) > now || !instruments.All(instrument => instrument.Calendar.IsOpen(UsTime.Chicago.ToUtc(morning)))) morning = morning.AddDays(-1);
        return UsTime.Chicago.ToUtc(morning);
    }
}
