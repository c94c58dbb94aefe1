namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>Growing waits between attempts that never end, stretched or shortened by chance so that many clients do not come back at once.</summary>
internal sealed class ReconnectDelay(HubOptions options, Chance chance)
{
    private const double Jitter = 0.2;
    private int _step;

    public TimeSpan Next()
    {
        TimeSpan delay = options.ReconnectDelays[Math.Min(_step, options.ReconnectDelays.Count - 1)];
        _step++;
        return delay * (1 - Jitter + 2 * Jitter * chance.Next());
    }

    /// <summary>A connection that drops soon after it was made does not count as a success.</summary>
    public void Lived(TimeSpan span)
    {
        if (span >= options.StableAfter) _step = 0;
    }
}
