using System.Globalization;
using Tradewind.Core.Market;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>What market to make up. Equal options give equal events on every machine.</summary>
public sealed record MarketGeneratorOptions
{
    /// <summary>The first instant that can be asked for.</summary>
    public static readonly Timestamp Earliest = Timestamp.FromUtc(2000, 2, 1);

    /// <summary>The first instant that can no longer be asked for; the stream ends there.</summary>
    public static readonly Timestamp Latest = Timestamp.FromUtc(2100, 1, 1);

    /// <summary>Names the market: the price of an instrument at an instant follows from the seed, whatever the other options are.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Time of the first event or just before it. <see cref="Earliest"/> to <see cref="Latest"/>.</summary>
    public Timestamp Start { get; init; } = Timestamp.FromUtc(2025, 3, 3, 14, 30);

    /// <summary>1 to 64 different ones of those with a profile: ES, NQ, CL, GC, 6E and their micros MES, MNQ, MCL, MGC, M6E.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [Known("ES"), Known("NQ"), Known("CL")];

    /// <summary>Multiplies the events per second of all instruments. 0.01 to 10,000; 1 gives 3 (M6E) to 40 (NQ) in the regular hours.</summary>
    public double ActivityScale { get; init; } = 1;

    /// <summary>
    /// Trades and quotes per second by symbol, averaged over the regular hours; takes the place of the default times <see cref="ActivityScale"/>.
    /// 0.01 to 100,000. Depth updates come on top.
    /// </summary>
    public IReadOnlyDictionary<string, double> EventsPerSecond { get; init; } = new Dictionary<string, double>();

    /// <summary>Ten levels a side as depth updates beside trades and quotes; trades and quotes are the same with and without.</summary>
    public bool Depth { get; init; }

    /// <summary>The day's shape: quiet nights, busy opens and closes. Off: each hour is like the average regular hour, for load tests and demonstrations at night.</summary>
    public bool DayShape { get; init; } = true;

    /// <summary>Trades through the daily halt, weekends and holidays, for demonstrations at any hour. Off: the instruments' calendars rule.</summary>
    public bool AroundTheClock { get; init; }

    /// <summary>All faults, each as one sentence with what was found and what is expected; empty when the options can be used.</summary>
    public IReadOnlyList<string> Faults()
    {
        var faults = new List<string>();
        if (Start < Earliest || Start >= Latest) faults.Add($"Start is {Start}; expected {Earliest} or later and before {Latest}.");
        if (!(ActivityScale is >= 0.01 and <= 10_000)) faults.Add($"ActivityScale is {Text(ActivityScale)}; expected 0.01 to 10000.");
        AddInstrumentFaults(faults);
        AddRateFaults(faults);
        return faults;
    }

    /// <exception cref="InputException">The options have faults; the message names all of them.</exception>
    internal void ThrowIfFaulty()
    {
        IReadOnlyList<string> faults = Faults();
        if (faults.Count > 0) throw new InputException("The market cannot be generated. " + string.Join(' ', faults));
    }

    internal SessionCalendar CalendarOf(Instrument instrument) => AroundTheClock ? ContinuousCalendar.Instance : instrument.Calendar;

    internal double RateOf(InstrumentProfile profile)
    {
        foreach ((string symbol, double rate) in EventsPerSecond)
        {
            if (string.Equals(symbol, profile.Symbol, StringComparison.OrdinalIgnoreCase)) return rate;
        }
        return profile.EventsPerSecond * ActivityScale;
    }

    private void AddInstrumentFaults(List<string> faults)
    {
        if (Instruments.Count is < 1 or > 64) faults.Add($"Instruments has {Instruments.Count} entries; expected 1 to 64.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Instrument instrument in Instruments)
        {
            if (!InstrumentProfile.TryFind(instrument.Symbol, out _))
                faults.Add($"Instruments has {instrument.Symbol}, which has no profile; expected some of {string.Join(", ", InstrumentProfile.Symbols)}.");
            else if (!seen.Add(instrument.Symbol)) faults.Add($"Instruments has {instrument.Symbol} twice; expected each once.");
        }
    }

    private void AddRateFaults(List<string> faults)
    {
        foreach ((string symbol, double rate) in EventsPerSecond)
        {
            if (!Instruments.Any(instrument => string.Equals(instrument.Symbol, symbol, StringComparison.OrdinalIgnoreCase)))
                faults.Add($"EventsPerSecond names {symbol}, which is not among the instruments; remove it or add the instrument.");
            if (!(rate is >= 0.01 and <= 100_000)) faults.Add($"EventsPerSecond of {symbol} is {Text(rate)}; expected 0.01 to 100000.");
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static Instrument Known(string symbol) => Core.Model.Instruments.TryFind(symbol, out Instrument? instrument)
        ? instrument
        : throw new InvalidOperationException($"{symbol} is missing from the built-in instruments.");
}
