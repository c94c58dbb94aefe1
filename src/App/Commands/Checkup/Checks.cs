using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Tradewind.App.Configuration;
using Tradewind.App.Running;
using Tradewind.App.Terminal;
using Tradewind.Brokers.ProjectX;
using Tradewind.Core.Model;
using Tradewind.Storage;
using Tradewind.Storage.Sqlite;
using Tradewind.UserCode;

namespace Tradewind.App.Commands.Checkup;

/// <summary>The checks of the doctor, each a function from what is to be checked to what was found. None throws, none changes anything that a session would not.</summary>
internal static class Checks
{
    /// <summary>In the order of the report.</summary>
    public static readonly IReadOnlyList<Func<CheckupTerms, Surroundings, Finding>> All = [Configuration, Credentials, Clock, Disk, Database, Port, Feed];

    private const long LeastFreeBytes = 1L << 30;
    private const string ClockCure = "set the clock, or switch on its synchronisation: timedatectl set-ntp true.";
    private static readonly TimeSpan LargestOffset = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static Finding Configuration(CheckupTerms terms, Surroundings around)
    {
        const string Name = "configuration";
        try
        {
            RunSettings read = Settings.ReadChecked(terms.ConfigurationFile, around);
            var shelf = new StrategyShelf(null);
            EngineFactory.Build(EngineFactory.Pin(read, shelf, around), shelf);
            string source = terms.ConfigurationFile ?? (File.Exists(around.PathOf(Settings.DefaultFile)) ? Settings.DefaultFile : $"no {Settings.DefaultFile}, so the defaults apply");
            return new(Name, $"{source}: {string.Join(", ", read.Symbols)} in {read.Timeframe} bars, {read.Strategies.Count} strategies.");
        }
        catch (InputException fault)
        {
            string[] faults = fault.Message.Split('\n');
            return new(Name, faults[0], faults.Length == 1 ? "correct it." : $"correct it and {faults.Length - 1} more, which tradewind run lists.");
        }
    }

    private static Finding Credentials(CheckupTerms terms, Surroundings around)
    {
        const string Name = "credentials";
        bool hasUser = !string.IsNullOrEmpty(around.Variable(ProjectXOptions.UserVariable)), hasKey = !string.IsNullOrEmpty(around.Variable(ProjectXOptions.KeyVariable));
        if (hasUser && hasKey) return new(Name, $"{ProjectXOptions.UserVariable} and {ProjectXOptions.KeyVariable} are set.");
        if (!hasUser && !hasKey && terms.Gateway is null) return new(Name, "none are set, and the built-in simulator needs none.");
        string missing = hasUser ? ProjectXOptions.KeyVariable : hasKey ? ProjectXOptions.UserVariable : $"{ProjectXOptions.UserVariable} and {ProjectXOptions.KeyVariable}";
        return new(Name, $"{missing} {(hasUser || hasKey ? "is" : "are")} missing in the environment.", "set it to what your broker's platform shows, never in a file of the project.");
    }

    private static Finding Clock(CheckupTerms terms, Surroundings around)
    {
        const string Name = "clock";
        DateTimeOffset now = around.Time.GetUtcNow();
        DateTimeOffset built = File.GetLastWriteTimeUtc(typeof(Checks).Assembly.Location);
        string time = now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        // A day's tolerance: files copied from another machine carry that one's time.
        return now >= built.AddDays(-1)
            ? new(Name, $"it is {time}.")
            : new(Name, $"it says {time}, but this program was built {built:yyyy-MM-dd}.", ClockCure);
    }

    private static Finding Disk(CheckupTerms terms, Surroundings around)
    {
        const string Name = "disk";
        try
        {
            Directory.CreateDirectory(terms.DataFolder);
            string probe = Path.Combine(terms.DataFolder, Path.GetRandomFileName());
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
                long free = new DriveInfo(Path.GetFullPath(terms.DataFolder)).AvailableFreeSpace;
                string words = string.Create(CultureInfo.InvariantCulture, $"{terms.DataFolder} can be written to, {free / 1e9:F1} GB are free.");
                return free >= LeastFreeBytes ? new(Name, words) : new(Name, words, "make room: a session needs up to 1 GB a day.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(Name, $"{terms.DataFolder} cannot be written to ({fault.Message.TrimEnd('.')}).", "check its permissions, or name another folder with --data-dir.");
        }
    }

    private static Finding Database(CheckupTerms terms, Surroundings around)
    {
        const string Name = "database";
        string path = Path.Combine(terms.DataFolder, "tradewind.db");
        if (!File.Exists(path)) return new(Name, $"{path} does not exist yet; the first session makes it.");
        try
        {
            SqliteStore.Open(path);
            return new(Name, $"{path} is whole and up to date.");
        }
        catch (Exception fault) when (fault is InputException or StorageException)
        {
            return new(Name, fault.Message, "keep a copy, then move the file away; the next session makes a new one.");
        }
    }

    private static Finding Port(CheckupTerms terms, Surroundings around)
    {
        const string Name = "port";
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, terms.Port);
            listener.Start();
            return new(Name, $"{((IPEndPoint)listener.LocalEndpoint).Port} on 127.0.0.1 is free.");
        }
        catch (SocketException fault)
        {
            return new(Name, $"{terms.Port} on 127.0.0.1 cannot be used ({fault.Message.TrimEnd('.')}); a session may be running.", "stop the program that holds it, or start the session with another --port.");
        }
    }

    private static Finding Feed(CheckupTerms terms, Surroundings around)
    {
        const string Name = "feed";
        if (terms.Gateway is not { } gateway) return new(Name, "no gateway is named, and the built-in simulator needs no network.");
        try
        {
            using var client = new HttpClient { Timeout = Patience };
            using var request = new HttpRequestMessage(HttpMethod.Get, gateway);
            using HttpResponseMessage answer = client.Send(request);
            return Reached(gateway, answer.Headers, around);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return new(Name, $"{gateway} does not answer ({fault.Message.TrimEnd('.')}).", "check the address, the network and the broker's status page.");
        }
    }

    private static Finding Reached(Uri gateway, HttpResponseHeaders headers, Surroundings around)
    {
        const string Name = "feed";
        if (headers.Date is not { } theirs) return new(Name, $"{gateway} answers.");
        TimeSpan offset = around.Time.GetUtcNow() - theirs;
        string words = string.Create(CultureInfo.InvariantCulture, $"{gateway} answers; its clock and ours differ by {Math.Abs(offset.TotalSeconds):F0} s.");
        return offset.Duration() <= LargestOffset ? new(Name, words) : new(Name, words, ClockCure);
    }
}
