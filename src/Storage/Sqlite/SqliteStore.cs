using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;

namespace Tradewind.Storage.Sqlite;

/// <summary>The database of runs: what was signaled, decided, ordered and filled, and why.</summary>
/// <remarks>The journal is the truth about a session; the database is made for questions and can be filled again from it.</remarks>
public sealed class SqliteStore
{
    private readonly StoreOptions _options;

    private SqliteStore(string path, StoreOptions options)
    {
        Path = path;
        _options = options;
    }

    public string Path { get; }

    /// <summary>Opens the database, creates it where there is none, and brings its tables up to date.</summary>
    /// <exception cref="InputException">The file is no such database, damaged, of a newer version, of another account, or may not be written.</exception>
    /// <exception cref="StorageException">The disk is full or failed, or another program holds the database.</exception>
    public static SqliteStore Open(string path, StoreOptions? options = null) => Open(path, options, Migration.All);

    internal static SqliteStore Open(string path, StoreOptions? options, IReadOnlyList<Migration> migrations)
    {
        options ??= StoreOptions.Default;
        options.Validate();
        var store = new SqliteStore(System.IO.Path.GetFullPath(path), options);
        store.Prepare(migrations);
        return store;
    }

    /// <summary>Starts a run and its recorder. A run that is known already is recorded again: rows that exist stay, missing ones are added.</summary>
    /// <exception cref="StorageException">The disk is full or failed, or another program holds the database.</exception>
    public RunRecorder Record(StoredRun run, RunNames names) => Guard(() =>
    {
        SqliteConnection connection = Connect();
        try
        {
            return new RunRecorder(this, connection, run, names, _options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    });

    /// <summary>Asks the database; takes a connection of its own, so that any thread may ask while a run is recorded.</summary>
    public RunQueries Ask() => Guard(() => new RunQueries(this, Connect()));

    /// <summary>Runs work on the database; its errors come out as sentences.</summary>
    internal T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException fault)
        {
            throw DatabaseFault.Describe(Path, fault);
        }
    }

    private void Prepare(IReadOnlyList<Migration> migrations)
    {
        CreateForOwnerOnly();
        Guard(() =>
        {
            using SqliteConnection connection = Connect();
            if (_options.VerifyOnOpen) Verify(connection);
            new Schema(Path, migrations).Upgrade(connection);
            CheckAccount(connection);
            return 0;
        });
    }

    /// <summary>SQLite gives its side files the rights of the main one.</summary>
    private void CreateForOwnerOnly()
    {
        Durable.SurviveFileSizeLimit();
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            if (File.Exists(Path)) return;
            FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            new FileStream(Path, options).Dispose();
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"{Path}: the database cannot be created ({fault.Message.TrimEnd('.')}); check the path and its permissions.", fault);
        }
    }

    private SqliteConnection Connect()
    {
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)_options.LockTimeout.TotalSeconds),
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            Script.Run(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {_options.LockTimeout.TotalMilliseconds:F0}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Verify(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        string found = (string)command.ExecuteScalar()!;
        if (found != "ok") throw new InputException($"{Path}: the database is damaged ({found.ReplaceLineEndings(" ")}); move it away and start again, or restore it from a backup (journals are separate files and hold every run).");
    }

    private void CheckAccount(SqliteConnection connection)
    {
        if (_options.Account is null) return;
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO meta (name, value) VALUES ('account', $account) ON CONFLICT DO NOTHING; SELECT value FROM meta WHERE name = 'account'";
        command.Parameters.AddWithValue("$account", _options.Account);
        string known = (string)command.ExecuteScalar()!;
        if (known != _options.Account) throw new InputException($"{Path}: found the database of account {known}, expected {_options.Account}; name another file for this account.");
    }
}
