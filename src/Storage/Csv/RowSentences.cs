using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

/// <summary>Sentences for rows that cannot be read, or not at their place in the file.</summary>
internal static class RowSentences
{
    private const string CorrectRow = "correct or remove the row";

    public static CsvFault FieldCount(int found, CsvColumns columns)
    {
        string expected = $"{columns.InFile.Length} as the header names";
        if (found == 0) return new(DataFault.FieldCount, null, "an empty line", $"a row of {expected}", "remove the line");
        string cure = found < columns.InFile.Length ? "the row may be cut off: export the file again, or remove it" : CorrectRow;
        return new(DataFault.FieldCount, null, $"{found} {(found == 1 ? "field" : "fields")}", expected, cure);
    }

    public static CsvFault Number(string column, ReadOnlySpan<byte> field) =>
        new(DataFault.NotANumber, column, CsvText.Quote(field), "a finite number with a decimal point", CorrectRow);

    public static CsvFault Aggressor(string column, ReadOnlySpan<byte> field) =>
        new(DataFault.NotANumber, column, CsvText.Quote(field), "buyer, seller or nothing", CorrectRow);

    public static CsvFault Time(ClockFault fault, string column, ReadOnlySpan<byte> field, CsvClock clock)
    {
        const string Iso = "ISO 8601 with an offset (2024-03-08T14:30:00Z)";
        string found = CsvText.Quote(field);
        return fault switch
        {
            ClockFault.NoOffset => new(DataFault.NotATime, column, $"{found} without an offset", Iso, "append Z where the times are UTC, or their offset (+01:00)"),
            ClockFault.OtherOffset => new(DataFault.MixedTimes, column, $"{found} with another offset than the rows before", $"the offset {ShowOffset(clock.OffsetMinutes)} in every row", "write all times of a file with one offset, best in UTC with Z"),
            ClockFault.OtherForm => new(DataFault.MixedTimes, column, found, $"{Describe(clock.Form)} like the rows before", "write all times of a file in one form and unit"),
            ClockFault.OutOfRange => new(DataFault.NotATime, column, found, "a time between the years 1678 and 2261", CorrectRow),
            _ => new(DataFault.NotATime, column, found, $"a time as {Iso} or as Unix seconds, milliseconds, microseconds or nanoseconds", CorrectRow),
        };
    }

    public static CsvFault Disorder(long previous, long time, string column) => previous == time
        ? new(DataFault.Duplicate, column, $"{new Timestamp(time)} a second time", "each bar once, in the order of time", "remove one of the two rows")
        : new(DataFault.Disorder, column, $"{new Timestamp(time)} after {new Timestamp(previous)}", "rows in the order of time", "sort the file by its first column");

    private static string ShowOffset(int minutes) =>
        minutes == 0 ? "Z" : $"{(minutes < 0 ? '-' : '+')}{Math.Abs(minutes) / 60:D2}:{Math.Abs(minutes) % 60:D2}";

    private static string Describe(ClockForm form) => form switch
    {
        ClockForm.Iso => "ISO 8601 with an offset",
        ClockForm.Date => "a date (2024-03-08)",
        _ => $"Unix {form.ToString().ToLowerInvariant()}",
    };
}
