using System.Globalization;

namespace Tradewind.Storage.Csv;

/// <summary>Sentences for values that are numbers but make no sense where they stand.</summary>
internal static class RowFaults
{
    private const string CorrectRow = "correct or remove the row";

    public static string Show(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Judges one of the row's numbers as a price.</summary>
    public static CsvFault? Price(in CsvRow row, int number, CsvColumns columns, double floor) => row.Numbers[number] > floor
        ? null
        : new(DataFault.Price, columns.NameOf(number), Show(row.Numbers[number]), "a price above 0", $"{CorrectRow}, or import the file with data import --allow-negative-prices if the instrument really traded there");

    /// <summary>Judges one of the row's numbers as a size; one that the file does not tell is 0.</summary>
    public static CsvFault? Size(in CsvRow row, int number, CsvColumns columns) => row.Numbers[number] >= 0
        ? null
        : new(DataFault.Size, columns.NameOf(number), Show(row.Numbers[number]), "a size of 0 or more", CorrectRow);

    public static CsvFault OutOfRange(string column, double value, string expected) => new(DataFault.BarOutOfRange, column, Show(value), expected, CorrectRow);
}
