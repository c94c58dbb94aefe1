using System.Diagnostics;
using System.Globalization;

namespace Tradewind.Processes.Tests.Support;

/// <summary>A folder of its own for the processes of one test; those that still live at its end are killed.</summary>
public sealed class Workbench : IDisposable
{
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "tradewind.dll");

    private readonly List<Session> _started = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tradewind-process-").FullName;

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>The settings of the sessions that start from here.</summary>
    public void Configure(string json) => File.WriteAllText(PathOf("tradewind.json"), json);

    /// <summary>The built program with these arguments.</summary>
    public Session Start(IReadOnlyDictionary<string, string> variables, params string[] arguments) => Start(variables, "dotnet", [Built, .. arguments]);

    /// <summary>The program on a system that lets no file grow beyond a size.</summary>
    /// <param name="mebibytes">The shell counts in halves of a KiB. The runtime's own large file, which keeps code from being written to, has to go.</param>
    public Session StartLimited(IReadOnlyDictionary<string, string> variables, int mebibytes, params string[] arguments) =>
        Start(variables, "sh", ["-c", $"ulimit -f {mebibytes * 2048}; DOTNET_EnableWriteXorExecute=0 exec dotnet \"$@\"", "sh", Built, .. arguments]);

    private Session Start(IReadOnlyDictionary<string, string> variables, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["XDG_STATE_HOME"] = PathOf("state");
        foreach ((string name, string value) in variables) start.Environment[name] = value;
        var session = new Session(Process.Start(start)!);
        _started.Add(session);
        return session;
    }

    public Session Start(params string[] arguments) => Start(new Dictionary<string, string>(), arguments);

    public void Dispose()
    {
        foreach (Session session in _started) session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    internal static void Signal(string name, int process)
    {
        using Process kill = Process.Start("kill", ["-" + name, process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
