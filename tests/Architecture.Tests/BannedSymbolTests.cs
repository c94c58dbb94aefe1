using System.Diagnostics;
using System.Reflection;

namespace Tradewind.Architecture.Tests;

/// <summary>Clock, chance, threads and I/O cannot come into Core: the list is complete, it fires, and the compiled engine is free of them.</summary>
public sealed class BannedSymbolTests
{
    // The compiler itself writes these into iterators and events; no source line of Core names them.
    private static readonly (string Type, string Member)[] WrittenByTheCompiler =
    [
        ("System.Environment", "get_CurrentManagedThreadId"),
        ("System.Threading.Interlocked", "CompareExchange"),
    ];

    private sealed record Ban(string Kind, string Symbol, string Cure)
    {
        public string Type => Kind == "T" ? Symbol : Symbol[..Symbol.LastIndexOf('.')];

        public string Member => Symbol[(Symbol.LastIndexOf('.') + 1)..];
    }

    private static readonly Ban[] Bans = [.. File.ReadLines(Repository.PathOf("src/Core/BannedSymbols.txt")).Where(line => line.Length > 0).Select(Parse)];

    [Fact]
    public void EveryBanNamesTheCure() => Assert.All(Bans, ban => Assert.True(ban.Cure.Split(' ').Length >= 4, $"{ban.Symbol} has no cure in words"));

    [Fact]
    public void EveryBanNamesARealSymbol() => Assert.All(Bans, ban => Assert.NotNull(Resolve(ban)));

    [Fact]
    public void CompiledCoreNamesNoBannedType()
    {
        using Metadata core = Metadata.Of("Tradewind.Core");
        IEnumerable<string> banned = core.ReferencedTypes.Intersect(Bans.Where(ban => ban.Kind == "T").Select(ban => ban.Type));

        Faults.None("Core names nothing that is banned:", banned.Except(OnlyNamedByTheCompiler(core)));
    }

    [Fact]
    public void CompiledCoreNamesNoBannedMember()
    {
        using Metadata core = Metadata.Of("Tradewind.Core");
        HashSet<(string, string)> banned = [.. Bans.Where(ban => ban.Kind != "T").Select(ban => (ban.Type, ban.Kind == "P" ? "get_" + ban.Member : ban.Member))];

        Assert.DoesNotContain(core.ReferencedMembers, banned.Contains);
    }

    /// <summary>The list names what one would reach for first; this closes the rest of those namespaces.</summary>
    [Theory]
    [InlineData("System.Threading.")]
    [InlineData("System.IO.")]
    [InlineData("System.Net.")]
    [InlineData("System.Timers.")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Runtime.CompilerServices.Async")]
    public void CompiledCoreNamesNothingIn(string start)
    {
        using Metadata core = Metadata.Of("Tradewind.Core");
        IEnumerable<string> named = core.ReferencedTypes.Where(type => type.StartsWith(start, StringComparison.Ordinal));

        Faults.None("Core names nothing of threads, files and sockets:", named.Except(OnlyNamedByTheCompiler(core)));
    }

    [Fact]
    public void NoSourceFileOfCoreSwitchesTheBanOff() =>
        Faults.None("The ban holds everywhere in Core:", Repository.Files.Where(file => file.Path.StartsWith("src/Core/", StringComparison.Ordinal))
            .SelectMany(file => file.LinesWhere(line => line.Contains("RS0030", StringComparison.Ordinal))));

    /// <summary>Compiles one line for each ban, with the compiler and the analyser that build Core, and wants the error with the cure on that very line.</summary>
    [Fact]
    public void EveryBanIsACompileErrorWithItsCure()
    {
        string folder = Directory.CreateTempSubdirectory("tradewind-bans-").FullName;
        try
        {
            string source = Path.Combine(folder, "Bans.cs");
            File.WriteAllLines(source, ["class Bans {", .. Bans.Select((ban, i) => $"void Use{i}() {{ {Use(ban)} }}"), "}"]);
            string[] errors = Compile(source);

            Assert.All(Bans.Index(), ban => Assert.Contains(errors, error => IsRefusal(error, ban.Index + 2, ban.Item)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> OnlyNamedByTheCompiler(Metadata assembly) =>
        assembly.ReferencedMembers.GroupBy(member => member.Type).Where(group => group.All(WrittenByTheCompiler.Contains)).Select(group => group.Key);

    private static bool IsRefusal(string error, int line, Ban ban) =>
        error.Contains($"Bans.cs({line},", StringComparison.Ordinal) && error.Contains("error RS0030", StringComparison.Ordinal) && error.Contains(ban.Cure, StringComparison.Ordinal);

    private static string[] Compile(string source)
    {
        string references = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true };
        string[] arguments =
        [
            "exec", Setting("Compiler"), "-nologo", "-noconfig", "-nostdlib", "-target:library", "-warnaserror", $"-out:{source}.dll",
            $"-additionalfile:{Repository.PathOf("src/Core/BannedSymbols.txt")}",
            .. Directory.GetFiles(Setting("BannedApiAnalyzers"), "*.dll").Select(file => $"-analyzer:{file}"),
            .. references.Split(Path.PathSeparator).Where(file => Path.GetDirectoryName(file) == framework).Select(file => $"-reference:{file}"),
            source,
        ];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        using Process compiler = Process.Start(start)!;
        string output = compiler.StandardOutput.ReadToEnd();
        compiler.WaitForExit();
        return output.Split('\n');
    }

    private static string Setting(string key) =>
        typeof(BannedSymbolTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    private static string Use(Ban ban) => Resolve(ban) switch
    {
        Type { IsGenericTypeDefinition: true } type => $"_ = typeof(global::{type.FullName!.Split('`')[0]}<>);",
        Type type => $"_ = typeof(global::{type.FullName});",
        PropertyInfo property => $"_ = global::{ban.Type}.{property.Name};",
        MethodInfo { IsStatic: true } method => $"global::{ban.Type}.{method.Name}();",
        MethodInfo method => $"default(global::{ban.Type})!.{method.Name}();",
        _ => throw new InvalidOperationException($"No line of code is known that uses {ban.Symbol}."),
    };

    private static MemberInfo? Resolve(Ban ban)
    {
        Type? type = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => name!.StartsWith("System.", StringComparison.Ordinal))
            .Select(name => Type.GetType($"{ban.Type}, {name}"))
            .FirstOrDefault(found => found is not null);
        return ban.Kind switch
        {
            "T" => type,
            "P" => type?.GetProperty(ban.Member),
            "M" => type?.GetMethod(ban.Member, []),
            _ => null,
        };
    }

    private static Ban Parse(string line)
    {
        string[] parts = line.Split(';', 2);
        return new(parts[0].Split(':')[0], parts[0].Split(':')[1], parts.Length > 1 ? parts[1].Trim() : "");
    }
}
