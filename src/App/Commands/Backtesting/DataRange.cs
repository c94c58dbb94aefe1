using Tradewind.Core.Model;
using Tradewind.Storage;

namespace Tradewind.App.Commands.Backtesting;

/// <summary>Which records of a file lie between two instants.</summary>
internal static class DataRange
{
    /// <exception cref="InputException">None does.</exception>
    public static Range Of(MarketDataFile file, Timestamp? from, Timestamp? to)
    {
        int first = from is { } start ? FirstAt(file, start) : 0;
        int end = to is { } stop ? FirstAt(file, stop) : file.Count;
        if (first < end) return first..end;
        throw new InputException(file.Count == 0 ? $"{file.Path}: found no records; export or import it again." : $"--from, --to: {file.Path} has nothing from {from?.ToString() ?? "its start"} to {to?.ToString() ?? "its end"}; it covers {file.From} to {file.To}.");
    }

    /// <summary>From the first record of a range that is not empty to the end of its last.</summary>
    public static (Timestamp From, Timestamp To) SpanOf(MarketDataFile file, Range events)
    {
        (int first, int count) = events.GetOffsetAndLength(file.Count);
        int last = first + count - 1;
        return (TimeOf(file, first), file.Kind == MarketDataKind.Bars ? file.Bars.Span[last].End : TimeOf(file, last));
    }

    /// <summary>Index of the first record at the instant or later.</summary>
    private static int FirstAt(MarketDataFile file, Timestamp time)
    {
        int low = 0, high = file.Count;
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            if (TimeOf(file, middle) < time) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static Timestamp TimeOf(MarketDataFile file, int index) => file.Kind switch
    {
        MarketDataKind.Bars => file.Bars.Span[index].Start,
        MarketDataKind.Trades => file.Trades.Span[index].Time,
        _ => file.Quotes.Span[index].Time,
    };
}
