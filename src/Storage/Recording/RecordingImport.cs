using Tradewind.Core.Model;
using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Recording;

/// <summary>What an import wrote.</summary>
public sealed record RecordingSummary(string Path, RecordingHeader Header, IReadOnlyList<string> Notes);

/// <summary>Turns CSV files into recordings. Trades and quotes stream through, so that a file may be larger than memory.</summary>
public static class RecordingImport
{
    /// <param name="options">The symbol is the instrument's, whatever they say.</param>
    /// <exception cref="InputException">The CSV file is wrong, or the recording cannot be created; the sentence names file and line.</exception>
    /// <exception cref="StorageException">The disk is full or failed; a recording that was there before is as it was.</exception>
    /// <exception cref="OperationCanceledException">Canceled before the end; a recording that was there before is as it was.</exception>
    public static RecordingSummary FromCsv(string csvPath, string recordingPath, Instrument instrument, MarketDataOptions? options = null, CancellationToken cancel = default) =>
        CsvSource.Read(csvPath, source => FromCsv(source, csvPath, recordingPath, instrument, (options ?? MarketDataOptions.Default) with { Symbol = instrument.Symbol }, cancel));

    private static RecordingSummary FromCsv(CsvSource source, string csvPath, string recordingPath, Instrument instrument, MarketDataOptions options, CancellationToken cancel)
    {
        CsvColumns columns = CsvColumns.Read(source.Header, csvPath);
        if (columns.Kind == MarketDataKind.Bars) return WriteBars(csvPath, recordingPath, instrument, options, cancel);
        CsvChunk? first = source.Next();
        CsvFormat format = CsvFormat.Learn(source, first, csvPath, options);
        return columns.Kind == MarketDataKind.Trades
            ? Stream<TradeShape, Trade>(source, format, first!, recordingPath, instrument, cancel)
            : Stream<QuoteShape, Quote>(source, format, first!, recordingPath, instrument, cancel);
    }

    /// <summary>Bars are read whole: their length is known after the last one.</summary>
    private static RecordingSummary WriteBars(string csvPath, string recordingPath, Instrument instrument, MarketDataOptions options, CancellationToken cancel)
    {
        using MarketDataFile file = CsvReader.Read(csvPath, options);
        using var writer = new RecordingWriter<Bar>(recordingPath, instrument, file.Timeframe);
        writer.Append(file.Bars.Span);
        cancel.ThrowIfCancellationRequested();
        return new(recordingPath, writer.Complete(), file.Notes);
    }

    private static RecordingSummary Stream<TShape, T>(CsvSource source, CsvFormat format, CsvChunk first, string path, Instrument instrument, CancellationToken cancel)
        where TShape : struct, IRowShape<T>
        where T : unmanaged
    {
        using var writer = new RecordingWriter<T>(path, instrument);
        new CsvPipeline<TShape, T>(source, format).ReadRuns(first, (run, _) =>
        {
            cancel.ThrowIfCancellationRequested();
            writer.Append(run);
        });
        return new(path, writer.Complete(), CsvReader.NotesOf(format.Columns));
    }
}
