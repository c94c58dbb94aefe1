using System.Diagnostics;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Reads bars, trades and quotes from CSV files, gzip'd or not, at the speed of the disk or a core, whichever is slower.</summary>
/// <remarks>
/// The first line names the columns: <c>timestamp,open,high,low,close,volume</c>, <c>timestamp,price,size</c> or <c>timestamp,bid,ask[,bidSize,askSize]</c>,
/// in any order and case; other columns are ignored and noted. Trades may have <c>aggressor</c> (buyer, seller or empty), bars an <c>end</c>.
/// Times are ISO 8601 with an offset, the same in every row, or Unix seconds to nanoseconds; bars may carry plain dates instead.
/// Bars must be in strictly increasing order of time, trades and quotes may share a time. The first fault ends the reading.
/// </remarks>
public static class CsvReader
{
    /// <exception cref="InputException">The file cannot be opened, read or understood; the sentence names the line.</exception>
    public static MarketDataFile Read(string path, MarketDataOptions options) => CsvSource.Read(path, source => Read(source, path, options));

    internal static string[] NotesOf(CsvColumns columns) => columns.Ignored.Any() ? [$"Ignored columns: {string.Join(", ", columns.Ignored)}."] : [];

    private static MarketDataFile Read(CsvSource source, string path, MarketDataOptions options)
    {
        CsvChunk? first = source.Next();
        CsvFormat format = CsvFormat.Learn(source, first, path, options);
        Debug.Assert(first is not null, "learning refuses a file without rows");
        string[] notes = NotesOf(format.Columns);
        return format.Columns.Kind switch
        {
            MarketDataKind.Bars => ReadBars(source, first, format, options, notes),
            MarketDataKind.Trades => new(path, options.Symbol, MemoryOf(new CsvPipeline<TradeShape, Trade>(source, format).ReadAll(first)), notes),
            _ => new(path, options.Symbol, MemoryOf(new CsvPipeline<QuoteShape, Quote>(source, format).ReadAll(first)), notes),
        };
    }

    private static MarketDataFile ReadBars(CsvSource source, CsvChunk first, CsvFormat format, MarketDataOptions options, string[] notes)
    {
        var pipeline = new CsvPipeline<BarShape, Bar>(source, format);
        ArraySegment<Bar> bars = pipeline.ReadAll(first);
        bool hasEnd = format.Columns.Has(ColumnRole.End);
        long? shown = options.Timeframe?.Amount ?? BarTimes.LengthOf(bars, hasEnd, pipeline.SmallestStep);
        if (shown is null) notes = [.. notes, "One bar shows no step: its length is taken as 1m."];
        long length = shown ?? Timestamp.NanosecondsPerMinute;
        if (!hasEnd && (length != format.AssumedLength || length >= Timestamp.NanosecondsPerDay)) BarTimes.SetEnds(bars, length);
        RefuseOverlap(bars, length, pipeline.SmallestStep, format);
        return new(format.Path, options.Symbol, MemoryOf(bars), options.Timeframe ?? new(TimeframeKind.Time, length), notes);
    }

    private static void RefuseOverlap(ReadOnlySpan<Bar> bars, long length, long smallestStep, CsvFormat format)
    {
        if (!format.Columns.Has(ColumnRole.End) && smallestStep >= length) return;
        int index = BarTimes.FirstOverlap(bars);
        if (index < 0) return;
        string found = $"{bars[index].Start} before the end {bars[index - 1].End} of the bar before it";
        var fault = new CsvFault(DataFault.Overlap, format.Columns.NameOf(ColumnRole.Time), found, "bars that do not overlap", "give the timeframe that the file really has, or correct the row");
        throw new InputException(fault.Describe(format.Path, index + 2));
    }

    private static ReadOnlyMemory<T> MemoryOf<T>(ArraySegment<T> records) => records;
}
