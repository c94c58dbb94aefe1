using Tradewind.Brokers.ProjectX;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>Moves a gateway's clock by steps, each followed by real round trips until the feed has what was sent. While it waits for an answer the clock stands, so that no deadline passes for want of a processor.</summary>
internal sealed class SteadyClock(ScriptedGateway gateway) : IDisposable
{
    private const int TripsForAMessage = 200;

    /// <summary>A thread that a renewal waits for comes within these by far; without a bound a renewal that nobody makes would hold the clock for ever.</summary>
    private const int TripsForARenewal = 20_000;

    private readonly HttpClient _http = new();
    private long _lost;

    /// <param name="alsoWhileAsked">For a gateway that never answers.</param>
    public async Task Step(int milliseconds, ProjectXFeed feed, bool alsoWhileAsked = false)
    {
        for (int trips = 0; !alsoWhileAsked && feed.IsRenewalDue && trips < TripsForARenewal; trips++) await RoundTrip();
        if (alsoWhileAsked || feed.Metrics.RestInFlight == 0) gateway.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        // A longer step sets more in motion.
        for (int trips = milliseconds > 1000 ? 8 : 1; trips > 0; trips--) await RoundTrip();
        for (int trips = 0; gateway.Sent - feed.Health.Messages > _lost && trips < TripsForAMessage; trips++) await RoundTrip();
        // What has not come by now was on a connection that is gone.
        _lost = Math.Max(_lost, gateway.Sent - feed.Health.Messages);
    }

    private async Task RoundTrip() => (await _http.GetAsync(new Uri(gateway.Address, "/pulse"), ScriptedGateway.Patience)).Dispose();

    public async Task Until(Task task, ProjectXFeed feed, bool alsoWhileAsked = false)
    {
        while (!task.IsCompleted) await Step(50, feed, alsoWhileAsked);
        await task;
    }

    public void Dispose() => _http.Dispose();
}
