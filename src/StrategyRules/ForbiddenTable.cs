using Microsoft.CodeAnalysis;

namespace Tradewind.StrategyRules;

/// <summary>The types and members that strategies must not use, found once for each compilation.</summary>
internal sealed class ForbiddenTable
{
    // A type alone means all its members; after the colon stand those that are meant, .ctor() for the constructor without arguments.
    private static readonly (DiagnosticDescriptor Rule, string[] Names)[] Known =
    [
        (Rules.Clock,
        [
            "System.DateTime:Now UtcNow Today", "System.DateTimeOffset:Now UtcNow", "System.TimeProvider", "System.Diagnostics.Stopwatch",
            "System.Environment:TickCount TickCount64", "System.TimeZoneInfo:Local",
        ]),
        (Rules.Chance,
        [
            "System.Random:Shared .ctor()", "System.Guid:NewGuid CreateVersion7", "System.Security.Cryptography.RandomNumberGenerator",
            "System.HashCode", "System.IO.Path:GetRandomFileName GetTempFileName",
        ]),
        (Rules.Blocking,
        [
            "System.Threading.Thread:Sleep Join SpinWait", "System.Threading.Tasks.Task:Wait WaitAll WaitAny Delay", "System.Threading.Tasks.Task`1:Result",
            "System.Threading.Tasks.ValueTask`1:Result", "System.Threading.Monitor", "System.Threading.Lock", "System.Threading.Mutex", "System.Threading.Semaphore",
            "System.Threading.SemaphoreSlim", "System.Threading.WaitHandle", "System.Threading.ManualResetEventSlim", "System.Threading.SpinWait",
            "System.Runtime.CompilerServices.TaskAwaiter:GetResult", "System.Runtime.CompilerServices.TaskAwaiter`1:GetResult",
            "System.Console:Read ReadLine ReadKey In", "Tradewind.Core.Strategies.CallMeter",
        ]),
        (Rules.Outside,
        [
            "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo", "System.IO.StreamReader",
            "System.IO.StreamWriter", "System.IO.FileSystemWatcher", "System.Console", "System.Diagnostics.Process", "System.Net.Http.HttpClient",
            "System.Net.WebClient", "System.Net.WebRequest", "System.Net.Dns", "System.Net.Sockets.Socket", "System.Net.Sockets.TcpClient",
            "System.Net.Sockets.TcpListener", "System.Net.Sockets.UdpClient", "System.Net.WebSockets.ClientWebSocket",
            "System.Environment:GetEnvironmentVariable GetEnvironmentVariables SetEnvironmentVariable Exit FailFast GetCommandLineArgs MachineName UserName CurrentDirectory",
        ]),
        (Rules.Threads,
        [
            "System.Threading.Thread", "System.Threading.ThreadPool", "System.Threading.Timer", "System.Timers.Timer", "System.Threading.PeriodicTimer",
            "System.Threading.Tasks.Task:Run ContinueWith Start .ctor", "System.Threading.Tasks.TaskFactory", "System.Threading.Tasks.Parallel",
            "System.Linq.ParallelEnumerable", "System.Threading.SynchronizationContext",
        ]),
    ];

    private readonly Dictionary<INamedTypeSymbol, List<(string Members, DiagnosticDescriptor Rule)>> _byType = new(SymbolEqualityComparer.Default);

    public ForbiddenTable(Compilation compilation)
    {
        foreach ((DiagnosticDescriptor rule, string[] names) in Known)
        {
            foreach (string name in names)
            {
                string[] parts = name.Split(':');
                foreach (INamedTypeSymbol type in compilation.GetTypesByMetadataName(parts[0])) Add(type, parts.Length == 1 ? "" : $" {parts[1]} ", rule);
            }
        }
    }

    /// <summary>The rule that a use of the member breaks; null where it breaks none. The first that names it counts.</summary>
    public DiagnosticDescriptor? RuleFor(ISymbol member)
    {
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            if (!_byType.TryGetValue(type.OriginalDefinition, out List<(string Members, DiagnosticDescriptor Rule)>? entries)) continue;
            foreach ((string members, DiagnosticDescriptor rule) in entries)
            {
                if (members.Length == 0 || Names(members, member)) return rule;
            }
        }
        return null;
    }

    private static bool Names(string members, ISymbol member) =>
        members.Contains($" {member.Name} ") || (member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 } && members.Contains(" .ctor() "));

    private void Add(INamedTypeSymbol type, string members, DiagnosticDescriptor rule)
    {
        if (!_byType.TryGetValue(type, out List<(string, DiagnosticDescriptor)>? entries)) _byType.Add(type, entries = []);
        entries.Add((members, rule));
    }
}
