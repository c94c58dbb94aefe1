namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The connection to the market hub and what follows its loss.</summary>
public sealed record HubOptions
{
    /// <summary>Sends the token as <c>?access_token=</c> instead of the Authorization header, for a proxy that strips headers. An address may be logged on the way.</summary>
    public bool TokenInUrl { get; init; }

    /// <summary>Deadline of connecting and of each subscribe call, 1 s to 2 min.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection that brings nothing, not even a ping, for so long is lost; 5 s to 5 min.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits before the first, second, … attempt after a loss; the last one repeats for ever. Each 0 to 10 min, stretched or shortened by up to a fifth.</summary>
    public IReadOnlyList<TimeSpan> ReconnectDelays { get; init; } =
        [TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];

    /// <summary>A connection that lived so long starts the waits anew, 0 s to 1 h.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Least wait after the gateway ended the session: a second session that fights for it should win some time; 0 s to 10 min.</summary>
    public TimeSpan LogoutDelay { get; init; } = TimeSpan.FromSeconds(2);

    internal void Check(OptionFaults faults)
    {
        faults.Range("Hub.CallTimeout", CallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
        faults.Range("Hub.ServerTimeout", ServerTimeout, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        faults.Range("Hub.StableAfter", StableAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
        faults.Range("Hub.LogoutDelay", LogoutDelay, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        if (ReconnectDelays.Count == 0) faults.Add("Hub.ReconnectDelays is empty; it needs at least one wait.");
        foreach (TimeSpan delay in ReconnectDelays) faults.Range("Hub.ReconnectDelays", delay, TimeSpan.Zero, TimeSpan.FromMinutes(10));
    }
}
