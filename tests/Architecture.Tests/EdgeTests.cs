using System.Reflection;
using System.Text.RegularExpressions;
using Tradewind.Core.Orders;

namespace Tradewind.Architecture.Tests;

/// <summary>What holds outside Core as well: time from a TimeProvider, chance with a seed, servers on the loopback, one door to a broker.</summary>
public sealed partial class EdgeTests
{
    private static readonly (string Type, string Member)[] WallClocks =
    [
        ("System.DateTime", "get_Now"), ("System.DateTime", "get_UtcNow"), ("System.DateTime", "get_Today"),
        ("System.DateTimeOffset", "get_Now"), ("System.DateTimeOffset", "get_UtcNow"),
        ("System.Environment", "get_TickCount"), ("System.Environment", "get_TickCount64"),
    ];

    public static TheoryData<string> Assemblies => new(Metadata.SourceAssemblies.Select(Path.GetFileNameWithoutExtension)!);

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void TimeComesFromATimeProvider(string name)
    {
        using Metadata assembly = Metadata.Of(name);

        Faults.None($"{name} takes time from a TimeProvider:", assembly.ReferencedMembers.Intersect(WallClocks).Select(clock => $"{clock.Type}.{clock.Member}"));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void ChanceHasASeed(string name)
    {
        using Metadata assembly = Metadata.Of(name);

        Assert.DoesNotContain(("System.Random", "get_Shared"), assembly.ReferencedMembers);
    }

    [Fact]
    public void NoSourceMakesARandomWithoutASeed() =>
        Faults.None("Chance has a seed:", Repository.FilesEndingIn(".cs").SelectMany(file => file.LinesWhere(line => Unseeded().IsMatch(line))));

    [Fact]
    public void NoServerListensOnAllInterfacesByItself() =>
        Faults.None("A server listens on 127.0.0.1 unless the user says otherwise:", Repository.FilesEndingIn(".cs").Where(file => Path.GetFileName(file.Path) != "EdgeTests.cs").SelectMany(file => file.LinesWhere(line => AllInterfaces().IsMatch(line))));

    [Fact]
    public void NobodyOutsideCoreCanMakeAnOrder() => Assert.Empty(typeof(Order).GetConstructors(BindingFlags.Public | BindingFlags.Instance));

    [Fact]
    public void InsideCoreOnlyTheRiskGateMakesAnOrder() => Assert.Equal(
        ["src/Core/Risk/RiskGate.cs"],
        Repository.Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal) && file.LinesWhere(line => NewOrder().IsMatch(line)).Any()).Select(file => file.Path));

    [Fact]
    public void OnlyItsTestsSeeInsideCore()
    {
        string[] friends = [.. typeof(Order).Assembly.GetCustomAttributes<System.Runtime.CompilerServices.InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName)];

        Assert.Equal(["Tradewind.Core.Tests"], friends);
    }

    [GeneratedRegex(@"new (System\.)?Random\(\)")]
    private static partial Regex Unseeded();

    [GeneratedRegex(@"IPAddress\.(IPv6)?Any\b|ListenAnyIP|//0\.0\.0\.0|//\*:|//\+:")]
    private static partial Regex AllInterfaces();

    // An order with arguments is a new one; without any it is an empty one that a snapshot is read into.
    [GeneratedRegex(@"new Order\([^)]|\bOrder \w+ = new\(")]
    private static partial Regex NewOrder();
}
