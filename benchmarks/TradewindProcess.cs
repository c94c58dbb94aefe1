using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace Tradewind.Benchmarks;

/// <summary>The shipped program as a process of its own, ended with the signal that Ctrl-C sends.</summary>
internal sealed class TradewindProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Program =
        typeof(TradewindProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "Program").Value!;

    private readonly Process _process;

    public TradewindProcess(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        start.Environment["TRADEWIND_PROJECTX_USER"] = start.Environment["TRADEWIND_PROJECTX_KEY"] = "demo";
        start.Environment["XDG_STATE_HOME"] = Path.Combine(folder, "state");
        _process = Process.Start(start)!;
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>In bytes.</summary>
    public long ResidentMemory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The first address in a line of its output that has the words.</summary>
    public async Task<Uri> AddressAsync(string words)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await _process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(words, StringComparison.Ordinal)) return new(line[line.IndexOf("http", StringComparison.Ordinal)..].Split(' ')[0]);
        }
        throw new InvalidOperationException("tradewind ended before it was up; its errors are above.");
    }

    /// <summary>What it printed last, and its exit code.</summary>
    public async Task<(string Output, int ExitCode)> EndAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(Patience);
        string rest = await _process.StandardOutput.ReadToEndAsync(limit.Token);
        await _process.WaitForExitAsync(limit.Token);
        return (rest.Trim(), _process.ExitCode);
    }

    /// <summary>Killed where it has not ended; it holds no file any more then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
