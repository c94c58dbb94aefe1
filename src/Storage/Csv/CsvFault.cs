namespace Tradewind.Storage.Csv;

/// <summary>What can be wrong with one row of market data.</summary>
public enum DataFault
{
    /// <summary>Fewer or more fields than the header names, or an empty line between rows.</summary>
    FieldCount,
    NotANumber,
    NotATime,
    MixedTimes,
    Disorder,
    Duplicate,
    BarOutOfRange,
    Price,
    Size,
    Overlap,
}

/// <summary>The first thing that is wrong with a row.</summary>
/// <param name="Column">Name as the header spells it; null when the row as a whole is wrong.</param>
internal sealed record CsvFault(DataFault Kind, string? Column, string Found, string Expected, string Cure)
{
    /// <summary>The sentence for the user.</summary>
    public string Describe(string path, long line)
    {
        string where = Column is null ? "" : $", column {Column}";
        return $"{path}, line {line}{where}: found {Found}, expected {Expected}; {Cure}.";
    }
}
