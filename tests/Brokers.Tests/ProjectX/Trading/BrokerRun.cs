using System.Net.Http.Json;
using System.Text.Json;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;
using Tradewind.Gateway;
using Tradewind.Live;
using Tradewind.Live.Sync;

namespace Tradewind.Brokers.Tests.ProjectX.Trading;

/// <summary>The whole live path over real sockets and in real time: a gateway simulator with a made-up market in ES, the feed, an engine, and the broker that trades its account.</summary>
internal sealed class BrokerRun : IAsyncDisposable
{
    public const string Session = "test";
    public static readonly string Es = "CON.F.US.EP.Z26";

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly bool _owns;
    private readonly ProjectXLogin _login;
    private readonly ProjectXFeed _feed;
    private Task _feedLoop = Task.CompletedTask;
    private Task _brokerLoop = Task.CompletedTask;

    private BrokerRun(GatewayServer gateway, bool owns, ProjectXLogin login, ProjectXFeed feed, ProjectXBroker broker, Engine engine, RiskDoor door)
    {
        (Gateway, _owns, _login, _feed, Broker, Engine) = (gateway, owns, login, feed, broker, engine);
        _http = new() { BaseAddress = gateway.BaseAddress };
        Book = new(engine);
        Runner = new(engine, new LiveOptions { Door = door }, new NoJournal(), broker, [Book], new MarketClock(TimeProvider.System), TimeProvider.System);
    }

    public GatewayServer Gateway { get; }

    public ProjectXBroker Broker { get; }

    public Engine Engine { get; }

    public LiveRunner Runner { get; }

    public EngineBook Book { get; }

    public static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    /// <summary>Everything that the synchroniser waits for comes sooner than in the wild.</summary>
    public static SyncOptions Impatient => new()
    {
        CompareWorking = TimeSpan.FromSeconds(1),
        CompareIdle = TimeSpan.FromSeconds(2),
        Quiet = TimeSpan.FromMilliseconds(100),
        QuietPatience = TimeSpan.FromSeconds(1),
        Grace = TimeSpan.FromMilliseconds(300),
        ProofSpacing = TimeSpan.FromMilliseconds(500),
        Distrust = TimeSpan.FromSeconds(2),
        RequestTimeout = TimeSpan.FromSeconds(3),
        RetryWait = TimeSpan.FromMilliseconds(200),
        MaxRetryWait = TimeSpan.FromSeconds(1),
        RestrictedWait = TimeSpan.FromSeconds(1),
        MaxPause = TimeSpan.FromSeconds(30),
    };

    /// <param name="strategy">Null trades nothing.</param>
    /// <param name="faults">Happen to every request or event from the moment at which the feed has its contracts.</param>
    public static async Task<BrokerRun> Start(Func<Strategy>? strategy = null, GatewayOptions? gateway = null, IReadOnlyList<string>? faults = null, BracketUse brackets = BracketUse.Engine, bool trails = false, BudgetOptions? budget = null)
    {
        var server = GatewayServer.Create((gateway ?? new()) with { Symbols = ["ES"], RateLimits = false });
        await server.StartAsync(Patience);
        return await Join(server, true, strategy, Session, faults ?? [], brackets, trails, budget);
    }

    /// <summary>Another session that trades the same account and does nothing.</summary>
    public Task<BrokerRun> StartAnother(string session) => Join(Gateway, false, null, session, [], BracketUse.Engine, false, null);

