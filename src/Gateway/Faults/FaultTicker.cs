using Microsoft.Extensions.Hosting;
using Tradewind.Gateway.Auth;
using Tradewind.Gateway.Quirks;
using Tradewind.Gateway.Users;

namespace Tradewind.Gateway.Faults;

/// <summary>Once a second of real time: switches on and off what the schedule says, and lets happen what happens by itself.</summary>
internal sealed class FaultTicker(FaultDesk desk, QuirkSet quirks, TimedFaults timed, UserFeed users, TickFaults ticks, AuthEndpoints sessions, GatewayOptions options, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly long _start = time.GetTimestamp();
    private readonly List<ScheduledChange> _waiting = [.. options.Schedule.OrderBy(line => line.At)];
    private readonly List<(TimeSpan Until, Action Off)> _ending = [];

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
            ticks.Flush();
            sessions.CloseExpired();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void FollowSchedule(TimeSpan now)
    {
        while (_waiting.Count > 0 && _waiting[0].At <= now)
        {
            ScheduledChange line = _waiting[0];
            Action off = SwitchOn(line);
            if (line.Until is { } until) _ending.Add((until, off));
            _waiting.RemoveAt(0);
        }
        foreach ((TimeSpan until, Action off) in _ending.Where(entry => entry.Until <= now).ToArray())
        {
            off();
            _ending.Remove((until, off));
        }
    }

    /// <summary>What is returned switches it off again.</summary>
    private Action SwitchOn(ScheduledChange line)
    {
        if (line.Quirk is { } quirk)
        {
            quirks.Set(quirk, isOn: true);
            return () => quirks.Set(quirk, isOn: false);
        }
        int id = desk.Add(line.Injection!);
        return () => desk.Remove(id);
    }
}
