namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>When the silence of a symbol becomes suspicious. Only payload counts; pings prove nothing.</summary>
public sealed record LivenessOptions
{
    /// <summary>Least silence in open hours that makes a symbol stale, 1 s to 10 min.</summary>
    public TimeSpan Floor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest silence that is ever borne without asking, <see cref="Floor"/> to 1 h.</summary>
    public TimeSpan Ceiling { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The threshold is this many times the longest natural pause of the last 10 to 20 minutes, 1 to 20.</summary>
    public double PauseFactor { get; init; } = 3;

    /// <summary>How often ages are looked at, 50 ms to 10 s; what is stale is found this late at most.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A new subscription without payload for so long is doubted and the history asked, 100 ms to 1 min.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Least time between two reconnects made for one silent symbol while others flow, 0 s to 1 h.</summary>
    public TimeSpan ReconnectForOneEvery { get; init; } = TimeSpan.FromMinutes(2);

    internal void Check(OptionFaults faults)
    {
        faults.Range("Liveness.Floor", Floor, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        faults.Range("Liveness.Ceiling", Ceiling, Floor, TimeSpan.FromHours(1));
        faults.Range("Liveness.PauseFactor", PauseFactor, 1, 20);
        faults.Range("Liveness.CheckEvery", CheckEvery, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(10));
        faults.Range("Liveness.ConfirmWithin", ConfirmWithin, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        faults.Range("Liveness.ReconnectForOneEvery", ReconnectForOneEvery, TimeSpan.Zero, TimeSpan.FromHours(1));
    }
}
