using System.Diagnostics;
using System.Globalization;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Engine;
using Tradewind.Core.Model;
using Tradewind.Core.Risk;
using Tradewind.Core.Signals;
using Tradewind.Live;
using Tradewind.Storage.Journal;
using Tradewind.Strategies.Trend;

namespace Tradewind.Benchmarks;

/// <summary>
/// From an order's approval to its bytes in the socket, its input on the disk for good in between: the shipped runner, journal and ProjectX adapter in this process, the shipped
/// simulator in another. Only what the gateway's request limit leaves of orders, some 80 a minute. On the same disk, what one sync costs a program that does nothing else.
/// </summary>
internal static class WireBenchmark
{
    private const string Symbols = "MES,MNQ,MCL";
    private const string Session = "wire";

    /// <summary>Orders that are left out: code is compiled for them.</summary>
    private const int Warmup = 50;

    public static async Task<int> RunAsync(string[] options)
    {
        int wanted = Array.IndexOf(options, "--orders") is var at and >= 0 ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : 1000;
        string folder = Directory.CreateTempSubdirectory("tradewind-wire-").FullName;
        try
        {
            TimeSpan[] tightBefore = DiskSync.Tight(folder), pacedBefore = DiskSync.Paced(folder);
            TimeSpan[] taken = await ToTheWireAsync(folder, wanted);
            TimeSpan[] pacedAfter = DiskSync.Paced(folder), tightAfter = DiskSync.Tight(folder);
            double tight = Math.Max(DiskSync.P99(tightBefore), DiskSync.P99(tightAfter)), paced = Math.Max(DiskSync.P99(pacedBefore), DiskSync.P99(pacedAfter));
            Console.WriteLine(Invariant($"one write of {DiskSync.WriteBytes} bytes and its sync, p50 and p99, one right after the other: before {Both(tightBefore)}, after {Both(tightAfter)}; every {DiskSync.Pace.TotalMilliseconds} ms: before {Both(pacedBefore)}, after {Both(pacedAfter)}"));
            Console.WriteLine(Invariant($"approved → on the disk → written to the socket: p50 and p99 {Both(taken)}, longest {taken[^1].TotalMicroseconds:N0} µs, of {taken.Length:N0} orders after the first {Warmup}"));
            Console.WriteLine(Invariant($"p99 against p99 of one sync right after another: {DiskSync.P99(taken) / tight:N2} times; of one every {DiskSync.Pace.TotalMilliseconds} ms: {DiskSync.P99(taken) / paced:N2} times (goal: 2)"));
            return DiskSync.P99(taken) <= 2 * paced ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Shortest first.</summary>
    private static async Task<TimeSpan[]> ToTheWireAsync(string folder, int wanted)
    {
        await using var simulator = new TradewindProcess(folder, "simulator", "--symbols", Symbols, "--rate", "200", "--no-rate-limits", "--account", "150k");
        Uri gateway = await simulator.AddressAsync("http");
        var wire = new WireWatch($"tw-{Session}-");
        var approvals = new Approvals();
        using var login = new ProjectXLogin(ProjectXOptions.At(gateway) with { UserName = "demo", ApiKey = new Secret("demo"), Budget = new() { Share = 0.8, EntryShare = 0.8 } }, handler: wire.Handler());
        await using var feed = new ProjectXFeed(login);
        Engine engine = Engine();
        IReadOnlyList<Instrument> instruments = engine.Options.Instruments;
        await feed.PrepareAsync(instruments, CancellationToken.None);
        var door = new RiskDoor();
        await using var broker = new ProjectXBroker(login, await login.ChooseAccountAsync(null, CancellationToken.None), instruments, new() { Session = Session, Door = door });
        using var journal = new Journal(new JournalWriter(Path.Combine(folder, "wire.twj"), new JournalHeader(Session, Timestamp.From(DateTimeOffset.UtcNow), "benchmark", "{}")));
        await using var runner = new LiveRunner(engine, new() { Door = door, Step = approvals.On }, journal, broker, [approvals], new WallClock(TimeProvider.System), TimeProvider.System);
        runner.Start();
        using var stop = new CancellationTokenSource();
        Task brokerLoop = broker.RunAsync(runner.Inbox, CancellationToken.None);
        Task feedLoop = feed.RunAsync([.. instruments.Select((instrument, index) => new FeedSubscription(index, instrument))], runner.Inbox, stop.Token);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await poll.WaitForNextTickAsync(stop.Token) && wire.Written.Count < wanted + Warmup)
        {
            if (brokerLoop.IsCompleted || feedLoop.IsCompleted || runner.Completion.IsCompleted) await await Task.WhenAny(brokerLoop, feedLoop, runner.Completion);
        }
        await stop.CancelAsync();
        await feedLoop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await runner.StopAsync();
        await runner.Completion;
        return approvals.Until(wire, skip: Warmup);
    }

    private static Engine Engine()
    {
        var engine = new Engine(new EngineOptions
        {
            Instruments = [.. Symbols.Split(',').Select(symbol => Instruments.TryFind(symbol, out Instrument? found) ? found : throw new InvalidOperationException(symbol))],
            StartingCash = 150_000m,
            StartsSynced = false,
            Combiner = Netting.Instance,
            Rules = [new MaxOrderQuantity(10), new MaxPosition(10)],
        });
        for (int instrument = 0; instrument < engine.Options.Instruments.Count; instrument++) engine.Add(new MovingAverageCross(new() { Fast = 2, Slow = 5 }), instrument, Timeframe.TryParse("20t", out Timeframe ticks) ? ticks : default);
        return engine;
    }

    private static string Both(TimeSpan[] sorted) => Invariant($"{DiskSync.P50(sorted):N0} and {DiskSync.P99(sorted):N0} µs");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>When each order was approved: noted as it is posted, before anything of it can wait.</summary>
    private sealed class Approvals : IOutputSink
    {
        private readonly Queue<long> _posted = new();
        private readonly Dictionary<long, long> _approved = [];

        public void On(LiveStep step)
        {
            if (step == LiveStep.OrderPosted) _posted.Enqueue(Stopwatch.GetTimestamp());
        }

        public void On(long sequence, in Input input, ReadOnlySpan<Output> outputs)
        {
            foreach (ref readonly Output output in outputs)
            {
                if (output.Kind is not (OutputKind.OrderSubmitted or OutputKind.ModifyRequested or OutputKind.CancelRequested)) continue;
                long posted = _posted.Dequeue();
                if (output.Kind == OutputKind.OrderSubmitted) _approved[output.Order.Id.Value] = posted;
            }
        }

        /// <summary>Of the orders that left, without the first ones; once the engine has ended.</summary>
        public TimeSpan[] Until(WireWatch wire, int skip) =>
            [.. wire.Written.OrderBy(order => order.Key).Skip(skip).Select(order => Stopwatch.GetElapsedTime(_approved[order.Key], order.Value)).Order()];
    }

    /// <summary>The journal's file behind the port that the runner knows.</summary>
    private sealed class Journal(JournalWriter writer) : IJournal
    {
        public long DurableSequence => writer.DurableSequence;

        public bool IsSpaceLow => writer.IsSpaceLow;

        public string? Fault => writer.Failure?.Message;

        public long Append(in Input input, ulong hashBefore) => writer.Append(in input, hashBefore);

        public void WaitDurable(long sequence, CancellationToken cancel) => writer.WaitDurable(sequence);

        public void Complete(ulong finalHash) => writer.Complete(finalHash);

        public void Dispose() => writer.Dispose();
    }
}
