using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradewind.Brokers.ProjectX.Contracts;
using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
using Tradewind.Brokers.ProjectX.Login;
using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Brokers.ProjectX.Streams;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.ProjectX;

/// <summary>Live data of a ProjectX gateway, TopstepX by default: REST for contracts and history, SignalR for quotes, trades and depth.</summary>
/// <remarks>
/// What the inbox gets for one instrument, in this order:
/// <list type="number">
/// <item><c>Down(from)</c> when data was flowing and no longer does: the connection is gone, the symbol is silent in open hours, or it rolls.
/// Until <c>Up</c> the bars in progress are incomplete and must not be closed by the clock. There is none at the start.</item>
/// <item><c>Gap(from, to)</c> where nothing can be had; the bars in progress lack these trades for good.</item>
/// <item><c>HistoryBar</c>s, oldest first, of a second at the ends of the gap and of <see cref="BackfillOptions.Timeframe"/> between. They overlap
/// neither each other nor any trade delivered: adding them to the bars in progress makes these what they would have been without the gap.
/// The first may be the rest of a second of which a part came live. At the start they begin where the newest bar of
/// the last call of <see cref="HistoryAsync"/> ended, or else with the minute in progress.</item>
/// <item><c>Up(from, to)</c>: filled from, and live from <c>to</c> on.</item>
/// <item>Trades from <c>to</c> on, those first that came during the filling; a quote when it changed; a depth reset before the first change of the book.</item>
/// </list>
/// A quiet market gives <c>Down</c> and soon <c>Up</c> without bars, when the history shows that nothing was traded.
/// A full inbox is waited for: trades, depth, bars and events are never dropped, a waiting quote gives way to a newer one of its instrument,
/// and the socket is not read on until there is room. A consumer that is slower than the market for longer than <see cref="HubOptions.ServerTimeout"/> loses the connection, and the gap is filled.
/// Lies: the gateway gives no trade ids and no sequence numbers, so a trade that it loses or repeats on a healthy connection is not noticed;
/// quotes have no sizes; times are the gateway's.
/// </remarks>
public sealed class ProjectXFeed : IFeed
{
    private readonly ProjectXOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Chance _chance;
    private readonly FeedMetrics _metrics = new();
    private readonly RestTransport _transport;
    private readonly TokenSession _session;
    private readonly ContractDirectory _directory;
    private readonly BarHistory _history;
    private readonly IMarketHubFactory _hubs;
    private readonly ConcurrentDictionary<string, string> _contracts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, Timestamp> _knownUntil = new(StringComparer.OrdinalIgnoreCase);
    private volatile FeedParts? _parts;
    private Prepared? _prepared;
    private volatile string _state = FeedHealth.Idle.State;

    /// <param name="seed">Of the chance in waits between attempts.</param>
    /// <exception cref="InputException">The options are wrong; all faults in one message.</exception>
    public ProjectXFeed(ProjectXOptions options, TimeProvider? time = null, ILoggerFactory? logs = null, int seed = 0)
        : this(options, time ?? TimeProvider.System, logs ?? NullLoggerFactory.Instance, seed, null)
    {
    }

    internal ProjectXFeed(ProjectXOptions options, TimeProvider time, ILoggerFactory logs, int seed, IMarketHubFactory? hubs)
    {
        options.Validate();
        _options = options;
        _time = time;
        _log = logs.CreateLogger("Tradewind.ProjectX");
        _chance = new(seed);
        _transport = new(options, _metrics, time);
        _session = new(_transport, options, time, _chance, _log);
        var client = new ProjectXClient(_transport, _session, ReadRetry.Create(time, _chance));
        _directory = new(client, options.LiveData, _log);
        _history = new(client, options.LiveData);
        _hubs = hubs ?? new SignalRMarketHubFactory(options.MarketHub, options.Hub, time, logs);
        _metrics.ObserveAges(() => Health.Symbols);
    }

    public string Name => "projectx";

    internal FeedMetrics Metrics => _metrics;

    public FeedHealth Health => new(_parts?.Connection.IsConnected ?? false, _metrics.Messages, _metrics.Unreadable, _metrics.Reconnects, _parts?.Connection.State ?? _state)
    {
        Symbols = _parts?.Streams.Health() ?? [],
        Delivered = _metrics.Delivered,
        TradesCovered = _metrics.Covered,
        QuotesConflated = _metrics.Conflated,
        Dropped = _metrics.Disbelieved,
    };

