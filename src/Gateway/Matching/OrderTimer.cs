using Microsoft.Extensions.Hosting;
using Tradewind.Core.Model;
using Tradewind.Gateway.Market;

namespace Tradewind.Gateway.Matching;

/// <summary>Has the venue do what is due between two events of the market, and after the last one.</summary>
internal sealed class OrderTimer(TradingGate gate, MarketPump pump, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    /// <summary>After the end of a market without pacing time moves only as far as orders need it, not on to the next day.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Timestamp until = pump.PublishedUntil;
        while (true)
        {
            DueTimes times = gate.Advance(until);
            until = pump.PublishedUntil;
            if (times.Next is not { } due)
            {
                await times.Earlier.WaitAsync(stoppingToken);
                continue;
            }
            if (pump.HasStoppedInTime && due - times.Now < LongestStep) until = due;
            else if (due > until) await Wait(due, times.Earlier, stoppingToken);
        }
    }

    private async Task Wait(Timestamp due, Task earlier, CancellationToken stop)
    {
        TimeSpan wait = pump.RealTimeUntil(due);
        using var slept = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task delay = Task.Delay(wait < ShortestWait ? ShortestWait : wait, time, slept.Token);
        // Time may have leapt between reading the clock and setting the timer (a machine that slept, a test's clock): then the wait is too long.
        if (wait - pump.RealTimeUntil(due) < TimeSpan.FromMilliseconds(5)) await Task.WhenAny(delay, earlier);
        await slept.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }
}
