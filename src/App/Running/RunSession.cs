using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Tradewind.App.Running.Checking;
using Tradewind.App.Running.Recovering;
using Tradewind.App.Terminal;
using Tradewind.Brokers.Paper;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Gateway;
using Tradewind.Gateway.Accounts;
using Tradewind.Live;
using Tradewind.Server;
using Tradewind.Storage.Journal;
using Tradewind.Storage.Sqlite;
using Tradewind.UserCode;

namespace Tradewind.App.Running;

/// <summary>One live session from its start to its end: the wiring of feed, journal, engine, broker, store and status page.</summary>
internal sealed class RunSession(RunSettings wanted, RunOptions options, Surroundings around)
{
    /// <summary>How long the end of a session waits for the database.</summary>
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(2);

    /// <summary>What is taken for the pace of a simulator that plays as fast as it can.</summary>
    private const double FastestPace = 1000;

    private RunSettings _settings = wanted;
    private Inheritance? _left;
    private readonly DateTimeOffset _started = around.Time.GetUtcNow();

    /// <summary>Runs until canceled, or until its length is over.</summary>
    /// <returns>The exit code: <see cref="ExitCode.Done"/>, or <see cref="ExitCode.Difference"/> where a comparison was wanted and found one.</returns>
    /// <exception cref="InputException">Settings, port or credentials are wrong.</exception>
    public async Task<int> RunAsync(CancellationToken stop)
    {
        using WorkerPool? workers = _settings.StrategyWorkers > 0 ? new WorkerPool(_settings.StrategyWorkers) : null;
        CrashPoint? crash = CrashPoint.From(around.Variable(CrashPoint.Variable));
        JournalDirectory journals = RunDatabase.Journals(options.DataFolder);
        string session = SessionName.Next(_started, journals);
        StrategyShelf shelf = RunDatabase.Shelf(journals.PathOf(session));
        _settings = Checked(EngineFactory.Pin(_settings, shelf, around));
        await using var rehearsal = new Rehearsal(EngineFactory.Build(_settings with { Broker = BrokerName.Paper }, shelf, Watch()), _settings, around.Time);
        // Whatever can be refused is refused before the session leaves a trace.
        ThrowIfTaken(options.Port);
        using var ground = new SessionGround(options, session, around);
        if (options.Gateway is null) GoOn(ground, SessionAccount.LedgerOf(null, _settings, options), shelf, stop);
        await using GatewayServer? simulator = await StartSimulatorAsync(stop).ConfigureAwait(false);
        using var login = new ProjectXLogin(GatewayOptionsFor(simulator), around.Time);
        await using var feed = new ProjectXFeed(login);
        ProjectXAccount? account = await PrepareAsync(ground, login, feed, shelf, stop).ConfigureAwait(false);
        Engine engine = EngineFactory.Build(_settings, shelf, Watch(), workers);
        SqliteStore store = RunDatabase.Open(options.DataFolder);
        using SessionJournal journal = OpenJournal(journals.PathOf(session), session, crash, shelf);
        ground.Begin();
        await using IBroker broker = BrokerOf(session, login, account, engine.Options.Instruments, ground);
        using RunRecorder recorder = store.Record(
            new StoredRun(session, "run", account?.Name ?? broker.Name, Timestamp.From(_started), BuildVersion.Text, _settings.ToJson(), journals.PathOf(session)), NamesOf(engine));
        var board = new StatusBoard(engine);
        var operators = new OperatorDesk(engine, around.Time);
        var checkpoints = new Checkpoints(engine, journal, session, Checkpoint.PathOf(journals.PathOf(session)), around.Time, text => Warn(board, text), crash is null ? null : crash.ReachCheckpoint);
        await using var runner = new LiveRunner(engine, new LiveOptions { FlattenOnStop = options.FlattenOnStop, Door = ground.Door, Step = crash is null ? null : crash.Reach }, journal, broker, [board, new StoreSink(engine, recorder), operators, checkpoints], Clock(board), around.Time, ground.Fence) { Warn = text => Warn(board, text) };
        StatusReport Report() => Describe(session, ground.Owner is null ? SessionAccount.Mode(account, options) : "READ-ONLY", login.Options, feed, runner, board) with { ReadOnly = ground.ReadOnlyWords, Epoch = ground.Epoch, Broker = broker.Health, Journal = Describe(journal, journals.PathOf(session)), Store = Describe(recorder, store.Path), Stuck = runner.Stuck };
        operators.Open(runner.Inbox);
        var control = new SessionControl(SessionControl.NewToken(), (request, cancel) => AskAsync(operators, request, board, cancel));
        await using StatusServer server = await StartServerAsync(Report, control).ConfigureAwait(false);
        using ControlFile controlFile = ControlFile.Write(options.DataFolder, new SessionAddress(server.Address, control.Token, session, Environment.ProcessId));

        SayWhereToLook(session, journals.PathOf(session), login.Options, account, server);
        await rehearsal.EndAsync().ConfigureAwait(false);
        using var end = new SessionEnd(options, login.Options.Url, account, around);
        await RunAsync(engine, feed, broker, runner, board, shelf, ground, end, stop).ConfigureAwait(false);
        await checkpoints.EndAsync().ConfigureAwait(false);
        recorder.Complete(engine.Now, engine.InputCount, engine.OutputHash, StoreLimit);
        return await SayHowItWentAsync(end, engine, runner, store, session, account).ConfigureAwait(false);
    }

