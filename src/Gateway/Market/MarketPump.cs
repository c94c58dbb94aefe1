using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway.Control;
using Tradewind.Gateway.Hubs;
using Tradewind.Gateway.Matching;

namespace Tradewind.Gateway.Market;

/// <summary>Reads the source and publishes each instant when market time reaches it. The only writer of the market.</summary>
internal sealed class MarketPump(IMarketSource source, Exchange exchange, TradingGate trading, OutboxRegistry outboxes, GatewayOptions options, TimeProvider time, ILogger<MarketPump> log)
    : BackgroundService
{
    /// <summary>Silence of closed hours shorter than this is waited for.</summary>
    private static readonly TimeSpan ShortestSkip = TimeSpan.FromSeconds(10);

    /// <summary>How long before the next event a skip ends, in market time.</summary>
    private static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan UnpacedPoll = TimeSpan.FromMilliseconds(20);

    private const int MostInstantsBetweenRests = 64;

    /// <summary>Of at least a millisecond each.</summary>
    private const int MostPolls = 10_000;

    /// <summary>Small outboxes are looked at more often: an instant can bring some messages to each.</summary>
    private readonly int _instantsBetweenRests = Math.Clamp(options.OutboxCapacity / 64, 1, MostInstantsBetweenRests);

    private readonly IEnumerator<Input> _inputs = source.Read().GetEnumerator();
    private MarketClock? _clock;
    private bool _hasNext;

    /// <summary>Time of the next event; nothing is known of later times.</summary>
    private long _position;
    private long _last = source.Start.Nanoseconds;
    private long _events;
    private long _skippedTicks;
    private volatile string _state = "waiting";
    private volatile TaskCompletionSource? _pause;

    /// <summary>Market time before which everything has been published.</summary>
    public Timestamp PublishedUntil
    {
        get
        {
            if (_clock is not { } clock) return source.Start;
            var position = new Timestamp(Interlocked.Read(ref _position));
            Timestamp now = clock.Now;
            return now < position ? now : position;
        }
    }

    /// <summary>The source is at its end and nothing paces time: it stands still.</summary>
    public bool HasStoppedInTime => _state == "ended" && _clock is { IsPaced: false };

    /// <summary>Real time until the market's clock reaches an instant; a short while when nothing paces it.</summary>
    public TimeSpan RealTimeUntil(Timestamp due) => _clock is { IsPaced: true } clock ? clock.Until(due) : UnpacedPoll;

    public MarketProgress Read()
    {
        Timestamp until = PublishedUntil;
        TimeSpan lag = _pause is null && _clock is { IsPaced: true } clock ? clock.Now - until : TimeSpan.Zero;
        return new(_state, until, source.Start, double.IsFinite(options.Speed) ? options.Speed : null, lag, Interlocked.Read(ref _events), new(Interlocked.Read(ref _skippedTicks)));
    }

    /// <summary>Holds the market until <see cref="Resume"/>: nothing is published and, but for the wall clock, market time stands still.</summary>
    public void Pause() => _pause ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => Interlocked.Exchange(ref _pause, null)?.TrySetResult();

    /// <summary>Reads what lies before the stream's start, and starts the clock.</summary>
    public void Prepare()
    {
        exchange.Begin();
        _hasNext = _inputs.MoveNext();
        while (_hasNext && _inputs.Current.Time < source.Start)
        {
            exchange.Remember(_inputs.Current);
            trading.Learn(_inputs.Current);
            _hasNext = _inputs.MoveNext();
        }
        if (_hasNext) _position = _inputs.Current.Time.Nanoseconds;
        trading.Follow(() => PublishedUntil);
        _clock = new(time, options.WallClock ? Timestamp.From(time.GetUtcNow()) : source.Start, options.Speed);
    }

    public override void Dispose()
    {
        _inputs.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        MarketClock clock = _clock!;
        try
        {
            await Rest(clock, stoppingToken);
            await Stream(clock, stoppingToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _state = "failed";
            throw;
        }
    }

    private async Task Stream(MarketClock clock, CancellationToken cancel)
    {
        _state = "streaming";
        for (int instants = 0; _hasNext; instants++)
        {
            await WaitFor(clock, _inputs.Current.Time, cancel);
            while (_pause is { } pause) await StandStill(clock, pause.Task, cancel);
            PublishInstant();
            if (instants % _instantsBetweenRests == 0) await Rest(clock, cancel);
        }
        _state = "ended";
        Interlocked.Exchange(ref _position, clock.IsPaced ? long.MaxValue : _last);
        log.LogInformation("The market has ended at {Time}: the source has no more events.", new Timestamp(_last));
    }

    private void PublishInstant()
    {
        Timestamp instant = _inputs.Current.Time;
        int count = 0;
        do
        {
            exchange.Collect(_inputs.Current);
            trading.Collect(_inputs.Current);
            count++;
            _hasNext = _inputs.MoveNext();
        }
        while (_hasNext && _inputs.Current.Time <= instant);
        exchange.Publish();
        trading.Publish(instant);
        Interlocked.Add(ref _events, count);
        _last = instant.Nanoseconds;
        Interlocked.Exchange(ref _position, _hasNext ? _inputs.Current.Time.Nanoseconds : _last);
    }

    private async ValueTask WaitFor(MarketClock clock, Timestamp next, CancellationToken cancel)
    {
        TimeSpan wait = clock.Until(next);
        if (wait <= TimeSpan.Zero) return;
        if (ShouldSkip(clock.Now, next))
        {
            Interlocked.Add(ref _skippedTicks, (next - LeadIn - clock.Now).Ticks);
            log.LogInformation("The market is silent from {From} to {To}; this time is skipped.", clock.Now, next);
            clock.SkipTo(next - LeadIn);
        }
        while ((wait = clock.Until(next)) > TimeSpan.Zero)
        {
            Task delay = Task.Delay(wait, time, cancel);
            // Time may have leapt between reading the clock and setting the timer (a machine that slept, a test's clock): then the wait is too long.
            TimeSpan left = clock.Until(next);
            if (left > TimeSpan.Zero && wait - left < TimeSpan.FromMilliseconds(5)) await delay;
        }
    }

    private async Task StandStill(MarketClock clock, Task resumed, CancellationToken cancel)
    {
        _state = "paused";
        await resumed.WaitAsync(cancel);
        if (!options.WallClock) clock.SkipTo(_inputs.Current.Time);
        _state = "streaming";
    }

    private bool ShouldSkip(Timestamp now, Timestamp next)
    {
        if (options.WallClock || next - now < ShortestSkip) return false;
        return next - now > options.LongestSilence || !source.Instruments.Any(instrument => instrument.Calendar.IsOpen(now));
    }

    /// <summary>
    /// Gives other work its turn. Without pacing the market stands still while nobody listens, and waits for the slowest connections; those that do
    /// not catch up within 10 s are closed.
    /// </summary>
    private async ValueTask Rest(MarketClock clock, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        await Task.Yield();
        if (clock.IsPaced) return;
        while (!exchange.HasListeners) await Task.Delay(1, cancel);
        if (!outboxes.IsCongested) return;
        for (int polls = 0; outboxes.IsCongested && polls < MostPolls; polls++) await Task.Delay(1, cancel);
        outboxes.DropCongested();
    }
}
