using System.Diagnostics;
using System.Globalization;

namespace Tradewind.Processes.Tests.Support;

/// <summary>How a session ends.</summary>
/// <param name="Point">A crash point, as <c>order-durable:2</c>; null for a kill from outside.</param>
/// <param name="After">How long it lives: from its start where <paramref name="IsEarly"/>, otherwise from when it is in order.</param>
public sealed record Death(string? Point, TimeSpan After, bool IsEarly)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Point ?? "kill -9"} {After.TotalMilliseconds:0} ms {(IsEarly ? "after the start" : "in order")}");
}

/// <summary>Sessions of one account, one after the other, each killed; whenever one has come into order, engine, venue and database must agree.</summary>
public sealed class KillRun : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>How many looks at a market that stands still are enough: an order that closes a position has to wait for the market's next price.</summary>
    private const int Looks = 40;

    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(90);

    /// <summary>Always in the market, stopped and turned often, and its stop moves with each bar.</summary>
    public const string Settings = """
        {
          "symbols": ["ES", "NQ"], "timeframe": "1s", "combiner": "netting",
          "strategies": [ { "name": "atr-trailing-stop", "parameters": { "AtrPeriod": "3", "Multiplier": "0.8" } } ],
          "risk": { "maxOrdersPerMinute": 10000, "maxDrawdown": 0.9, "maxPosition": 50 }
        }
        """;

    private readonly Workbench _bench = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<TimeSpan> _toOrder = [];
    private Venue _venue = null!;

    public Workbench Bench => _bench;

    public Venue Venue => _venue;

    public int Kills { get; private set; }

    /// <summary>From the start of each session to the agreement of engine, venue and database.</summary>
    public IReadOnlyList<TimeSpan> ToOrder => _toOrder;

    /// <param name="isLimited">The venue counts requests, as the original does.</param>
    public async Task OpenAsync(int seed, bool isLimited = false, params string[] more)
    {
        _bench.Configure(Settings);
        string[] limits = isLimited ? [] : ["--no-rate-limits"];
        _venue = await Venue.StartAsync(_bench, [.. limits, .. more, "--symbols", "ES,NQ", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--account", "150k,id=1001,max=100,dll=1000000,mll=140000"]);
    }

    public async Task KillAsync(Death death)
    {
        long start = Stopwatch.GetTimestamp();
        Session session = Start(death.Point);
        if (death.IsEarly)
        {
            await LiveAsync(session, death.After);
        }
        else
        {
            await ComeIntoOrderAsync(session, start);
            await LiveAsync(session, death.After);
        }
        if (!session.HasEnded) session.Kill();
        await session.EndAsync();
        Kills++;
    }

    /// <summary>
    /// A last session that nobody kills: it comes into order, closes its positions and ends. Then all journals together hold each execution of the venue once, and the last one
    /// gives its outputs again.
    /// </summary>
    public async Task EndAsync()
    {
        Session session = Start(null, "--flatten-on-stop");
        await ComeIntoOrderAsync(session, Stopwatch.GetTimestamp());
        session.Interrupt();
        Assert.True(await session.EndAsync() == 0, session.Error);
        Truth truth = await _venue.TruthAsync();
        Assert.True(truth.Open.Count == 0 && truth.Positions.Count == 0 && Agreement.Doubled(truth).Count == 0, $"It ended and left\n{truth.Latest}\n{session.Output}{session.Error}");
        Assert.Empty(Bookings.Differences(_bench.PathOf("data/journal"), truth));
        Session replay = _bench.Start("replay", "last", "--data-dir", "data");
        Assert.True(await replay.EndAsync() == 0, replay.Error + replay.Output);
    }

    public Session Start(string? point, params string[] more) => _venue.Trade("data", point, more);

    /// <summary>Waits until the session's page says what is wanted.</summary>
    public async Task UntilAsync(Session session, Predicate<EngineView> wanted)
    {
        using var limit = new CancellationTokenSource(Generous);
        Uri page = await session.PageAsync();
        using var poll = new PeriodicTimer(Poll);
        while (await EngineView.OfAsync(_http, page) is not { } engine || !wanted(engine)) await poll.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>A session that must live on.</summary>
    public async Task ComeIntoOrderAsync(Session session)
    {
        await ComeIntoOrderAsync(session, Stopwatch.GetTimestamp());
        Assert.False(session.HasEnded, session.Error);
    }

    /// <summary>Halts the market once the account is synced, and waits until all agree. A crash point may end the session on the way.</summary>
    public async Task ComeIntoOrderAsync(Session session, long start)
    {
        using var limit = new CancellationTokenSource(Generous);
        IReadOnlyList<string> differences = ["it said nothing"];
        bool isPaused = false;
        int looks = 0;
        try
        {
            Uri page = await session.PageAsync();
            using var poll = new PeriodicTimer(Poll);
            while (await poll.WaitForNextTickAsync(limit.Token))
            {
                if (await EngineView.OfAsync(_http, page) is not { } engine)
                {
                    if (session.HasEnded) return;
                    continue;
                }
                if (!isPaused && !engine.IsSynced) continue;
                if (isPaused && looks++ >= Looks)
                {
                    await _venue.LetGoOnAsync();
                    isPaused = false;
                }
                if (!isPaused) (isPaused, looks) = (await _venue.PauseAsync(), 0);
                Truth truth = await _venue.TruthAsync();
                Assert.Empty(Agreement.Doubled(truth));
                differences = Agreement.Differences(engine, truth, _bench.PathOf("data/tradewind.db"));
                if (differences.Count > 0) continue;
                _toOrder.Add(Stopwatch.GetElapsedTime(start));
                return;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{session.Id} after {Kills} kills: {string.Join("; ", differences)}\n{(await _venue.TruthAsync()).Latest}\n{session.Output}{session.Error}");
        }
        finally
        {
            if (isPaused) await _venue.ResumeAsync();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _venue?.Dispose();
        _bench.Dispose();
    }

    /// <summary>Until the time is over, or it died by itself.</summary>
    private static async Task LiveAsync(Session session, TimeSpan life)
    {
        using var end = new PeriodicTimer(life > TimeSpan.Zero ? life : TimeSpan.FromMilliseconds(1));
        await Task.WhenAny(end.WaitForNextTickAsync().AsTask(), session.Ended);
    }
}