    private EngineClock Clock(StatusBoard board) => options.Gateway is null || options.MarketTime ? new MarketClock(around.Time) : new WallClock(around.Time, text => Warn(board, text));

    private static RunSettings Checked(RunSettings settings) =>
        settings.Faults() is { Count: > 0 } faults ? throw new InputException(string.Join('\n', faults)) : settings;

    /// <summary>From here on the session leaves traces: the sources of the user's files, and its journal.</summary>
    private SessionJournal OpenJournal(string path, string session, CrashPoint? crash, StrategyShelf shelf)
    {
        shelf.Begin();
        return new(new JournalWriter(
            path, new JournalHeader(session, Timestamp.From(_started), BuildVersion.Text, _settings.ToJson()), new() { ReserveBytes = (long)options.JournalReserve << 20, Step = crash is null ? null : crash.Reach }));
    }

    private RunNames NamesOf(Engine engine) => new([.. _settings.Symbols], [.. Enumerable.Range(0, engine.StrategyCount).Select(index => engine.Strategy(index).Name)]);

    /// <summary>Finds the account, and what its last session left.</summary>
    private async Task<ProjectXAccount?> PrepareAsync(SessionGround ground, ProjectXLogin login, ProjectXFeed feed, StrategyShelf shelf, CancellationToken stop)
    {
        await feed.PrepareAsync(EngineFactory.InstrumentsOf(_settings), stop).ConfigureAwait(false);
        ProjectXAccount? account = await SessionAccount.ChooseAsync(login, _settings, options, stop).ConfigureAwait(false);
        if (account is not null) _settings = _settings with { Account = account.Name, Cash = account.Balance > 0 ? account.Balance : _settings.Cash };
        if (options.Gateway is null) return account;
        int symbols = _settings.Symbols.Count;
        GoOn(ground, SessionAccount.LedgerOf(account, _settings, options), shelf, stop);
        if (_settings.Symbols.Count > symbols) await feed.PrepareAsync(EngineFactory.InstrumentsOf(_settings), stop).ConfigureAwait(false);
        return account;
    }

    /// <summary>Takes folder and account, and goes on from where the last session of the account ended.</summary>
    private void GoOn(SessionGround ground, string ledger, StrategyShelf shelf, CancellationToken stop)
    {
        ground.TakeFolder();
        if (options.Gateway is not null && !_settings.IsPaper) ground.TakeAccount(ledger);
        // A session that only looks on leaves nothing to the next one.
        _settings = _settings with { Ledger = ground.Owner is null ? ledger : $"{ledger} (looking on)" };
        if (ground.FindLeft(ledger, _settings.Cash, around.SayNote, stop) is not { } left) return;
        _left = Inheritance.Of(left, _settings, settings => EngineFactory.Build(settings, shelf));
        _settings = _left.Settings;
        foreach (string note in _left.Notes) around.SayNote(note);
    }

