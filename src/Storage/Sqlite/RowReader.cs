using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>Takes the columns of a row one after the other, in the order of the select.</summary>
internal sealed class RowReader(SqliteDataReader reader)
{
    private int _column;

    public bool Next()
    {
        _column = 0;
        return reader.Read();
    }

    public long Int64() => reader.GetInt64(_column++);

    public long? Int64OrNull() => IsNull() ? null : Int64();

    public double Double() => reader.GetDouble(_column++);

    public double? DoubleOrNull() => IsNull() ? null : Double();

    public string Text() => reader.GetString(_column++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public decimal Money() => decimal.Parse(Text(), NumberStyles.Number, CultureInfo.InvariantCulture);

    public decimal? MoneyOrNull() => IsNull() ? null : Money();

    public Timestamp Time() => new(Int64());

    public Timestamp? TimeOrNull() => IsNull() ? null : Time();

    public T Word<T>() where T : struct, Enum => Enum.Parse<T>(Text());

    /// <summary>True for a null, which is taken then.</summary>
    private bool IsNull()
    {
        if (!reader.IsDBNull(_column)) return false;
        _column++;
        return true;
    }
}
