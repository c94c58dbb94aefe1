using System.Threading.Channels;
using Tradewind.Brokers.Paper;
using Tradewind.Core.Engine;
using Tradewind.Live;

namespace Tradewind.App.Running;

/// <summary>Walks a session's way of a decision on a made-up market before the session begins: code is made ready when it is first used, and the first real orders should not wait for that.</summary>
/// <remarks>An engine of the same composition, a runner, an outbox, the paper venue and the page's board, with a journal that keeps nothing. The session hears nothing of them, and goes on where they fail.</remarks>
internal sealed class Rehearsal : IAsyncDisposable
{
    /// <summary>Bars that are made while the market waits for the engine in between: about a third of a second.</summary>
    private const int Bars = 240;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(200);

    /// <summary>A session does not wait longer: a strategy may be slow or never return.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly TimeProvider _time;
    private readonly Task _running;

    /// <param name="engine">Nobody else's; it is used up.</param>
    public Rehearsal(Engine engine, RunSettings settings, TimeProvider time)
    {
        _time = time;
        _running = Task.Run(() => RunAsync(engine, settings, _stop.Token));
    }

    /// <summary>Orders and cancels that were decided on the way.</summary>
    public long Decisions { get; private set; }

    /// <summary>Completes when the walk is over, whatever came of it, or has taken too long.</summary>
    public Task EndAsync() => Task.WhenAny(_running, Task.Delay(Limit, _time));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await EndAsync().ConfigureAwait(false);
        if (_running.IsCompleted) _stop.Dispose();
    }

    private async Task RunAsync(Engine engine, RunSettings settings, CancellationToken stop)
    {
        var market = new RehearsalMarket(engine, settings.BarLength);
        await using var broker = new PaperBroker(engine.Options.Instruments, settings.Paper.Venue);
        await using var runner = new LiveRunner(engine, new LiveOptions { StopLimit = StopLimit }, new KeepsNothing(), broker, [new StatusBoard(engine)], new MarketClock(_time), _time);
        runner.Start();
        Task answers = broker.RunAsync(runner.Inbox, stop);
        await PlayAsync(market.Past(), runner.Inbox, stop).ConfigureAwait(false);
        for (int bar = 0; bar < Bars; bar++)
        {
            await PlayAsync(market.NextBar(), runner.Inbox, stop).ConfigureAwait(false);
            await Task.Delay(Pause, _time, stop).ConfigureAwait(false);
        }
        await runner.StopAsync().ConfigureAwait(false);
        Decisions = runner.DecisionLatency.Count;
        await broker.DisposeAsync().ConfigureAwait(false);
        await answers.ConfigureAwait(false);
    }

    private async Task PlayAsync(IEnumerable<Input> inputs, ChannelWriter<FeedInput> inbox, CancellationToken stop)
    {
        foreach (Input input in inputs) await inbox.WriteAsync(new(input, _time.GetTimestamp()), stop).ConfigureAwait(false);
    }

    private sealed class KeepsNothing : IJournal
    {
        public long DurableSequence { get; private set; }

        public bool IsSpaceLow => false;

        public string? Fault => null;

        public long Append(in Input input, ulong hashBefore) => ++DurableSequence;

        public void WaitDurable(long sequence, CancellationToken cancel)
        {
        }

        public void Complete(ulong finalHash)
        {
        }

        public void Dispose()
        {
        }
    }
}
