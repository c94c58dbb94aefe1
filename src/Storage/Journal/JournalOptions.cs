namespace Tradewind.Storage.Journal;

/// <summary>How a journal is written.</summary>
public sealed record JournalOptions
{
    public static readonly JournalOptions Default = new();

    /// <summary>Disk space held ready, in bytes, 1 MiB or more. When the disk fills up, half of it at least is left to write cancels and exits. Given back on closing.</summary>
    public long ReserveBytes { get; init; } = 64L << 20;

    /// <summary>Size of each of the two buffers, in bytes, 4 KiB or more.</summary>
    public int BufferBytes { get; init; } = 1 << 20;

    /// <summary>What is appended becomes durable after this time at the latest, above 0; null leaves it to the caller.</summary>
    public TimeSpan? FlushInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Is told of each step to the disk, on the thread that takes it; null for nobody.</summary>
    public Action<JournalStep>? Step { get; init; }

    /// <exception cref="ArgumentException">Names every value out of range.</exception>
    internal void Validate()
    {
        List<string> faults = [];
        if (ReserveBytes < 1 << 20) faults.Add($"{nameof(ReserveBytes)} is {ReserveBytes}, expected 1048576 or more");
        if (BufferBytes < 4096) faults.Add($"{nameof(BufferBytes)} is {BufferBytes}, expected 4096 or more");
        if (FlushInterval <= TimeSpan.Zero) faults.Add($"{nameof(FlushInterval)} is {FlushInterval}, expected a time above 0");
        if (faults.Count > 0) throw new ArgumentException(string.Join("; ", faults) + ".");
    }
}
