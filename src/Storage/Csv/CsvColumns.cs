using System.Text;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Csv;

internal enum ColumnRole : byte
{
    Ignored,
    Time,

    /// <summary>End of a bar, written where it does not follow from the timeframe.</summary>
    End,
    Aggressor,
    Number,
}

/// <param name="Number">Which of the row's numbers it is; 0 for other roles.</param>
internal sealed record CsvColumn(string Name, ColumnRole Role, int Number = 0, bool IsRequired = true);

/// <summary>What a file holds and in which order, as its header says.</summary>
/// <param name="InFile">From left to right.</param>
internal sealed record CsvColumns(MarketDataKind Kind, CsvColumn[] InFile)
{
    private static readonly CsvColumns[] Known =
    [
        new(MarketDataKind.Bars, [new("timestamp", ColumnRole.Time), new("open", ColumnRole.Number, 0), new("high", ColumnRole.Number, 1),
            new("low", ColumnRole.Number, 2), new("close", ColumnRole.Number, 3), new("volume", ColumnRole.Number, 4), new("end", ColumnRole.End, IsRequired: false)]),
        new(MarketDataKind.Trades, [new("timestamp", ColumnRole.Time), new("price", ColumnRole.Number, 0), new("size", ColumnRole.Number, 1),
            new("aggressor", ColumnRole.Aggressor, IsRequired: false)]),
        new(MarketDataKind.Quotes, [new("timestamp", ColumnRole.Time), new("bid", ColumnRole.Number, 0), new("ask", ColumnRole.Number, 1),
            new("bidSize", ColumnRole.Number, 2, IsRequired: false), new("askSize", ColumnRole.Number, 3, IsRequired: false)]),
    ];

    /// <summary>The headers of the three kinds, for messages.</summary>
    private const string Expected = "bars (timestamp,open,high,low,close,volume), trades (timestamp,price,size) or quotes (timestamp,bid,ask)";

    public IEnumerable<string> Ignored => InFile.Where(column => column.Role == ColumnRole.Ignored).Select(column => column.Name);

    public bool Has(ColumnRole role) => Array.Exists(InFile, column => column.Role == role);

    /// <summary>The name that the file gives to one of the row's numbers, which it has.</summary>
    public string NameOf(int number) => Array.Find(InFile, column => column.Role == ColumnRole.Number && column.Number == number)!.Name;

    public string NameOf(ColumnRole role) => Array.Find(InFile, column => column.Role == role)!.Name;

    /// <summary>Reads the first line. Names may come in any order and any case; unknown ones are ignored.</summary>
    /// <exception cref="InputException">The line is no header, lacks a column or names one twice.</exception>
    public static CsvColumns Read(ReadOnlySpan<byte> header, string path)
    {
        string line = Encoding.UTF8.GetString(header).TrimEnd('\r', '\n');
        string[] names = Array.ConvertAll(line.Split(','), name => name.Trim().Trim('"').Trim());
        RefuseDuplicates(names, path);
        CsvColumns known = Array.Find(Known, known => Array.TrueForAll(known.InFile, column => !column.IsRequired || Contains(names, column.Name)))
            ?? throw new InputException(DescribeMismatch(line, names, path));
        return new(known.Kind, Array.ConvertAll(names, name => RoleOf(known.InFile, name)));
    }

    private static CsvColumn RoleOf(CsvColumn[] columns, string name)
    {
        int index = Array.FindIndex(columns, column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? new(name, ColumnRole.Ignored) : columns[index] with { Name = name };
    }

    private static void RefuseDuplicates(string[] names, string path)
    {
        string? twice = names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null) throw new InputException($"{path}, line 1: found column {twice} twice, expected each column once; remove or rename one of them.");
    }

    private static string DescribeMismatch(string line, string[] names, string path)
    {
        (MarketDataKind closest, CsvColumn[] columns) = Known.MaxBy(known => known.InFile.Count(column => Contains(names, column.Name)))!;
        string found = CsvText.Shorten(line);
        if (!columns.Any(column => Contains(names, column.Name)))
        {
            string cure = line.Contains(';') || line.Contains('\t') ? "separate the columns by commas" : "add a first line with the column names";
            return $"{path}, line 1: found \"{found}\", expected a header of {Expected}; {cure}.";
        }
        string missing = string.Join(", ", columns.Where(column => column.IsRequired && !Contains(names, column.Name)).Select(column => column.Name));
        return $"{path}, line 1: column {missing} is missing, found \"{found}\", expected a header of {Expected}; add the column, or rename the one that holds it ({closest} have the most columns in common).";
    }

    private static bool Contains(string[] names, string name) => Array.Exists(names, other => name.Equals(other, StringComparison.OrdinalIgnoreCase));
}
