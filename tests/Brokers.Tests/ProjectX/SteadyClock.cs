using Tradewind.Brokers.ProjectX;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Moves a gateway's clock by steps, each followed by real round trips so that sockets keep up. While the feed waits for an answer the clock stands, so that no deadline passes for want of a processor.</summary>
internal sealed class SteadyClock(ScriptedGateway gateway) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <param name="alsoWhileAsked">For a gateway that never answers.</param>
    public async Task Step(int milliseconds, ProjectXFeed feed, bool alsoWhileAsked = false)
    {
        if (alsoWhileAsked || feed.Metrics.RestInFlight == 0) gateway.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        // A longer step sets more in motion.
        for (int trips = milliseconds > 1000 ? 8 : 1; trips > 0; trips--) (await _http.GetAsync(new Uri(gateway.Address, "/pulse"), ScriptedGateway.Patience)).Dispose();
    }

    public async Task Until(Task task, ProjectXFeed feed, bool alsoWhileAsked = false)
    {
        while (!task.IsCompleted) await Step(50, feed, alsoWhileAsked);
        await task;
    }

    public void Dispose() => _http.Dispose();
}
