using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Everything that one file has in common in all its rows.</summary>
/// <param name="Clock">Form and offset of the first row's time.</param>
/// <param name="AssumedLength">Nanoseconds from a bar's start to its end until the real timeframe is known, above 0.</param>
internal sealed record CsvFormat(string Path, CsvColumns Columns, CsvClock Clock, double PriceFloor, long AssumedLength)
{
    /// <summary>Learns the format from the header and the first rows.</summary>
    /// <exception cref="InputException">The header or the first time cannot be read, or there is no row.</exception>
    public static CsvFormat Learn(CsvSource source, CsvChunk? first, string path, MarketDataOptions options)
    {
        CsvColumns columns = CsvColumns.Read(source.Header, path);
        if (first is null) throw new InputException($"{path}: found only a header, expected rows of market data below it; export the file again.");
        ReadOnlySpan<byte> text = first.Text;
        int firstLength = text.IndexOf((byte)'\n');
        CsvClock clock = ClockOf(text[..firstLength], columns, path, first.FirstLine);
        double floor = options.AllowNegativePrices ? double.NegativeInfinity : 0;
        var format = new CsvFormat(path, columns, clock, floor, options.Timeframe?.Amount ?? Timestamp.NanosecondsPerMinute);
        return options.Timeframe is null ? format with { AssumedLength = format.FirstStep(text) } : format;
    }

    /// <summary>Step between the first two rows: right for nearly every file, and corrected afterwards for the others.</summary>
    private long FirstStep(ReadOnlySpan<byte> text)
    {
        Span<long> times = stackalloc long[2];
        var rows = new CsvRowReader(this);
        var row = new CsvRow();
        for (int i = 0; i < times.Length; i++)
        {
            int length = text.IndexOf((byte)'\n');
            if (length < 0 || rows.Read(text[..length], ref row) is not null) return Timestamp.NanosecondsPerMinute;
            times[i] = row.Time;
            text = text[(length + 1)..];
        }
        return times[1] > times[0] ? BarTimes.LengthFromStep(times[1] - times[0]) : Timestamp.NanosecondsPerMinute;
    }

    private static CsvClock ClockOf(ReadOnlySpan<byte> line, CsvColumns columns, string path, long lineNumber)
    {
        int column = Array.FindIndex(columns.InFile, known => known.Role == ColumnRole.Time);
        Span<byte> scratch = stackalloc byte[CsvFields.LongestField + 1];
        var fields = new CsvFields(line);
        ReadOnlySpan<byte> field = default;
        for (int i = 0; i <= column; i++)
        {
            if (!fields.TryNext(scratch, out field)) throw new InputException(RowSentences.FieldCount(i, columns).Describe(path, lineNumber));
        }
        CsvClock clock = default;
        ClockFault fault = field.IsEmpty ? ClockFault.NotATime : CsvClock.Detect(scratch[..(field.Length + 1)], out clock);
        if (fault == ClockFault.None && clock.Form == ClockForm.Date && columns.Kind != MarketDataKind.Bars) fault = ClockFault.NotATime;
        return fault == ClockFault.None ? clock : throw new InputException(RowSentences.Time(fault, columns.InFile[column].Name, field, default).Describe(path, lineNumber));
    }
}
