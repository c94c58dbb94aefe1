using System.Diagnostics.CodeAnalysis;
using Tradewind.Core.Model;

namespace Tradewind.Simulation.Market;

/// <summary>How one contract trades on its underlying's price.</summary>
internal sealed record InstrumentProfile
{
    public required string Symbol { get; init; }

    public required Underlying Underlying { get; init; }

    /// <summary>Trades and quotes per second, averaged over the regular hours, at activity scale 1.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>Mean of the spread beyond one tick, in ticks, in a calm and busy minute.</summary>
    public required double ExtraSpread { get; init; }

    /// <summary>Contracts shown at the touch, on average, in a busy hour.</summary>
    public required double TouchSize { get; init; }

    /// <summary>Largest trade, in contracts.</summary>
    public required int LargestTrade { get; init; }

    private static readonly Dictionary<string, InstrumentProfile> Table = new[]
    {
        Of("ES", 0, 30, 0.04, 30, 500), Of("MES", 0, 20, 0.05, 45, 200),
        Of("NQ", 1, 40, 0.30, 5, 100), Of("MNQ", 1, 30, 0.30, 10, 150),
        Of("CL", 2, 20, 0.10, 14, 200), Of("MCL", 2, 6, 0.25, 25, 100),
        Of("GC", 3, 20, 0.20, 8, 150), Of("MGC", 3, 8, 0.25, 14, 100),
        Of("6E", 4, 15, 0.08, 35, 250), Of("M6E", 4, 3, 0.08, 40, 100),
    }.ToDictionary(profile => profile.Symbol, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> Symbols => Table.Keys;

    /// <exception cref="InputException">There is none for this instrument.</exception>
    public static InstrumentProfile Of(Instrument instrument) => TryFind(instrument.Symbol, out InstrumentProfile? profile)
        ? profile
        : throw new InputException($"The market generator has no profile for {instrument.Symbol}; expected one of {string.Join(", ", Symbols)}.");

    public static bool TryFind(string symbol, [NotNullWhen(true)] out InstrumentProfile? profile) => Table.TryGetValue(symbol, out profile);

    private static InstrumentProfile Of(string symbol, int underlying, double eventsPerSecond, double extraSpread, double touchSize, int largestTrade) => new()
    {
        Symbol = symbol,
        Underlying = Underlyings.All[underlying],
        EventsPerSecond = eventsPerSecond,
        ExtraSpread = extraSpread,
        TouchSize = touchSize,
        LargestTrade = largestTrade,
    };
}
