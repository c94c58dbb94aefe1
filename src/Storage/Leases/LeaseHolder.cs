namespace Tradewind.Storage.Leases;

/// <summary>Who has, or last had, a lease.</summary>
/// <param name="Epoch">Counts those who had it; it only grows.</param>
/// <param name="Process">Number of the process.</param>
/// <param name="Folder">Its data folder.</param>
public sealed record LeaseHolder(long Epoch, int Process, string Session, string Folder, DateTimeOffset Since)
{
    /// <summary>The last session that came so far as to act; null where none did.</summary>
    public string? LastSession { get; init; }

    /// <summary>Its data folder.</summary>
    public string? LastFolder { get; init; }
}
