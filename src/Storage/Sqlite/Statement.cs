using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>A prepared statement that is run again and again with other values.</summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteCommand _command;

    /// <param name="sql">With parameters <c>$1</c>, <c>$2</c>, …</param>
    public Statement(SqliteConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (int i = 1; i <= parameters; i++) _command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
    }

    /// <summary>Adds a row, or does nothing where its key is there already.</summary>
    /// <param name="columns">Names, separated by commas; the key first.</param>
    /// <param name="keyColumns">How many of them are the key.</param>
    public static Statement Insert(SqliteConnection connection, string table, int keyColumns, string columns)
    {
        string[] names = columns.Split(", ");
        string key = string.Join(", ", names.Take(keyColumns));
        string values = string.Join(", ", Enumerable.Range(1, names.Length).Select(i => string.Create(CultureInfo.InvariantCulture, $"${i}")));
        return new(connection, $"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT ({key}) DO NOTHING", names.Length);
    }

    /// <summary>Money goes in as decimal text, times as nanoseconds, names of enumerations as words; NaN, which SQL has no word for, as null.</summary>
    public void Run(SqliteTransaction transaction, params ReadOnlySpan<object?> values)
    {
        _command.Transaction = transaction;
        for (int i = 0; i < values.Length; i++) _command.Parameters[i].Value = ToSql(values[i]);
        _command.ExecuteNonQuery();
    }

    public void Dispose() => _command.Dispose();

    private static object ToSql(object? value) => value switch
    {
        null or double.NaN => DBNull.Value,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        Timestamp time => time.Nanoseconds,
        Enum word => word.ToString(),
        _ => value,
    };
}
