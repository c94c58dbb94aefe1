using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tradewind.Benchmarks;

/// <summary>
/// The live path under load: the shipped simulator as a process, the shipped session as another one, between them REST and SignalR over the loopback; paper
/// broker, journal, database and status page are on. Counts on both ends must agree; decision latency is the session's own measure,
/// from the parsed payload to the order's hand-over to the outbox, over all decisions since its start.
/// </summary>
internal static class LiveLoad
{
    private const string Symbols = "ES,NQ,CL";

    /// <summary>Bars of 20 trades and short averages: a strategy that decides several times a second and instrument, so that a p99.9 has thousands behind it.</summary>
    private const string Settings = """
        {
          "timeframe": "20t", "cash": 100000000, "combiner": "netting",
          "strategies": [ { "name": "moving-average-cross", "parameters": { "Fast": "2", "Slow": "5" } } ],
          "risk": { "maxOrdersPerMinute": 10000 }, "paper": { "commission": 0 }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(string[] options)
    {
        int seconds = Read(options, "--seconds", 60), rate = Read(options, "--rate", 20_000);
        string folder = Directory.CreateTempSubdirectory("tradewind-live-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "tradewind.json"), Settings);
            await using var simulator = new TradewindProcess(folder, "simulator", "--symbols", Symbols, "--rate", Text(rate));
            Uri gateway = await simulator.AddressAsync("http");
            await using var session = new TradewindProcess(folder, "run", "--gateway", gateway.ToString(), "--paper", "--market-time", "--symbols", Symbols, "--port", "0", "--data-dir", folder);
            using var ends = new Ends(gateway, await session.AddressAsync("status page"));
            bool isWhole = await Measure(ends, simulator, session, seconds, rate);
            (string last, int exitCode) = await session.EndAsync();
            Console.WriteLine($"{last.Split('\n')[^1]} Exit code {exitCode}.");
            return isWhole && exitCode == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> Measure(Ends ends, TradewindProcess simulator, TradewindProcess session, int seconds, int rate)
    {
        await Until(async () => (await ends.Session()).IsLive, "the feed is live");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Symbols} at {rate:N0} messages/s for {seconds} s: simulator → SignalR → session (engine, paper orders, journal, database, status page)"));
        SimulatorCount before = await ends.Simulator();
        (TimeSpan simulatorTime, TimeSpan sessionTime) = (simulator.ProcessorTime, session.ProcessorTime);
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        SimulatorCount after = await ends.Simulator();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        (simulatorTime, sessionTime) = (simulator.ProcessorTime - simulatorTime, session.ProcessorTime - sessionTime);
        await ends.Pause();
        await Until(async () => (await ends.Simulator()).IsStill, "the simulator stands still");
        bool isWhole = await TryUntil(async () => IsWhole(await ends.Simulator(), await ends.Session()));
        Print(await ends.Simulator(), await ends.Session(), isWhole);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  rate                     {(after.Sent - before.Sent) / elapsed,12:N0} messages/s over {elapsed:N1} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor                {sessionTime.TotalSeconds / elapsed,12:P0} of one core by the session, {simulatorTime.TotalSeconds / elapsed:P0} by the simulator"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  resident memory          {session.ResidentMemory / 1048576.0,12:N0} MiB of the session"));
        return isWhole;
    }

    /// <summary>Each message sent was received, each trade is in the engine or in a bar that it was given, and each input delivered was processed.</summary>
    private static bool IsWhole(SimulatorCount sent, SessionCount got) =>
        got.Messages == sent.Sent && got.Delivered + got.Covered + got.Conflated >= got.Messages && got.Delivered == got.Inputs && got is { Waiting: 0, Unreadable: 0, Dropped: 0, Reconnects: 0 } && sent is { Dropped: 0, Abandoned: 0 };

    private static void Print(SimulatorCount sent, SessionCount got, bool isWhole)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  sent by the simulator    {sent.Sent,12:N0} messages, {sent.Trades:N0} of them trades; {sent.Dropped} connections dropped, {sent.Abandoned} messages abandoned"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  received by the feed     {got.Messages,12:N0} messages, {got.Unreadable} unreadable, {got.Dropped} not believed, {got.Reconnects} reconnects"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  delivered by the feed    {got.Delivered,12:N0} ticks; {got.Covered:N0} trades were in bars of history, {got.Conflated:N0} quotes gave way to newer ones"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processed by the engine  {got.Inputs,12:N0} ticks, {got.Waiting} wait"));
        Console.WriteLine(isWhole ? "  nothing lost" : "  THE COUNTS DO NOT AGREE");
        Console.WriteLine($"  decision latency         {got.Decision}");
        Console.WriteLine($"  processing latency       {got.Processing}");
    }

    private static async Task Until(Func<Task<bool>> condition, string what)
    {
        if (!await TryUntil(condition)) throw new InvalidOperationException($"Within {Patience.TotalSeconds:0} s it did not come true that {what}.");
    }

    private static async Task<bool> TryUntil(Func<Task<bool>> condition)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience) return false;
            await Task.Delay(Poll);
        }
        return true;
    }

    private static int Read(string[] options, string name, int otherwise) =>
        Array.IndexOf(options, name) is var at and >= 0 ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The counters of both ends, over their own APIs.</summary>
    private sealed class Ends(Uri gateway, Uri session) : IDisposable
    {
        private readonly HttpClient _http = new();

        public async Task<SimulatorCount> Simulator() => SimulatorCount.Of(await _http.GetFromJsonAsync<JsonElement>(new Uri(gateway, "control/counters")));

        public async Task<SessionCount> Session() => SessionCount.Of(await _http.GetFromJsonAsync<JsonElement>(new Uri(session, "api/v1/status")));

        public async Task Pause() => (await _http.PostAsync(new Uri(gateway, "control/pause"), null)).EnsureSuccessStatusCode().Dispose();

        public void Dispose() => _http.Dispose();
    }
}