    /// <summary>What comes before all else.</summary>
    private void Begin(SessionGround ground, LiveRunner runner, StatusBoard board)
    {
        if (_left is not null) runner.Inbox.TryWrite(new(Input.Carry(default, _left.Left), 0));
        string? why = ground.ReadOnlyWords ?? (_left is { Left.IsPaused: true } ? "Trading was paused or halted when the last session crashed, and is paused now; tradewind resume lifts it." : null);
        if (why is null) return;
        runner.Inbox.TryWrite(new(new Input(default, new Command(CommandKind.Pause)), 0));
        Warn(board, why);
    }

    /// <summary>On paper without an account.</summary>
    private IBroker BrokerOf(string session, ProjectXLogin login, ProjectXAccount? account, IReadOnlyList<Instrument> instruments, SessionGround ground)
    {
        if (account is null) return new PaperBroker(instruments, _settings.Paper.Venue with { LastExecution = _left?.LastExecution ?? 0 });
        double pace = options.Gateway is null ? Math.Clamp(options.Speed, 1, FastestPace) : 1;
        return new ProjectXBroker(login, account, instruments, new() { Session = session, Pace = pace, Memory = _left?.Memory(), Fence = ground.Fence, Door = ground.Door, Brackets = BracketNames.All[_settings.Brackets], TrailingStops = TrailingNames.AreNative(_settings) });
    }

    private async Task RunAsync(Engine engine, ProjectXFeed feed, IBroker broker, LiveRunner runner, StatusBoard board, StrategyShelf shelf, SessionGround ground, SessionEnd end, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Begin(ground, runner, board);
        runner.Start();
        Task brokerLoop = broker.RunAsync(runner.Inbox, CancellationToken.None);
        Task feedLoop = StreamAsync(feed, new(feed, engine, around.Time, text => Warn(board, text)), engine, runner.Inbox, ending.Token);
        Task files = new StrategyFileWatch(_settings, shelf, engine, runner, around, text => Warn(board, text)).RunAsync(ending.Token);
        Task watch = ground.WatchAsync(ending.Token);
        Task over = end.RunAsync(runner, board, ending.Token);
        Task first = await Task.WhenAny(feedLoop, runner.Completion, brokerLoop, watch, over).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await feedLoop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await files.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await runner.StopAsync().ConfigureAwait(false);
        // When the runner fails, the others fail by it.
        await runner.Completion.ConfigureAwait(false);
        if (first.IsFaulted) await first.ConfigureAwait(false);
    }

    private async Task StreamAsync(ProjectXFeed feed, WarmUp past, Engine engine, ChannelWriter<FeedInput> inbox, CancellationToken stop)
    {
        await past.RunAsync(inbox, _settings.BarLength, stop).ConfigureAwait(false);
        await feed.RunAsync(Subscriptions(engine), inbox, stop).ConfigureAwait(false);
    }

    private StrategyWatch Watch() => new(around.Time, new() { Budget = TimeSpan.FromSeconds(_settings.StrategyBudgetSeconds), Patience = TimeSpan.FromSeconds(_settings.StrategyBudgetSeconds * 5) });

    /// <summary>On the page and, without holding up the caller, on the terminal.</summary>
    private void Warn(StatusBoard board, string text)
    {
        board.Warn(text);
        _ = Task.Run(() => around.SayNote(text));
    }

    private static List<FeedSubscription> Subscriptions(Engine engine) =>
        [.. engine.Options.Instruments.Select((instrument, index) => new FeedSubscription(index, instrument))];

    private async Task<GatewayServer?> StartSimulatorAsync(CancellationToken stop)
    {
        if (options.Gateway is not null) return null;
        string state = Path.Combine(options.DataFolder, string.Create(CultureInfo.InvariantCulture, $"simulator-{options.Seed}.state"));
        if (options.Fresh) File.Delete(state);
        var simulator = GatewayServer.Create(new GatewayOptions { Seed = options.Seed, Speed = options.Speed, Symbols = _settings.Symbols, RateLimits = false, Injections = options.Faults, Accounts = [new AccountOptions { Balance = _settings.Cash }], StateFile = state }, time: around.Time);
        await simulator.StartAsync(stop).ConfigureAwait(false);
        return simulator;
    }

