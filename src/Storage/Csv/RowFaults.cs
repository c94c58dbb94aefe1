using System.Globalization;

namespace Tradewind.Storage.Csv;

/// <summary>Sentences for values that are numbers but make no sense where they stand.</summary>
internal static class RowFaults
{
    private const string CorrectRow = "correct or remove the row";

    public static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static CsvFault? Price(double value, string column, double floor) => value > floor
        ? null
        : new(DataFault.Price, column, Show(value), "a price above 0", $"{CorrectRow}, or allow negative prices if the instrument really traded there");

    public static CsvFault? Size(double value, string column) => value >= 0 ? null : new(DataFault.Size, column, Show(value), "a size of 0 or more", CorrectRow);

    public static CsvFault OutOfRange(string column, double value, string expected) => new(DataFault.BarOutOfRange, column, Show(value), expected, CorrectRow);
}
