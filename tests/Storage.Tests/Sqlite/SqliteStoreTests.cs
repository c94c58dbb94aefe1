using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Tradewind.Core.Model;
using Tradewind.Storage.Sqlite;
using Tradewind.Storage.Tests.Support;

namespace Tradewind.Storage.Tests.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly Migration Next = new(3, "CREATE TABLE extra (x INTEGER) STRICT; ALTER TABLE runs ADD COLUMN note TEXT");

    private readonly TempDirectory _directory = new();

    private string Database => _directory["data/tradewind.db"];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ADatabaseIsCreatedWithItsDirectoryForItsOwnerOnly()
    {
        SqliteStore.Open(Database);
        Assert.Equal("2 wal", Query("SELECT (SELECT user_version FROM pragma_user_version) || ' ' || (SELECT journal_mode FROM pragma_journal_mode)"));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Database));
        SqliteStore.Open(Database); // and again
    }

    [Fact]
    public void ANewerDatabaseIsRefused()
    {
        SqliteStore.Open(Database);
        Query("PRAGMA user_version = 7");
        Assert.Contains("found version 7 of the database, expected 2 or older", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherProgramsDatabaseIsRefused()
    {
        Directory.CreateDirectory(_directory["data"]);
        Query("CREATE TABLE photos (x)", create: true);
        Assert.Contains("the database of another program", Refusal().Message, StringComparison.Ordinal);
        Query("PRAGMA application_id = 12345");
        Assert.Contains("the database of another program", Refusal().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp,price,size\n2024-01-02T00:00:00Z,10,1\n")]
    [InlineData("SQLite format 3\0 but only at the start, then something else that goes on for a while and is no page at all, as long as it takes to be more than one hundred bytes")]
    public void AFileThatIsNoDatabaseIsRefused(string text)
    {
        Directory.CreateDirectory(_directory["data"]);
        File.WriteAllText(Database, text);
        Assert.Contains("move", Refusal().Message, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(Database));
    }

    [Fact]
    public void ATruncatedDatabaseIsRefused()
    {
        SqliteStore.Open(Database);
        byte[] whole = File.ReadAllBytes(Database);
        Assert.True(whole.Length > 50_000);
        for (int length = 100; length < whole.Length; length += 1511)
        {
            DeleteDatabase();
            File.WriteAllBytes(Database, whole[..length]);
            Assert.Contains("damaged", Refusal().Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ADamagedPageIsRefused()
    {
        SqliteStore.Open(Database);
        byte[] bytes = File.ReadAllBytes(Database);
        bytes.AsSpan(8192, 4096).Fill(0x5A);
        DeleteDatabase();
        File.WriteAllBytes(Database, bytes);
        Assert.Contains("the database is damaged", Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryIsNoDatabase()
    {
        Directory.CreateDirectory(Database);
        Assert.Contains(Database, Refusal().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADatabaseOfAnotherAccountIsRefused()
    {
        SqliteStore.Open(Database, new() { Account = "projectx-123" });
        SqliteStore.Open(Database, new() { Account = "projectx-123" });
        SqliteStore.Open(Database);
        string message = Assert.Throws<InputException>(() => SqliteStore.Open(Database, new() { Account = "projectx-456" })).Message;
        Assert.Contains("found the database of account projectx-123, expected projectx-456", message, StringComparison.Ordinal);
    }

    [Fact]
    public void ALockedDatabaseIsNamedOnOpening()
    {
        SqliteStore.Open(Database);
        using DatabaseLock held = DatabaseLock.Take(Database);
        Query("PRAGMA user_version"); // reading goes on
        Exception fault = Assert.Throws<StorageException>(() => SqliteStore.Open(Database, new() { Account = "a", LockTimeout = TimeSpan.FromSeconds(1) }));
        Assert.Contains("another program holds the database locked", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMigrationKeepsACopyOfWhatWas()
    {
        SqliteStore.Open(Database);
        SqliteStore.Open(Database, null, [.. Migration.All, Next]);
        Assert.Equal("3", Query("PRAGMA user_version"));
        Assert.Equal("2", Query("PRAGMA user_version", Database + ".v2"));
    }

    [Fact]
    public void ADatabaseOfTheFirstVersionGetsWhatTheNewOneHas()
    {
        SqliteStore.Open(Database, null, [Migration.All[0]]);
        Assert.Equal("1", Query("PRAGMA user_version"));
        SqliteStore.Open(Database);
        Assert.Equal("2 1", Query("SELECT (SELECT user_version FROM pragma_user_version) || ' ' || (SELECT count(*) FROM pragma_table_info('orders') WHERE name = 'parent')"));
    }

    [Fact]
    public void AMigrationThatFailsHalfWayChangesNothing()
    {
        SqliteStore.Open(Database);
        string before = Query("SELECT group_concat(sql) FROM sqlite_schema");
        Assert.Throws<StorageException>(() => SqliteStore.Open(Database, null, [.. Migration.All, Next with { Sql = Next.Sql + "; CREATE TABLE runs (x)" }]));
        Assert.Equal("2", Query("PRAGMA user_version"));
        Assert.Equal(before, Query("SELECT group_concat(sql) FROM sqlite_schema"));
        SqliteStore.Open(Database, null, [.. Migration.All, Next]);
        Assert.Equal("3", Query("PRAGMA user_version"));
    }

    [Fact]
    public async Task AMigrationKilledHalfWayIsAsIfItNeverBegan()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        SqliteStore.Open(Database);
        using Process child = ChildProcess.Start(nameof(Scenarios.MigrateForEver), Database);
        Assert.True(SpinWait.SpinUntil(() => child.HasExited || (File.Exists(Database + "-wal") && new FileInfo(Database + "-wal").Length > 5_000_000), TimeSpan.FromSeconds(60)));
        Assert.False(child.HasExited, "the migration ended by itself");
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        SqliteStore.Open(Database);
        Assert.Equal("2 0", Query("SELECT (SELECT user_version FROM pragma_user_version) || ' ' || (SELECT count(*) FROM sqlite_schema WHERE name = 'half')"));
    }

    [Fact]
    public async Task AKilledProcessLosesNoRowThatItCalledStored()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        using Process child = ChildProcess.Start(nameof(Scenarios.RecordUntilKilled), Database);
        long acknowledged = 0;
        for (int i = 0; i < 20; i++) acknowledged = long.Parse((await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!, CultureInfo.InvariantCulture);
        child.Kill();
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out long stored)) acknowledged = Math.Max(acknowledged, stored);
        }
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        using RunQueries ask = SqliteStore.Open(Database).Ask();
        Assert.True(ask.Fills("r", int.MaxValue).Count >= acknowledged);
    }

    [Fact]
    public async Task AFullDiskIsSaidAndWhatWasStoredStays()
    {
        ChildProcess.SkipWhereThereIsNoShell();
        SqliteStore.Open(Database);
        using Process child = ChildProcess.Start(nameof(Scenarios.RecordUntilFull), Database, "ulimit -f 2000"); // 1,000 KiB a file
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 3, output + await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Contains("full", lines[0], StringComparison.Ordinal);
        Assert.Contains("the journal has them", lines[1], StringComparison.Ordinal);
        using RunQueries ask = SqliteStore.Open(Database).Ask();
        Assert.Equal(long.Parse(lines[2], CultureInfo.InvariantCulture), ask.Fills("r", int.MaxValue).Count);
    }

    private InputException Refusal() => Assert.Throws<InputException>(() => SqliteStore.Open(Database));

    private void DeleteDatabase()
    {
        foreach (string file in Directory.GetFiles(_directory["data"])) File.Delete(file);
    }

    private string Query(string sql, string? path = null, bool create = false)
    {
        using var connection = new SqliteConnection($"Data Source={path ?? Database};Pooling=False;Mode={(create ? "ReadWriteCreate" : "ReadWrite")}");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
