using Tradewind.Gateway.Faults;

namespace Tradewind.App.Running;

/// <summary>Where a session runs, apart from what it does (<see cref="RunSettings"/>).</summary>
internal sealed record RunOptions
{
    /// <summary>Folder of the database and the journals.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The gateway to connect to; null starts the built-in simulator.</summary>
    public Uri? Gateway { get; init; }

    /// <summary>Follows the time that the market data carries instead of this computer's: for another simulator or a replay, whose day is not today. Always so with the built-in simulator.</summary>
    public bool MarketTime { get; init; }

    /// <summary>Seed of the built-in simulator's market.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Market seconds per real second of the built-in simulator.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Faults of the built-in simulator.</summary>
    public IReadOnlyList<Injection> Faults { get; init; } = [];

    /// <summary>Lets an account be traded that is more than practice, at a gateway that is no simulator.</summary>
    public bool Live { get; init; }

    /// <summary>Multiplies the events per second of the built-in simulator.</summary>
    public double Activity { get; init; } = 1;

    /// <summary>Port of the API and the status page on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; } = 5000;

    /// <summary>Disk space held ready for the journal, in MiB, 1 to 65,536; see <see cref="Storage.Journal.JournalOptions.ReserveBytes"/>.</summary>
    public int JournalReserve { get; init; } = 64;

    /// <summary>Ends the session after this time; null lets it run until Ctrl-C.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Compares engine, database and simulator when the length is over.</summary>
    public bool Verify { get; init; }

    public bool FlattenOnStop { get; init; }

    /// <summary>Takes nothing over from the last session of the account.</summary>
    public bool Fresh { get; init; }

    /// <summary>Takes the data folder, and the account, from an engine that has them and does not answer.</summary>
    public bool TakeOver { get; init; }
}