    private static async Task<BrokerRun> Join(GatewayServer server, bool owns, Func<Strategy>? strategy, string session, IReadOnlyList<string> faults, BracketUse brackets, bool trails, BudgetOptions? budget)
    {
        ProjectXOptions options = ProjectXOptions.At(server.BaseAddress) with
        {
            UserName = "demo",
            ApiKey = new Secret("demo"),
            RequestTimeout = TimeSpan.FromSeconds(2),
            Budget = budget ?? new(),
            Hub = new() { ReconnectDelays = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(500)], LogoutDelay = TimeSpan.FromMilliseconds(100) },
        };
        var login = new ProjectXLogin(options);
        var feed = new ProjectXFeed(login);
        Instrument[] instruments = [FeedRun.Find("ES")];
        await feed.PrepareAsync(instruments, Patience);
        ProjectXAccount account = await login.ChooseAccountAsync(null, Patience);
        var engine = new Engine(new EngineOptions { Instruments = instruments, StartingCash = account.Balance, AllowShort = true, StartsSynced = false, PlansBrackets = brackets != BracketUse.Engine, TrailsAtVenue = trails });
        if (strategy is not null) engine.Add(strategy(), 0, new Timeframe(TimeframeKind.Trades, 10));
        var door = new RiskDoor();
        var run = new BrokerRun(server, owns, login, feed, new ProjectXBroker(login, account, instruments, new() { Session = session, Sync = Impatient, Brackets = brackets, TrailingStops = trails, Door = door }), engine, door);
        foreach (string fault in faults) await run.Inject(fault);
        run.Runner.Start();
        run._brokerLoop = run.Broker.RunAsync(run.Runner.Inbox, run._stop.Token);
        run._feedLoop = feed.RunAsync([new(0, instruments[0])], run.Runner.Inbox, run._stop.Token);
        return run;
    }

    public async Task<int> Inject(string fault, object? more = null)
    {
        Dictionary<string, JsonElement> members = more is null ? [] : JsonSerializer.SerializeToElement(more).EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        members["fault"] = JsonSerializer.SerializeToElement(fault);
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri("/control/faults", UriKind.Relative), members, Patience);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Patience)).GetProperty("id").GetInt32();
    }

    public async Task Heal()
    {
        using HttpResponseMessage answer = await _http.DeleteAsync(new Uri("/control/faults", UriKind.Relative), Patience);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Something that happens at the venue by nobody's wish: see the simulator's document.</summary>
    public async Task<JsonElement> Hand(string path, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri($"/control/{path}", UriKind.Relative), body, Patience);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Patience);
    }

    public async Task<VenueTruth> Truth() => new(await _http.GetFromJsonAsync<JsonElement>(new Uri("/control/truth", UriKind.Relative), Patience));

    public int Struck => Gateway.Faults.Sum(fault => fault.Struck);

    public ValueTask Command(CommandKind kind) => Runner.SendAsync(new Command(kind), cancel: Patience);

    public Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    public async Task Until(Func<Task<bool>> condition, string what)
    {
        CancellationToken patience = Patience;
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            if (_brokerLoop.IsCompleted) await _brokerLoop;
            if (_feedLoop.IsCompleted) await _feedLoop;
            if (Runner.Completion.IsCompleted) await Runner.Completion;
            if (patience.IsCancellationRequested) Assert.Fail($"It did not come about that {what}. Account: {Book.Now.State}, net {Book.Now.Net[0]}, cash {Book.Now.Cash}, {Broker.Health}. Venue: {await Truth()}. Engine:\n{Story}");
            await pause.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>The last that the engine heard and said.</summary>
    public string Story => string.Join('\n', Book.Said.TakeLast(250));

    /// <summary>Closes everything, and waits until engine and venue have come to rest and are of one mind.</summary>
    public async Task Settle()
    {
        await Until(() => Book.Now.State == Core.Risk.AccountState.Synced, "the account is synced");
        await Command(CommandKind.Flatten);
        await Until(async () => Book.Now.IsQuiet && IsSame(Book.Now, await Truth()), "engine and venue agree");
    }

    /// <summary>Our own orders and executions as the venue has them, and no order twice.</summary>
    public async Task AssertAgrees()
    {
        VenueTruth truth = await Truth();
        EngineBook.Standing engine = Book.Now;
        string prefix = $"tw-{Session}-";
        Assert.Equal(truth.TakenTags.Count, truth.TakenTags.Distinct().Count());
        Assert.All(truth.Orders.Where(order => order.Tag is not null), order => Assert.StartsWith(prefix, order.Tag, StringComparison.Ordinal));
        decimal Executed(VenueTruth.Order order) => truth.Trades.Where(trade => trade.OrderId == order.Id && !trade.IsVoided).Sum(trade => trade.Size);
        // A leg that showed up after the engine's own order had taken its place is booked as that order's second one.
        List<VenueTruth.Order> late = [.. truth.Orders.Where(order => order.Parent is not null && engine.Orders.All(line => line.VenueId != order.Number))];
        Assert.All(engine.Orders, line =>
        {
            VenueTruth.Order? order = truth.Orders.SingleOrDefault(each => each.Tag == prefix + line.Id) ?? truth.Orders.SingleOrDefault(each => each.Number == line.VenueId);
            decimal executed = order is null ? 0 : Executed(order);
            bool isLate = executed != line.Filled && late.Find(leg => executed + Executed(leg) == line.Filled) is { } second && late.Remove(second);
            Assert.True(isLate || executed == line.Filled, $"order {line.Id}: the venue executed {executed}, the engine booked {line.Filled}.\n{Story}");
        });
        Assert.True(truth.Net(Es) == engine.Net[0], $"the venue holds {truth.Net(Es)}, the engine {engine.Net[0]}.\n{Story}");
        Assert.True(truth.Balance == engine.Cash, $"the venue's balance is {truth.Balance}, the engine's cash {engine.Cash}.\n{Story}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_feedLoop, _brokerLoop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Runner.DisposeAsync();
        await Broker.DisposeAsync();
        await _feed.DisposeAsync();
        _login.Dispose();
        _http.Dispose();
        if (_owns) await Gateway.DisposeAsync();
        _stop.Dispose();
    }

    private static bool IsSame(EngineBook.Standing engine, VenueTruth truth) =>
        engine.Net[0] == truth.Net(Es) && engine.Cash == truth.Balance && !truth.Orders.Any(order => order.IsLive && order.Tag is not null);

    /// <summary>Everything is on a disk that cannot fail.</summary>
    private sealed class NoJournal : IJournal
    {
        private long _sequence;

        public long DurableSequence => _sequence;

        public bool IsSpaceLow => false;

        public string? Fault => null;

        public long Append(in Input input, ulong hashBefore) => ++_sequence;

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
