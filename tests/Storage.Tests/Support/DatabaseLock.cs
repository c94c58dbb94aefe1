using Microsoft.Data.Sqlite;

namespace Tradewind.Storage.Tests.Support;

/// <summary>Another program's write lock on a database.</summary>
internal sealed class DatabaseLock : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;

    private DatabaseLock(string path)
    {
        _connection = new($"Data Source={path};Pooling=False");
        _connection.Open();
        _transaction = _connection.BeginTransaction(deferred: false);
    }

    public static DatabaseLock Take(string path) => new(path);

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
