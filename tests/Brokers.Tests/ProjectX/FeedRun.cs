using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Live;

namespace Tradewind.Brokers.Tests.ProjectX;

/// <summary>A feed at work on a scripted gateway, with all that it delivered and all that it logged.</summary>
internal sealed class FeedRun : IAsyncDisposable
{
    private readonly Channel<FeedInput> _inbox;
    private readonly CancellationTokenSource _stop = new();
    private readonly SteadyClock _clock;
    private readonly ScriptedGateway _gateway;
    private readonly Random _chance = new(7);
    private readonly Dictionary<string, double> _prices = [];
    private readonly List<FeedInput> _inputs = [];

    private FeedRun(ScriptedGateway gateway, ProjectXFeed feed, int capacity)
    {
        _gateway = gateway;
        _clock = new(gateway);
        Feed = feed;
        _inbox = Channel.CreateBounded<FeedInput>(capacity);
    }

    public ProjectXFeed Feed { get; }

    public LogLines Log { get; private init; } = new();

    public Task Running { get; private set; } = Task.CompletedTask;

    /// <summary>Whether what is delivered is taken out of the inbox.</summary>
    public bool IsReading { get; set; } = true;

    public static ProjectXOptions Options(ScriptedGateway gateway) => ProjectXOptions.At(gateway.Address) with
    {
        UserName = ScriptedGateway.User,
        ApiKey = new Secret(ScriptedGateway.Key),
        RequestTimeout = TimeSpan.FromMinutes(2),
        StartPatience = TimeSpan.Zero,
        Hub = new() { CallTimeout = TimeSpan.FromMinutes(2) },
    };

    public static FeedRun Start(ScriptedGateway gateway, string[] symbols, ProjectXOptions? options = null, int capacity = 1_000_000, bool depth = false)
    {
        var log = new LogLines();
        var run = new FeedRun(gateway, new(options ?? Options(gateway), gateway.Time, log), capacity) { Log = log };
        run.Begin(symbols, depth);
        return run;
    }

    /// <summary>After <see cref="ProjectXFeed.PrepareAsync"/>, as a session does it.</summary>
    public static async Task<FeedRun> StartPrepared(ScriptedGateway gateway, string[] symbols)
    {
        var log = new LogLines();
        var run = new FeedRun(gateway, new(Options(gateway), gateway.Time, log), 1_000_000) { Log = log };
        await run.Feed.PrepareAsync([.. symbols.Select(Find)], run._stop.Token);
        run.Begin(symbols, depth: false);
        return run;
    }

    private void Begin(string[] symbols, bool depth) =>
        Running = Feed.RunAsync([.. symbols.Select((symbol, index) => new FeedSubscription(index, Find(symbol), depth))], _inbox.Writer, _stop.Token);

    public static Instrument Find(string symbol) => Instruments.TryFind(symbol, out Instrument? instrument) ? instrument : throw new ArgumentException(symbol);

    /// <summary>What was delivered so far.</summary>
    public IReadOnlyList<FeedInput> Inputs
    {
        get
        {
            while (IsReading && _inbox.Reader.TryRead(out FeedInput input)) _inputs.Add(input);
            return _inputs;
        }
    }

    public bool IsLive(params int[] positions) => Feed.Health.Symbols.Count > 0 && positions.All(position => Feed.Health.Symbols[position].IsLive);

    public FeedEventKind[] Events(int index) => [.. Inputs.Where(input => input.Input.Kind == InputKind.Feed && input.Input.Instrument == index).Select(input => input.Input.Feed.Kind)];

    /// <summary>Moves the clock on step by step until the condition holds. Before each step the market does what it is told.</summary>
    public async Task Until(Func<bool> condition, Func<Task>? market = null, int stepMilliseconds = 50)
    {
        CancellationToken patience = ScriptedGateway.Patience;
        while (!condition())
        {
            if (Running.IsFaulted) await Running;
            if (patience.IsCancellationRequested) Assert.Fail($"The condition did not come true; the feed's state is '{Feed.Health.State}'. Log:\n{Log}");
            if (market is not null) await market();
            await _clock.Step(stepMilliseconds, Feed);
            _ = Inputs;
        }
    }

    /// <summary>Lets the market run for so long.</summary>
    public Task For(TimeSpan span, Func<Task>? market = null, int stepMilliseconds = 50)
    {
        DateTimeOffset end = _gateway.Time.GetUtcNow() + span;
        return Until(() => _gateway.Time.GetUtcNow() >= end, market, stepMilliseconds);
    }

    /// <summary>A random walk in ticks for each contract: a trade in about every second step, sometimes two.</summary>
    public Func<Task> RandomMarket(params string[] contracts) => async () =>
    {
        foreach (string contract in contracts)
        {
            for (int trades = _chance.Next(3); trades > 1 || (trades == 1 && _chance.Next(2) == 0); trades--)
            {
                double price = _prices[contract] = _prices.GetValueOrDefault(contract, 5000) + 0.25 * (_chance.Next(5) - 2);
                await _gateway.Trade(contract, price, 1 + _chance.Next(9));
                await _gateway.Quote(contract, price - 0.25, price + 0.25);
            }
        }
    };

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAny(Running).WaitAsync(ScriptedGateway.Patience);
        await Feed.DisposeAsync();
        _clock.Dispose();
        _stop.Dispose();
    }
}

/// <summary>Everything that was logged, as text, exceptions included.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly List<string> _lines = [];

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines) _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{logLevel}: {formatter(state, exception)} {exception}"));
    }

    public bool Has(string part)
    {
        lock (_lines) return _lines.Exists(line => line.Contains(part, StringComparison.Ordinal));
    }

    public override string ToString()
    {
        lock (_lines) return string.Join('\n', _lines.Where(line => !line.StartsWith("Trace", StringComparison.Ordinal) && !line.StartsWith("Debug", StringComparison.Ordinal)));
    }

    public string Everything
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
    }
}
