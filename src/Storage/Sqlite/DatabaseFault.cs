using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>SQLite's errors, told in words.</summary>
internal static class DatabaseFault
{
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>True when the same may work later: the database is locked, the disk full or out of reach. Anything else is damage or our own mistake.</summary>
    public static bool IsPassing(SqliteException fault) => fault.SqliteErrorCode is Busy or Locked or NoMemory or ReadOnly or InputOutput or Full or CannotOpen;

    /// <summary>What the user must know when the database cannot be used at all.</summary>
    public static Exception Describe(string path, SqliteException fault) => fault.SqliteErrorCode switch
    {
        NotADatabase => new InputException($"{path}: found a file that is no SQLite database, or is damaged at its start, expected a Tradewind database; move the file away and start again, or restore it from a backup.", fault),
        Corrupt => new InputException($"{path}: the database is damaged ({Reason(fault)}); move it away and start again, or restore it from a backup (journals are separate files and hold every run).", fault),
        ReadOnly => new InputException($"{path}: the database cannot be written to ({Reason(fault)}); check the permissions of the file and its directory.", fault),
        CannotOpen => new InputException($"{path}: the database cannot be opened ({Reason(fault)}); check the path and the permissions of the directory.", fault),
        _ => new StorageException(Sentence(path, fault), fault),
    };

    /// <summary>The fault in one sentence.</summary>
    public static string Sentence(string path, SqliteException fault) => fault.SqliteErrorCode switch
    {
        Busy or Locked => $"{path}: another program holds the database locked; close it, or wait until it is done.",
        Full => $"{path}: the disk (or the quota) is full; free some space.",
        InputOutput => $"{path}: reading or writing the disk failed ({Reason(fault)}); check that the disk works and is not full.",
        _ => $"{path}: the database reported an error ({Reason(fault)}); check the file and the disk.",
    };

    private static string Reason(SqliteException fault) => $"SQLite error {fault.SqliteExtendedErrorCode}: {SQLitePCL.raw.sqlite3_errstr(fault.SqliteErrorCode).utf8_to_string()}";
}