    /// <summary>Logs in and finds the contracts, so that a wrong credential or a gateway that is not there shows before anything else begins. The next <see cref="RunAsync"/> of the same instruments begins with them.</summary>
    /// <exception cref="FeedException">The gateway cannot be used; the message says why.</exception>
    public async Task PrepareAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel) =>
        _prepared = new(instruments, await OpenAsync(instruments, cancel).ConfigureAwait(false));

    public async Task RunAsync(IReadOnlyList<FeedSubscription> subscriptions, ChannelWriter<FeedInput> inbox, CancellationToken cancel)
    {
        if (_parts is not null) throw new InvalidOperationException("The feed runs already.");
        if (subscriptions.Count == 0) throw new InputException("The feed has no instrument to subscribe to; name at least one.");
        IReadOnlyList<string> contracts = await ContractsOfAsync([.. subscriptions.Select(subscription => subscription.Instrument)], cancel).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        FeedParts parts = Assemble(subscriptions, contracts, inbox, stop.Token);
        _parts = parts;
        Task[] loops = [parts.Connection.RunAsync(stop.Token), parts.Liveness.RunAsync(stop.Token), _session.KeepFreshAsync(stop.Token), parts.Background.Faulted.WaitAsync(stop.Token)];
        try
        {
            await (await Task.WhenAny(loops).ConfigureAwait(false)).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll([.. loops, parts.Background.EndAsync()]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _state = "stopped";
            _parts = null;
        }
    }

    /// <summary>Finished bars from <paramref name="from"/> on that ended by <paramref name="to"/>, oldest first. After the last call for an instrument, the end of the newest one is where <see cref="RunAsync"/> will begin.</summary>
    /// <exception cref="FeedException">The gateway gives no history; the message says why.</exception>
    public async Task<IReadOnlyList<Bar>> HistoryAsync(Instrument instrument, Timeframe timeframe, Timestamp from, Timestamp to, CancellationToken cancel)
    {
        if (!_contracts.TryGetValue(instrument.Symbol, out string? contract)) contract = (await OpenAsync([instrument], cancel).ConfigureAwait(false))[0];
        RestResult<IReadOnlyList<Bar>> bars = await _history.ReadAsync(contract, instrument, timeframe, from, to, cancel).ConfigureAwait(false);
        if (bars.Failure is { } failure) throw new FeedException($"ProjectX gives no history of {instrument.Symbol}: {failure.Sentence}", FeedFault.NoHistory);
        if (bars.Value.Count > 0) _knownUntil[instrument.Symbol] = bars.Value[^1].End;
        return bars.Value;
    }

    public ValueTask DisposeAsync()
    {
        _transport.Dispose();
        _metrics.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Those of <see cref="PrepareAsync"/>, once: what was prepared for one run may have rolled by the next.</summary>
    private async Task<IReadOnlyList<string>> ContractsOfAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel) =>
        Interlocked.Exchange(ref _prepared, null) is { } prepared && prepared.Instruments.SequenceEqual(instruments)
            ? prepared.Contracts
            : await OpenAsync(instruments, cancel).ConfigureAwait(false);

    /// <summary>Logs in and finds the contracts; tries a gateway that cannot be reached until the patience is over.</summary>
    private async Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel)
    {
        _state = "logging in";
        var delay = new ReconnectDelay(_options.Hub, _chance);
        long start = _time.GetTimestamp();
        while (true)
        {
            await Task.Delay(delay.Next(), _time, cancel).ConfigureAwait(false);
            RestResult<Secret> token = await _session.TokenAsync(cancel).ConfigureAwait(false);
            RestFailure? failure = token.Failure;
            if (failure is null)
            {
                RestResult<IReadOnlyList<string>> contracts = await _directory.ResolveAsync(instruments, cancel).ConfigureAwait(false);
                if (contracts.Failure is null)
                {
                    for (int i = 0; i < instruments.Count; i++) _contracts[instruments[i].Symbol] = contracts.Value[i];
                    return contracts.Value;
                }
                failure = contracts.Failure;
            }
            if (LoginRefusal.IsFinal(failure) || _time.GetElapsedTime(start) >= _options.StartPatience) throw LoginRefusal.Explain(failure, isLogin: !token.IsSuccess, _options);
            _log.LogWarning("{Reason} Trying again.", failure.Sentence);
        }
    }

    private FeedParts Assemble(IReadOnlyList<FeedSubscription> subscriptions, IReadOnlyList<string> contracts, ChannelWriter<FeedInput> inbox, CancellationToken stop)
    {
        var clock = new VenueClock(_time);
        var delivery = new Delivery(inbox, _metrics, stop);
        var warnings = new RareWarnings(_log, _time);
        var background = new Background();
        SymbolStream[] symbols = [.. subscriptions.Select(subscription => new SymbolStream(subscription, _options, clock, delivery, _metrics, _time, warnings))];
        foreach (SymbolStream symbol in symbols)
        {
            if (_knownUntil.TryGetValue(symbol.Symbol, out Timestamp end)) symbol.KnownUntil(end);
        }
        var streams = new StreamTable(symbols, new(contracts), clock, _metrics, warnings, _time);
        var connection = new MarketConnection(_hubs, _session, streams, delivery, background, _options, _chance, _metrics, _time, _log);
        var recovery = new Recovery(streams, connection, new(_history, _options.Backfill, _time, _log), new(_history), clock, _options, _time, _log);
        connection.Subscribed = recovery.BringToLifeAsync;
        var rolls = new RollWatch(streams, connection, _directory, clock, _time, _log);
        return new(streams, connection, new(streams, connection, recovery, rolls, background, _options.Liveness, _time), background);
    }

    private sealed record Prepared(IReadOnlyList<Instrument> Instruments, IReadOnlyList<string> Contracts);

    private sealed record FeedParts(StreamTable Streams, MarketConnection Connection, Streams.Liveness Liveness, Background Background);
}
