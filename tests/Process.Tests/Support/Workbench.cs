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
    public Session Start(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Built, .. arguments])
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
