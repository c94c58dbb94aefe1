using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Tradewind.Benchmarks;

/// <summary>
/// From an order's approval to its hand-over to the broker, its input on the disk for good in between: the shipped session's own measure. Beside it, on the same
/// disk and before and after it, what one sync of a small write costs a program that does nothing else.
/// </summary>
internal static partial class IntentBenchmark
{
    private const int Writes = 2000;

    /// <summary>As much as an input and its neighbours take in the journal.</summary>
    private const int WriteBytes = 512;

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
            TimeSpan[] before = SyncTimes(folder);
            JsonElement intent = await IntentLatency(folder, wanted);
            TimeSpan[] after = SyncTimes(folder);
            double sync = Math.Max(P99(before), P99(after)), p99 = intent.GetProperty("p99").GetDouble();
            Console.WriteLine(Invariant($"one write of {WriteBytes} bytes and its sync, p50 and p99: before {P50(before):N0} and {P99(before):N0} µs, after {P50(after):N0} and {P99(after):N0} µs"));
            Console.WriteLine(Invariant($"approved → on the disk → handed to the broker: p50 {intent.GetProperty("p50").GetDouble():N0} µs, p99 {p99:N0} µs, longest {intent.GetProperty("maximum").GetDouble():N0} µs, of {intent.GetProperty("count").GetInt64():N0}"));
            Console.WriteLine(Invariant($"p99 against p99 of one sync: {p99 / sync:N2} times (goal: 2)"));
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

    /// <summary>Appends to a file whose space is held ready, as the journal does.</summary>
    private static TimeSpan[] SyncTimes(string folder)
    {
        string path = Path.Combine(folder, "sync.bin");
        using (SafeFileHandle file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, preallocationSize: (long)Writes * WriteBytes))
        {
            RandomAccess.Write(file, new byte[Writes * WriteBytes], 0);
            RandomAccess.FlushToDisk(file);
            byte[] bytes = new byte[WriteBytes];
            TimeSpan[] times = new TimeSpan[Writes];
            for (int i = 0; i < Writes; i++)
            {
                bytes.AsSpan().Fill((byte)i);
                long start = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, bytes, (long)i * WriteBytes);
                Sync(file);
                times[i] = Stopwatch.GetElapsedTime(start);
            }
            Array.Sort(times);
            return times;
        }
    }

    private static void Sync(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (FdataSync(file) != 0) throw new IOException($"fdatasync failed: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private static double P50(TimeSpan[] sorted) => sorted[sorted.Length / 2].TotalMicroseconds;

    private static double P99(TimeSpan[] sorted) => sorted[sorted.Length * 99 / 100].TotalMicroseconds;

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FdataSync(SafeFileHandle file);
}
