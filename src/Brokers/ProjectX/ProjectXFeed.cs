using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX.History;
using Tradewind.Brokers.ProjectX.Hub;
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
    private readonly ProjectXLogin _login;
    private readonly bool _ownsLogin;
    private readonly BarHistory _history;
    private readonly ConcurrentDictionary<string, Timestamp> _knownUntil = new(StringComparer.OrdinalIgnoreCase);
    private volatile FeedParts? _parts;
    private Prepared? _prepared;
    private volatile string _state = FeedHealth.Idle.State;

    /// <summary>A feed with a login of its own.</summary>
    /// <param name="seed">Of the chance in waits between attempts.</param>
    /// <exception cref="InputException">The options are wrong; all faults in one message.</exception>
    public ProjectXFeed(ProjectXOptions options, TimeProvider? time = null, ILoggerFactory? logs = null, int seed = 0)
        : this(new ProjectXLogin(options, time, logs, seed)) => _ownsLogin = true;

    /// <summary>A feed that shares its login with a broker; the login outlives it.</summary>
    public ProjectXFeed(ProjectXLogin login)
    {
        ArgumentNullException.ThrowIfNull(login);
        _login = login;
        _history = new(login.Client, login.Options.LiveData);
        Metrics.ObserveAges(() => Health.Symbols);
    }

    public string Name => "projectx";

    internal FeedMetrics Metrics => _login.Metrics;

    /// <summary>A token is due for renewal, or being renewed.</summary>
    internal bool IsRenewalDue => _login.Session.IsDue;

    public FeedHealth Health => new(_parts?.Connection.IsConnected ?? false, Metrics.Messages, Metrics.Unreadable, Metrics.Reconnects, _parts?.Connection.State ?? _state)
    {
        Symbols = _parts?.Streams.Health() ?? [],
        Delivered = Metrics.Delivered,
        TradesCovered = Metrics.Covered,
        QuotesConflated = Metrics.Conflated,
        Dropped = Metrics.Disbelieved,
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
        Task[] loops = [parts.Connection.RunAsync(stop.Token), parts.Liveness.RunAsync(stop.Token), _login.Session.KeepFreshAsync(stop.Token), parts.Background.Faulted.WaitAsync(stop.Token)];
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
        string contract = _login.Directory.ActiveOf(instrument.Symbol) ?? (await OpenAsync([instrument], cancel).ConfigureAwait(false))[0];
        RestResult<IReadOnlyList<Bar>> bars = await _history.ReadAsync(contract, instrument, timeframe, from, to, cancel).ConfigureAwait(false);
        if (bars.Failure is { } failure) throw new FeedException($"ProjectX gives no history of {instrument.Symbol}: {failure.Sentence}", FeedFault.NoHistory);
        if (bars.Value.Count > 0) _knownUntil[instrument.Symbol] = bars.Value[^1].End;
        return bars.Value;
    }

    public ValueTask DisposeAsync()
    {
        if (_ownsLogin) _login.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Those of <see cref="PrepareAsync"/>, once: what was prepared for one run may have rolled by the next.</summary>
    private async Task<IReadOnlyList<string>> ContractsOfAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel) =>
        Interlocked.Exchange(ref _prepared, null) is { } prepared && prepared.Instruments.SequenceEqual(instruments)
            ? prepared.Contracts
            : await OpenAsync(instruments, cancel).ConfigureAwait(false);

    private Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<Instrument> instruments, CancellationToken cancel)
    {
        _state = "logging in";
        return _login.OpenAsync(instruments, cancel);
    }

    private FeedParts Assemble(IReadOnlyList<FeedSubscription> subscriptions, IReadOnlyList<string> contracts, ChannelWriter<FeedInput> inbox, CancellationToken stop)
    {
        (ProjectXOptions options, TimeProvider time, ILogger log, FeedMetrics metrics) = (_login.Options, _login.Time, _login.Log, Metrics);
        var clock = new VenueClock(time);
        var delivery = new Delivery(inbox, metrics, stop);
        var warnings = new RareWarnings(log, time);
        var background = new Background();
        SymbolStream[] symbols = [.. subscriptions.Select(subscription => new SymbolStream(subscription, options, clock, delivery, metrics, time, warnings))];
        foreach (SymbolStream symbol in symbols)
        {
            if (_knownUntil.TryGetValue(symbol.Symbol, out Timestamp end)) symbol.KnownUntil(end);
        }
        var streams = new StreamTable(symbols, new(contracts), clock, metrics, warnings, time);
        IHub Hub() => new SignalRHub(options.MarketHub, options.Hub, new MarketRecords(new(streams.Contracts, streams), streams), delivery, time, _login.Logs);
        var connection = new MarketConnection(Hub, _login.Session, streams, background, options, _login.Chance, metrics, time, log);
        var recovery = new Recovery(streams, connection, new(_history, options.Backfill, time, log), new(_history), clock, options, time, log);
        connection.Subscribed = recovery.BringToLifeAsync;
        var rolls = new RollWatch(streams, connection, _login.Directory, clock, time, log);
        return new(streams, connection, new(streams, connection, recovery, rolls, background, options.Liveness, time), background);
    }

    private sealed record Prepared(IReadOnlyList<Instrument> Instruments, IReadOnlyList<string> Contracts);

    private sealed record FeedParts(StreamTable Streams, MarketConnection Connection, Streams.Liveness Liveness, Background Background);
}
