using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tradewind.Benchmarks;

/// <summary>
/// From the start of the process to an account that is synced, after a kill -9 of a session with 10,000 orders in its journal: with the checkpoint beside it, and without, when
/// the whole journal is run again. It trades on paper: what a venue takes to answer is not in it. To record the orders takes some ten minutes.
/// </summary>
internal static class RestartBenchmark
{
    private const int Orders = 10_000;
    private const int Trials = 5;
    private const string Speed = "600";

    /// <summary>Always in the market, stopped and turned often.</summary>
    private const string Settings = """
        {
          "symbols": ["ES", "NQ"], "timeframe": "1s", "combiner": "netting",
          "strategies": [ { "name": "atr-trailing-stop", "parameters": { "AtrPeriod": "3", "Multiplier": "0.5" } } ],
          "risk": { "maxOrdersPerMinute": 10000, "maxDrawdown": 0.99, "maxPosition": 50, "maxExposure": 1000 }
        }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    public static async Task<int> RunAsync()
    {
        string root = Directory.CreateTempSubdirectory("tradewind-restart-").FullName;
        try
        {
            string recorded = Directory.CreateDirectory(Path.Combine(root, "recorded")).FullName;
            await File.WriteAllTextAsync(Path.Combine(recorded, "tradewind.json"), Settings);
            await RecordAsync(recorded);
            FileInfo journal = new DirectoryInfo(Path.Combine(recorded, "data", "journal")).GetFiles("*.twj").Single();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"journal with {Orders:N0} orders: {journal.Length / 1e6:N1} MB"));
            await MeasureAsync("with its checkpoint", recorded, root, hasCheckpoint: true);
            await MeasureAsync("without a checkpoint", recorded, root, hasCheckpoint: false);
            return 0;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>A session that is killed after its last order.</summary>
    private static async Task RecordAsync(string folder)
    {
        await using var session = Start(folder);
        await UntilAsync(await session.AddressAsync("status page"), view => view.GetProperty("orders").EnumerateArray().Select(row => row.GetProperty("id").GetInt64()).DefaultIfEmpty().Max() >= Orders);
    }

    private static async Task MeasureAsync(string name, string recorded, string root, bool hasCheckpoint)
    {
        List<double> seconds = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            string folder = Path.Combine(root, FormattableString.Invariant($"{hasCheckpoint}-{trial}"));
            Copy(recorded, folder);
            if (!hasCheckpoint) foreach (string checkpoint in Directory.GetFiles(Path.Combine(folder, "data", "journal"), "*.twc")) File.Delete(checkpoint);
            long start = Stopwatch.GetTimestamp();
            await using var session = Start(folder);
            await UntilAsync(await session.AddressAsync("status page"), view => view.GetProperty("account").GetProperty("state").GetString() == "Synced");
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        seconds.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start to Synced {name}: median {seconds[Trials / 2]:N2} s, longest {seconds[^1]:N2} s of {Trials}"));
    }

    private static TradewindProcess Start(string folder) => new(folder, "run", "--paper", "--seed", "3", "--speed", Speed, "--port", "0", "--data-dir", "data");

    private static async Task UntilAsync(Uri page, Predicate<JsonElement> wanted)
    {
        using var http = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);
        using var poll = new PeriodicTimer(Poll);
        while (await poll.WaitForNextTickAsync(limit.Token))
        {
            JsonElement view = (await http.GetFromJsonAsync<JsonElement>(new Uri(page, "api/v1/status"), limit.Token)).GetProperty("view");
            if (view.ValueKind != JsonValueKind.Null && wanted(view)) return;
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
