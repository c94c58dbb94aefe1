using System.Runtime.InteropServices;
using Tradewind.Core.Market;
using Tradewind.Core.Model;
using Tradewind.Storage.Csv;

namespace Tradewind.Storage.Inspection;

/// <summary>Reads every row of a CSV file, keeps those that make sense and counts the others.</summary>
internal sealed class CsvSurvey<TShape, T>(CsvSource source, string path, MarketDataOptions options)
    where TShape : struct, IRowShape<T>
    where T : unmanaged
{
    private readonly FaultTally _faults = new(path);
    private readonly List<T> _records = [];
    private string? _damage;
    private long _previous = long.MinValue;

    public MarketDataReport Report(SessionCalendar? calendar, TimeSpan silence)
    {
        CsvChunk? chunk = Next();
        CsvFormat format = CsvFormat.Learn(source, chunk, path, options);
        for (; chunk is not null; chunk = Next())
        {
            Read(chunk, format);
            chunk.Release();
        }
        Timeframe? timeframe = TShape.Kind == MarketDataKind.Bars ? SetEnds(format) : null;
        var report = new MarketDataReport
        {
            Path = path,
            Kind = TShape.Kind,
            IsRecording = false,
            Bytes = new FileInfo(path).Length,
            Symbol = options.Symbol,
            Timeframe = timeframe,
            Faults = _faults.Counts,
            Damage = _damage,
            Notes = CsvReader.NotesOf(format.Columns),
        };
        return RecordSurvey.Of(report, CollectionsMarshal.AsSpan(_records), calendar, silence);
    }

    /// <summary>The next chunk; a damaged archive ends the file and is remembered.</summary>
    private CsvChunk? Next()
    {
        try
        {
            return source.Next();
        }
        catch (InputException fault) when (_records.Count > 0)
        {
            _damage = fault.Message;
            return null;
        }
    }

    private void Read(CsvChunk chunk, CsvFormat format)
    {
        var rows = new CsvRowReader(format);
        var row = new CsvRow();
        ReadOnlySpan<byte> text = chunk.Text;
        long line = chunk.FirstLine;
        bool hasEnd = format.Columns.Has(ColumnRole.End);
        foreach (Range range in text.Split((byte)'\n'))
        {
            if (range.Start.Value == text.Length) break; // behind the last newline
            CsvFault? fault = rows.Read(text[range], ref row);
            if (!hasEnd) row.End = row.Time + format.AssumedLength;
            fault ??= TShape.FindFault(row, format.Columns, format.PriceFloor);
            if (fault is null) Keep(row, format, line);
            else _faults.Add(fault, line);
            line++;
        }
    }

    /// <summary>Rows out of order are kept, so that the span and the counts tell of all that is there.</summary>
    private void Keep(in CsvRow row, CsvFormat format, long line)
    {
        if (row.Time < _previous || (row.Time == _previous && !TShape.MayRepeatTime))
        {
            _faults.Add(RowSentences.Disorder(_previous, row.Time, format.Columns.NameOf(ColumnRole.Time)), line);
        }
        _previous = row.Time;
        _records.Add(TShape.Make(row));
    }

    private Timeframe SetEnds(CsvFormat format)
    {
        Span<Bar> bars = MemoryMarshal.Cast<T, Bar>(CollectionsMarshal.AsSpan(_records));
        bool hasEnd = format.Columns.Has(ColumnRole.End);
        long length = options.Timeframe?.Amount ?? BarTimes.LengthOf(bars, hasEnd, SmallestStep(bars)) ?? Timestamp.NanosecondsPerMinute;
        if (!hasEnd) BarTimes.SetEnds(bars, length);
        return options.Timeframe ?? new(TimeframeKind.Time, length);
    }

    private static long SmallestStep(ReadOnlySpan<Bar> bars)
    {
        long[] starts = new long[bars.Length];
        for (int i = 0; i < bars.Length; i++) starts[i] = bars[i].Start.Nanoseconds;
        Array.Sort(starts);
        long smallest = long.MaxValue;
        for (int i = 1; i < starts.Length; i++)
        {
            if (starts[i] > starts[i - 1]) smallest = Math.Min(smallest, starts[i] - starts[i - 1]);
        }
        return smallest;
    }
}
