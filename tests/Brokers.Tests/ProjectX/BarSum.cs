using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>The bars that an engine gets by adding up, in order, what the inbox held: trades and bars of the past alike.</summary>
internal static class BarSum
{
    /// <summary>By start in seconds since 1970.</summary>
    public static SortedDictionary<long, (double O, double H, double L, double C, long V)> Of(IEnumerable<FeedInput> inputs, int index, int seconds)
    {
        var bars = new SortedDictionary<long, (double O, double H, double L, double C, long V)>();
        foreach (Input input in inputs.Select(input => input.Input).Where(input => input.Instrument == index))
        {
            if (input.Kind == InputKind.Trade) Add(bars, seconds, input.Trade);
            else if (input.Kind == InputKind.HistoryBar) Add(bars, seconds, input.Bar);
        }
        return bars;
    }

    public static void Add(SortedDictionary<long, (double O, double H, double L, double C, long V)> bars, int seconds, in Trade trade) =>
        Add(bars, seconds, new Bar(trade.Time, trade.Time, trade.Price, trade.Price, trade.Price, trade.Price, trade.Size));

    private static void Add(SortedDictionary<long, (double O, double H, double L, double C, long V)> bars, int seconds, in Bar part)
    {
        long start = part.Start.Nanoseconds / 1_000_000_000 / seconds * seconds;
        bars[start] = bars.TryGetValue(start, out var bar)
            ? (bar.O, Math.Max(bar.H, part.High), Math.Min(bar.L, part.Low), part.Close, bar.V + (long)part.Volume)
            : (part.Open, part.High, part.Low, part.Close, (long)part.Volume);
    }
}
