using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tradewind.Storage.Sqlite;

/// <summary>Several SQL statements in one text.</summary>
internal static class Script
{
    /// <summary>Runs them through SQLite itself: a command of the provider passes over errors in statements behind one that gives rows.</summary>
    /// <exception cref="SqliteException">A statement failed; those after it did not run.</exception>
    public static void Run(SqliteConnection connection, string sql)
    {
        int code = raw.sqlite3_exec(connection.Handle, sql);
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }
}
