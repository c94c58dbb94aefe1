using Microsoft.Extensions.Hosting;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway.Faults;

/// <summary>Once a second of real time: switches on and off what the schedule says, and lets happen what happens by itself.</summary>
internal sealed class FaultTicker(FaultDesk desk, TimedFaults timed, UserFeed users, GatewayOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private readonly List<ScheduledInjection> _waiting = [.. options.Schedule.OrderBy(line => line.At)];
    private readonly List<(int Id, TimeSpan Until)> _ending = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (Injection injection in options.Injections) desk.Add(injection);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        do
        {
            FollowSchedule(time.GetElapsedTime(_start));
            foreach (Injection injection in desk.StrikeTimed()) timed.Happen(injection);
            users.Flush();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void FollowSchedule(TimeSpan now)
    {
        while (_waiting.Count > 0 && _waiting[0].At <= now)
        {
            int id = desk.Add(_waiting[0].Injection);
            if (_waiting[0].Until is { } until) _ending.Add((id, until));
            _waiting.RemoveAt(0);
        }
        foreach ((int id, TimeSpan until) in _ending.Where(entry => entry.Until <= now).ToArray())
        {
            desk.Remove(id);
            _ending.Remove((id, until));
        }
    }
}
