namespace Tradewind.Storage.Sqlite;

/// <summary>How the database is used.</summary>
public sealed record StoreOptions
{
    public static readonly StoreOptions Default = new();

    /// <summary>Whose trading the database holds. The first name given stays with the file; another one is refused later. Null asks and says nothing.</summary>
    public string? Account { get; init; }

    /// <summary>Lets SQLite look the whole file over on opening: about a second for 500 MB.</summary>
    public bool VerifyOnOpen { get; init; } = true;

    /// <summary>How long to wait for another program's lock before opening, or one attempt to write, gives up; 0.1 s to 5 min. Writing tries again for ever.</summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Outputs that may wait to be stored, 64 to 1,000,000. Beyond it outputs are left out, counted and reported; equity marks already beyond half of it.</summary>
    public int QueueCapacity { get; init; } = 32_768;

    /// <summary>
    /// How long outputs wait for others, to be stored together, 0 to 10 s. Storing at once has the database sync at the very moment at which the journal syncs for the order that
    /// the outputs are about, on the same disk, and the order waits for both.
    /// </summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromSeconds(1);

    /// <exception cref="ArgumentException">Names every value out of range.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (QueueCapacity is < 64 or > 1_000_000) faults.Add($"{nameof(QueueCapacity)} is {QueueCapacity}, expected 64 to 1000000");
        if (LockTimeout < TimeSpan.FromSeconds(0.1) || LockTimeout > TimeSpan.FromMinutes(5)) faults.Add($"{nameof(LockTimeout)} is {LockTimeout}, expected 0.1 s to 5 min");
        if (Gather < TimeSpan.Zero || Gather > TimeSpan.FromSeconds(10)) faults.Add($"{nameof(Gather)} is {Gather}, expected 0 s to 10 s");
        if (faults.Count > 0) throw new ArgumentException(string.Join("; ", faults) + ".");
    }
}