    private ProjectXOptions GatewayOptionsFor(GatewayServer? simulator)
    {
        if (simulator is not null) return ProjectXOptions.At(simulator.BaseAddress) with { UserName = "demo", ApiKey = new Secret("demo") };
        ProjectXOptions fromEnvironment = ProjectXOptions.FromEnvironment(around.Variable);
        if (options.Gateway is not { } url || url == fromEnvironment.Url) return fromEnvironment;
        return ProjectXOptions.At(url) with { UserName = fromEnvironment.UserName, ApiKey = fromEnvironment.ApiKey };
    }

    /// <summary>What a person commanded stands on the page and on the terminal too.</summary>
    private async Task<OperatorAnswer> AskAsync(OperatorDesk operators, OperatorRequest request, StatusBoard board, CancellationToken cancel)
    {
        OperatorAnswer answer = await operators.AskAsync(request, cancel).ConfigureAwait(false);
        if (answer.Outcome == OperatorOutcome.Done) Warn(board, $"As commanded: {answer.Message}");
        return answer;
    }

    private async Task<StatusServer> StartServerAsync(Func<StatusReport> report, SessionControl control)
    {
        try
        {
            return await StatusServer.StartAsync(options.Port, report, control, around.Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw PortIsTaken(options.Port, fault);
        }
    }

    private static void ThrowIfTaken(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            probe.Listen();
        }
        catch (SocketException fault)
        {
            throw PortIsTaken(port, fault);
        }
    }

    private static InputException PortIsTaken(int port, Exception fault) =>
        new($"Port {port} on 127.0.0.1 is taken ({fault.Message.TrimEnd('.')}); another Tradewind may be running: stop it, or choose a port with --port (0 takes a free one).");

    private StatusReport Describe(string session, string mode, ProjectXOptions gateway, ProjectXFeed feed, LiveRunner runner, StatusBoard board) =>
        new(mode, session, BuildVersion.Text, gateway.Url.ToString(), _started, runner.InboxDepth, runner.MarketInputCount, feed.Health,
            LatencyRow.Of(runner.DecisionLatency), LatencyRow.Of(runner.ProcessingLatency), board.View)
        { IntentLatency = LatencyRow.Of(runner.IntentLatency) };

    private static JournalRow Describe(SessionJournal journal, string path) => new(path, journal.AppendedSequence, journal.DurableSequence, journal.IsSpaceLow, journal.Fault);

    private static StoreRow Describe(RunRecorder recorder, string path)
    {
        RecorderHealth health = recorder.Health;
        return new(path, health.Waiting, health.Stored, health.LeftOut, health.Fault);
    }

    private void SayWhereToLook(string session, string journal, ProjectXOptions gateway, ProjectXAccount? account, StatusServer server)
    {
        bool isSimulator = SessionAccount.IsSimulator(options);
        around.Output.WriteLine($"Tradewind {BuildVersion.Text}, session {session}: {string.Join(", ", _settings.Symbols)} in {_settings.Timeframe} bars, {_settings.Strategies.Count} strategies each, {(account is null ? "on paper" : isSimulator ? "at a simulator" : SessionAccount.Mode(account, options))}.");
        around.Output.WriteLine($"  market data  {gateway.Url}{(options.Gateway is null ? $" (the built-in simulator, seed {options.Seed}: a made-up market)" : "")}");
        around.Output.WriteLine(account is null
            ? "  account      none: paper, in this process"
            : string.Create(CultureInfo.InvariantCulture, $"  account      {account}, {SessionAccount.Words(account, isSimulator)}, balance {account.Balance:N2} USD"));
        if (_left is { } left) around.Output.WriteLine($"  goes on from session {left.Left.Session}: {left.Words}");
        around.Output.WriteLine($"  status page  {server.Address}");
        around.Output.WriteLine($"  journal      {journal}");
        around.Output.WriteLine("Ctrl-C ends the session. Then: tradewind replay last, tradewind explain last.");
        around.Output.Flush();
    }

    private async Task<int> SayHowItWentAsync(SessionEnd end, Engine engine, LiveRunner runner, SqliteStore store, string session, ProjectXAccount? account)
    {
        decimal profit = engine.Account.ExactEquity() - engine.Account.StartingCash;
        around.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Session {session} ended: {runner.InputCount:N0} inputs, profit {profit:N2} USD {(account is null ? "on paper" : $"in {account.Name}")}, output hash {engine.OutputHash:x16}."));
        return await end.CheckAsync(engine, store, session).ConfigureAwait(false);
    }
}
