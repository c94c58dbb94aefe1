using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Streams;

/// <summary>Brings a symbol back: from subscribed to live over the filling of its gap, and from silent to either live or subscribed anew.</summary>
internal sealed class Recovery(StreamTable streams, MarketConnection connection, GapFiller filler, TradingProbe probe, VenueClock clock, ProjectXOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The history may tell of a trade before its message arrives.</summary>
    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BetweenRepairs = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _reconnectedForOne;

    /// <summary>A subscription was confirmed by the hub. Doubts it until a payload has come or the history says that there is none to come.</summary>
    public async Task BringToLifeAsync(int position, CancellationToken cancel)
    {
        await AgreeAsync(position, cancel).ConfigureAwait(false);
        int epoch = streams.Change(position, stream => stream.BeginFilling());
        if (!await IsConfirmedAsync(position, cancel).ConfigureAwait(false))
        {
            await RepairAsync(position, epoch, cancel).ConfigureAwait(false);
            return;
        }
        await UntilAsync(() => clock.HasHeard, options.Liveness.ConfirmWithin, cancel).ConfigureAwait(false);
        Timestamp boundary = SeenSecond.StartOf(clock.Now) + Second + Second;
        Timestamp settled = boundary + options.Backfill.Settle;
        await UntilAsync(() => clock.Now >= settled, settled - clock.Now, cancel).ConfigureAwait(false);
        Filling filling = await filler.FillAsync(until => streams.Read(position, stream => stream.MissedOf(streams.Contracts[position], until)), boundary, cancel).ConfigureAwait(false);
        if (streams.GoLive(position, epoch, filling)) log.LogInformation("{Symbol}: live data flows from {Boundary} on, {Bars} bars of history before it.", SymbolOf(position), boundary, filling.Bars.Count);
    }

    /// <summary>A live symbol's trades and quotes disagree. It stays out of service until they agree; the history then tells what was traded.</summary>
    public Task ReconcileAsync(int position, CancellationToken cancel)
    {
        (string symbol, double ticks) = streams.Read(position, stream => (stream.Symbol, stream.Disagreement.Ticks));
        log.LogWarning("{Symbol}: trades lie {Ticks:0.#} ticks beside the quotes, and have for some time; neither is believed until they agree.", symbol, ticks);
        return BringToLifeAsync(position, cancel);
    }

    /// <summary>A live symbol fell silent. Finds out whether the market or the stream is to blame, and acts.</summary>
    public async Task InvestigateAsync(Silent silent, CancellationToken cancel)
    {
        int position = silent.Position;
        log.LogInformation("{Symbol}: no data for {Age:0.0} s; asking the history whether it is traded.", SymbolOf(position), silent.Age.TotalSeconds);
        TimeSpan wait = options.Liveness.ConfirmWithin;
        while (true)
        {
            Finding finding = await AskAsync(position, silent.Since, silent.LastTrade, cancel).ConfigureAwait(false);
            if (finding == Finding.Quiet)
            {
                streams.ProveQuiet(silent);
                return;
            }
            if (!streams.Doubt(ref silent)) return;
            if (finding == Finding.Traded)
            {
                if (!silent.OnlyTrades && await IsHeardAsync(position, Arrival, cancel).ConfigureAwait(false)) await BringToLifeAsync(position, cancel).ConfigureAwait(false);
                else await RepairAsync(position, silent.Epoch, cancel).ConfigureAwait(false);
                return;
            }
            if (!streams.IsAnotherHeard(position, options.Liveness.Floor))
            {
                connection.Reconnect($"nothing comes, and the history cannot tell whether {SymbolOf(position)} is traded");
                return;
            }
            if (await IsHeardAsync(position, wait, cancel).ConfigureAwait(false))
            {
                await BringToLifeAsync(position, cancel).ConfigureAwait(false);
                return;
            }
            wait = Longer(wait);
        }
    }

    /// <summary>Waits until trades and quotes agree. Now and then the connection is made anew: a subscription may have stood still.</summary>
    private async Task AgreeAsync(int position, CancellationToken cancel)
    {
        while (true)
        {
            await UntilAsync(() => streams.Read(position, stream => !stream.Disagreement.IsOpen), LongestWait, cancel).ConfigureAwait(false);
            if (streams.Read(position, stream => !stream.Disagreement.IsOpen)) return;
            if (MayReconnectForOne()) connection.Reconnect($"trades and quotes of {SymbolOf(position)} disagree");
        }
    }

    private async Task<bool> IsConfirmedAsync(int position, CancellationToken cancel)
    {
        Timestamp since = clock.Now;
        TimeSpan wait = options.Liveness.ConfirmWithin;
        while (true)
        {
            if (await IsHeardAsync(position, wait, cancel).ConfigureAwait(false)) return true;
            if (!streams.Read(position, stream => stream.Instrument.Calendar.IsOpen(clock.Now))) return true;
            switch (await AskAsync(position, since, null, cancel).ConfigureAwait(false))
            {
                case Finding.Quiet: return true;
                case Finding.Traded: return streams.Read(position, stream => stream.FirstPayload.IsCompleted);
            }
            wait = Longer(wait);
        }
    }

    /// <summary>Subscribes the symbol anew while others flow; else, or when that did not help, the whole connection is made anew.</summary>
    private async Task RepairAsync(int position, int epoch, CancellationToken cancel)
    {
        if (streams.Read(position, stream => stream.Epoch) != epoch) return;
        string symbol = SymbolOf(position);
        int attempt = streams.Change(position, stream => ++stream.Repairs);
        bool doOthersFlow = streams.IsAnotherHeard(position, options.Liveness.ConfirmWithin);
        if (!doOthersFlow || (attempt > 1 && MayReconnectForOne()))
        {
            connection.Reconnect($"{symbol} is traded, but nothing of it comes");
            return;
        }
        log.LogWarning("{Symbol}: traded, but nothing of it comes; subscribing anew.", symbol);
        if (attempt > 1) await Task.Delay(BetweenRepairs, time, cancel).ConfigureAwait(false);
        streams.Change(position, stream => stream.GoDown());
        await connection.SubscribeAgainAsync(position, streams.Contracts[position], cancel).ConfigureAwait(false);
    }

    /// <summary>The others lose data by it, so not often.</summary>
    private bool MayReconnectForOne()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            if (_reconnectedForOne is { } last && time.GetElapsedTime(last, now) < options.Liveness.ReconnectForOneEvery) return false;
            _reconnectedForOne = now;
            return true;
        }
    }

    private Task<Finding> AskAsync(int position, Timestamp since, Timestamp? lastTrade, CancellationToken cancel)
    {
        Instrument instrument = streams.Read(position, stream => stream.Instrument);
        return probe.AskAsync(streams.Contracts[position], instrument, since, lastTrade, clock.Now, cancel);
    }

    private async Task<bool> IsHeardAsync(int position, TimeSpan within, CancellationToken cancel)
    {
        try
        {
            await streams.Read(position, stream => stream.FirstPayload).WaitAsync(within, time, cancel).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Waits for the condition, but no longer than the time. The gateway's clock may run faster than ours.</summary>
    private async Task UntilAsync(Func<bool> condition, TimeSpan longest, CancellationToken cancel)
    {
        long start = time.GetTimestamp();
        while (!condition() && time.GetElapsedTime(start) < longest) await Task.Delay(LookAgain, time, cancel).ConfigureAwait(false);
    }

    private string SymbolOf(int position) => streams.Read(position, stream => stream.Symbol);

    private static TimeSpan Longer(TimeSpan wait) => wait + wait < LongestWait ? wait + wait : LongestWait;
}
