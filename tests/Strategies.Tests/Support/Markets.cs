using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Simulation.Market;

namespace Tradewind.Strategies.Tests.Support;

/// <summary>Bars to run strategies on: made by hand, or generated from a seed.</summary>
internal static class Markets
{
    public static readonly Instrument Es = Known("ES");
    public static readonly Instrument Nq = Known("NQ");

    /// <summary>An instrument that trades around the clock with sessions of UTC days: tick 0.25, 50 a point.</summary>
    public static readonly Instrument Plain = new("PLAIN", AssetClass.Future, 0.25m, 50m, ContinuousCalendar.Instance) { MarginRate = 0.1 };

    public static readonly Timestamp Start = Timestamp.FromUtc(2025, 3, 3, 14, 30);

    /// <summary>Minutes of a generated market with its nights, weekends and gaps.</summary>
    public static Bar[] Generated(string symbol = "ES", int count = 20_000, ulong seed = 7) =>
        [.. new MarketGenerator(new MarketGeneratorOptions { Seed = seed }).GenerateBars(Known(symbol), Timeframe.OneMinute, Start, count)];

    /// <summary>Minutes in a row with these closes; each opens at the close before, with shadows of half a point.</summary>
    public static Bar[] Closes(params ReadOnlySpan<double> closes)
    {
        var bars = new Bar[closes.Length];
        for (int i = 0; i < closes.Length; i++)
        {
            double open = i == 0 ? closes[0] : closes[i - 1];
            bars[i] = Minute(i, open, Math.Max(open, closes[i]) + 0.5, Math.Min(open, closes[i]) - 0.5, closes[i]);
        }
        return bars;
    }

    public static Bar Minute(int index, double open, double high, double low, double close, double volume = 100)
    {
        Timestamp start = Start + TimeSpan.FromMinutes(index);
        return new(start, start + TimeSpan.FromMinutes(1), open, high, low, close, volume);
    }

    /// <summary>The bars of two instruments in the order of their ends; of those that end together the first one's comes first.</summary>
    public static IEnumerable<(int Instrument, Bar Bar)> Together(Bar[] first, Bar[] second) =>
        first.Select(bar => (Instrument: 0, Bar: bar)).Concat(second.Select(bar => (Instrument: 1, Bar: bar))).OrderBy(each => each.Bar.End).ThenBy(each => each.Instrument);

    private static Instrument Known(string symbol) => Instruments.TryFind(symbol, out Instrument? found) ? found : throw new ArgumentException(symbol);
}
