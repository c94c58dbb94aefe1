using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tradewind.Core.Model;

namespace Tradewind.Benchmarks;

/// <summary>What a user waits for: the built program from its start to its end, with the million bars in a CSV file and the result as JSON.</summary>
internal static class ProcessBenchmark
{
    private const int Rounds = 10;
    private const decimal Profit = -36_499.39387m;
    private const long Fills = 38_208;

    private static readonly string Program = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "..", "..", "src", "App", "bin", "Release", "net10.0", OperatingSystem.IsWindows() ? "tradewind.exe" : "tradewind"));

    public static int Run()
    {
        if (!File.Exists(Program))
        {
            Console.Error.WriteLine($"There is no program at {Program}; build it first: dotnet build src/App -c Release");
            return 2;
        }
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tradewind-benchmark-");
        try
        {
            string data = Path.Combine(folder.FullName, "bars.csv"), result = Path.Combine(folder.FullName, "result.json");
            Write(GeneratedData.Make().Bars, data);
            Report("start alone (--version)", Measure(["--version"]));
            Report("1,000,000 bars from CSV, SMA 10/30 cross, result as JSON", Measure([.. Arguments(data), "--json", result]));
            Check(result);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return 0;
    }

    private static string[] Arguments(string data) =>
    [
        "backtest", "--data", data, "--symbol", "GEN", "--asset-class", "crypto", "--tick-size", "0.00001", "--point-value", "1",
        "--strategy", "moving-average-cross", "--set", "Fast=10", "--set", "Slow=30", "--commission", "1",
    ];

    private static List<double> Measure(string[] arguments)
    {
        List<double> seconds = [];
        for (int round = 0; round < Rounds; round++) seconds.Add(Time(arguments));
        return seconds;
    }

    private static double Time(string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        long before = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> words = process.StandardOutput.ReadToEndAsync();
        string faults = process.StandardError.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        words.Wait();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The program ended with {process.ExitCode}: {faults}");
        return seconds;
    }

    private static void Report(string work, List<double> seconds) =>
        Console.WriteLine($"{work}: median {seconds.Order().ElementAt(Rounds / 2):F3} s, fastest {seconds.Min():F3} s of {Rounds}");

    private static void Check(string path)
    {
        using JsonDocument result = JsonDocument.Parse(File.ReadAllBytes(path));
        long fills = result.RootElement.GetProperty("fills").GetInt64();
        decimal profit = result.RootElement.GetProperty("netProfit").GetDecimal();
        if (fills != Fills || profit != Profit) throw new InvalidOperationException($"Found {fills} fills and {profit}, expected {Fills} and {Profit}: a time for other work is none.");
        Console.WriteLine($"of which the simulation alone: {result.RootElement.GetProperty("elapsedSeconds").GetDouble():F3} s in the last round");
    }

    private static void Write(Bar[] bars, string path)
    {
        using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        file.Write("timestamp,open,high,low,close,volume\n");
        foreach (ref readonly Bar bar in bars.AsSpan())
        {
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{bar.Start},{bar.Open:F5},{bar.High:F5},{bar.Low:F5},{bar.Close:F5},{bar.Volume}\n"));
        }
    }
}
