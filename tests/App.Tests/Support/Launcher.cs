using System.Diagnostics;
using System.Globalization;
using Tradewind.App.Terminal;

namespace Tradewind.App.Tests.Support;

/// <summary>Runs the program in a folder of its own: inside this process, or as a real one.</summary>
public sealed class Launcher : IDisposable
{
    private static readonly TimeSpan Generous = TimeSpan.FromMinutes(2);

    private readonly List<Process> _started = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tradewind-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>Columns of the terminal that the program believes to write to; null for a pipe.</summary>
    public int? TerminalWidth { get; set; }

    /// <summary>Ends what a failed test has left running, too.</summary>
    public void Dispose()
    {
        foreach (Process process in _started)
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            process.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Writes a file into the folder; returns its name.</summary>
    public string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path.Combine(Folder, name), text);
        return name;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public Ran Run(params string[] arguments) => Run(CancellationToken.None, arguments);

    public Ran Run(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var around = new Surroundings(output, error, name => Variables.GetValueOrDefault(name), Folder) { Variables = Variables, StopToken = stop, IsOutputTerminal = TerminalWidth is not null, OutputWidth = TerminalWidth ?? 0 };
        int code = Application.Run(arguments, around);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>The built executable, as a user starts it.</summary>
    public Process Start(params string[] arguments) => Start("dotnet", [Built, .. arguments]);

    /// <summary>The same, on a system that lets no file grow beyond a size: what a full disk or a used-up quota is like.</summary>
    /// <param name="mebibytes">The shell counts in halves of a KiB. The runtime's own large file, which keeps code from being written to, has to go.</param>
    public Process StartWithFullDisk(int mebibytes, params string[] arguments) =>
        Start("sh", ["-c", $"ulimit -f {mebibytes * 2048}; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"", "sh", Built, .. arguments]);

    private static string Built => Path.Combine(AppContext.BaseDirectory, "tradewind.dll");

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["XDG_STATE_HOME"] = PathOf("state");
        foreach ((string name, string value) in Variables) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        // A handle of its own: tests dispose theirs.
        _started.Add(Process.GetProcessById(process.Id));
        return process;
    }

    public async Task<Ran> RunProcessAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        return await EndOf(process);
    }

    /// <summary>The status page of a session that has just been started.</summary>
    public static async Task<Uri> PageOf(Process session)
    {
        using var limit = new CancellationTokenSource(Generous);
        while (await session.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("status page", StringComparison.Ordinal)) return new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);
        }
        throw new InvalidOperationException($"The session ended before it was up: {await session.StandardError.ReadToEndAsync(limit.Token)}");
    }

    /// <summary>Ends what runs until it is stopped, as Ctrl-C (INT) or the system (TERM) does; it must end with 0.</summary>
    public static async Task<Ran> EndInOrder(Process process, string signal = "TERM")
    {
        await Signal(process, signal);
        Ran ended = await EndOf(process);
        Assert.True(ended.ExitCode == 0, $"ended with {ended.ExitCode}: {ended.Error}");
        return ended;
    }

    public static async Task Signal(Process process, string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are Unix.");
        using Process kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits until the status of a session has this text.</summary>
    public static async Task UntilStatusHas(Uri page, string text)
    {
        using var client = new HttpClient();
        string seen = "";
        try
        {
            await Until(async stop => (seen = await client.GetStringAsync(new Uri(page, "api/v1/status"), stop)).Contains(text, StringComparison.Ordinal));
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The status never had \"{text}\": {seen}");
        }
    }

    /// <summary>Asks again and again, within a generous limit.</summary>
    public static async Task Until(Func<CancellationToken, Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Generous);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition(limit.Token)) await pause.WaitForNextTickAsync(limit.Token);
    }

    public static async Task<Ran> EndOf(Process process)
    {
        using var limit = new CancellationTokenSource(Generous);
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token), error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, await output, await error);
    }
}
