using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>Brings a database to the version of this program.</summary>
internal sealed class Schema(string path, IReadOnlyList<Migration> migrations)
{
    /// <summary>Marks the file as ours: "TWND".</summary>
    private const int ApplicationId = 0x54574E44;

    private int Newest => migrations.Count == 0 ? 0 : migrations[^1].Version;

    /// <summary>Applies the missing steps, each in a transaction of its own: whatever ends the program in the middle, the next start goes on from the last whole step.</summary>
    /// <exception cref="InputException">The database belongs to another program, or to a newer version of this one.</exception>
    public void Upgrade(SqliteConnection connection)
    {
        int version = Read(connection, "PRAGMA user_version");
        int application = Read(connection, "PRAGMA application_id");
        if (application != ApplicationId && (application != 0 || HasTables(connection))) throw new InputException($"{path}: found the database of another program, expected a Tradewind database or a new file; name another file.");
        if (version > Newest) throw new InputException($"{path}: found version {version} of the database, expected {Newest} or older; use the newer program that wrote it, or name another file.");
        if (version > 0 && version < Newest) BackUp(connection, version);
        foreach (Migration migration in migrations)
        {
            if (migration.Version > version) Apply(connection, migration);
        }
    }

    /// <summary>The version is read again under the lock: another process may have been faster.</summary>
    private static void Apply(SqliteConnection connection, Migration migration)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        if (Read(connection, "PRAGMA user_version") < migration.Version)
        {
            Script.Run(connection, migration.Sql);
            Script.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
            Script.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {migration.Version}"));
        }
        transaction.Commit();
    }

    /// <summary>Keeps the old state beside the database as <c>NAME.vN</c>, the latest only.</summary>
    private void BackUp(SqliteConnection connection, int version)
    {
        string copy = string.Create(CultureInfo.InvariantCulture, $"{path}.v{version}");
        File.Delete(copy);
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "VACUUM INTO $copy";
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
    }

    private static bool HasTables(SqliteConnection connection) => Read(connection, "SELECT count(*) FROM sqlite_schema") > 0;

    private static int Read(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
