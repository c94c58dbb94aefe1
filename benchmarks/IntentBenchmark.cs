using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tradewind.Benchmarks;

/// <summary>
/// From an order's approval to its hand-over to the broker, its input on the disk for good in between: the shipped session's own measure. On the same disk, what one
/// sync of a small write costs a program that does nothing else: one right after the other, which is the goal's measure, and at the pace of the session's own syncs (a disk
/// and a processor that rested take longer), before, after and at the same time.
/// </summary>
internal static class IntentBenchmark
{
    /// <summary>For some 20 minutes.</summary>
    private const int MostBeside = 40_000;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>A strategy that decides several times a second and instrument.</summary>
    private const string Settings = """
        {
          "timeframe": "20t", "cash": 100000000, "combiner": "netting",
          "strategies": [ { "name": "moving-average-cross", "parameters": { "Fast": "2", "Slow": "5" } } ],
          "risk": { "maxOrdersPerMinute": 10000 }, "paper": { "commission": 0 }
        }
        """;

    public static async Task<int> RunAsync(string[] options)
    {
        int wanted = Array.IndexOf(options, "--orders") is var at and >= 0 ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : 2000;
        string folder = Directory.CreateTempSubdirectory("tradewind-intent-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "tradewind.json"), Settings);
            TimeSpan[] tightBefore = DiskSync.Tight(folder), pacedBefore = DiskSync.Paced(folder);
            using var over = new CancellationTokenSource();
            Task<TimeSpan[]> beside = Task.Factory.StartNew(() => DiskSync.Times(folder, MostBeside, DiskSync.Pace, over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            JsonElement intent = await IntentLatency(folder, wanted);
            await over.CancelAsync();
            TimeSpan[] meanwhile = await beside, pacedAfter = DiskSync.Paced(folder), tightAfter = DiskSync.Tight(folder);
            double p99 = intent.GetProperty("p99").GetDouble(), sync = Math.Max(DiskSync.P99(tightBefore), DiskSync.P99(tightAfter));
            Console.WriteLine(Invariant($"one write of {DiskSync.WriteBytes} bytes and its sync, p50 and p99, one right after the other: before {Both(tightBefore)}, after {Both(tightAfter)}"));
            Console.WriteLine(Invariant($"the same every {DiskSync.Pace.TotalMilliseconds} ms: before {Both(pacedBefore)}, beside the session {Both(meanwhile)}, after {Both(pacedAfter)}"));
            Console.WriteLine(Invariant($"approved → on the disk → handed to the broker: p50 {intent.GetProperty("p50").GetDouble():N0} µs, p99 {p99:N0} µs, longest {intent.GetProperty("maximum").GetDouble():N0} µs, of {intent.GetProperty("count").GetInt64():N0}"));
            Console.WriteLine(Invariant($"p99 against p99 of one sync right after another: {p99 / sync:N2} times (goal: 2); of one every {DiskSync.Pace.TotalMilliseconds} ms: {p99 / Math.Max(DiskSync.P99(pacedBefore), DiskSync.P99(pacedAfter)):N2} times; of one beside the session: {p99 / DiskSync.P99(meanwhile):N2} times"));
            return p99 <= 2 * sync ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sessions of 2,000 messages a second, until so many orders were handed over.</summary>
    private static async Task<JsonElement> IntentLatency(string folder, int wanted)
    {
        await using var simulator = new TradewindProcess(folder, "simulator", "--symbols", "ES,NQ,CL", "--rate", "2000");
        Uri gateway = await simulator.AddressAsync("http");
        await using var session = new TradewindProcess(folder, "run", "--gateway", gateway.ToString(), "--paper", "--market-time", "--symbols", "ES,NQ,CL", "--port", "0", "--data-dir", folder);
        var status = new Uri(await session.AddressAsync("status page"), "api/v1/status");
        using var http = new HttpClient();
        while (true)
        {
            await Task.Delay(Poll);
            JsonElement intent = (await http.GetFromJsonAsync<JsonElement>(status)).GetProperty("intentLatency");
            if (intent.ValueKind == JsonValueKind.Null || intent.GetProperty("count").GetInt64() < wanted) continue;
            await session.EndAsync();
            return intent;
        }
    }

    private static string Both(TimeSpan[] sorted) => Invariant($"{DiskSync.P50(sorted):N0} and {DiskSync.P99(sorted):N0} µs");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
