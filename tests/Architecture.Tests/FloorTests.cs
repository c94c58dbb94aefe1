using System.Xml.Linq;

namespace Tradewind.Architecture.Tests;

/// <summary>A project may only reach down: Core at the bottom, App at the top (ARCHITECTURE.md, "The floors").</summary>
public sealed class FloorTests
{
    // The whole building: each project with what it may reference. A new project gets its line here.
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Core"] = [],
        ["Strategies"] = ["Core"],
        ["Simulation"] = ["Core"],
        ["Live"] = ["Core"],
        ["Storage"] = ["Core"],
        ["Brokers/ProjectX"] = ["Core", "Live"],
        ["Brokers/Paper"] = ["Core", "Live", "Simulation"],
        ["Gateway"] = ["Core", "Simulation"],
        ["Server"] = ["Core", "Live", "Storage"],
        ["Chaos"] = ["Core", "Live", "Simulation", "Brokers/ProjectX"],
        ["Conformance"] = ["Core", "Live", "Simulation", "Brokers/ProjectX", "Brokers/Paper", "Gateway"],
        ["StrategyRules"] = [],
        ["UserCode"] = ["Core", "Strategies", "StrategyRules"],
        ["App"] = ["Core", "Strategies", "Simulation", "Live", "Storage", "Brokers/ProjectX", "Brokers/Paper", "Gateway", "Server", "Chaos", "Conformance", "UserCode"],
    };

    public static TheoryData<string> Projects => new(ProjectFiles().Select(NameOf));

    [Fact]
    public void EveryProjectUnderSrcHasItsFloor() =>
        Assert.Equal(MayReference.Keys.Order(StringComparer.Ordinal), ProjectFiles().Select(NameOf).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void AProjectFileReferencesOnlyLowerFloors(string project)
    {
        IEnumerable<string> references = XDocument.Load(Repository.PathOf($"src/{project}/{project.Split('/')[^1]}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFullPath(Path.Combine(Repository.PathOf($"src/{project}"), reference.Attribute("Include")!.Value)))
            .Select(NameOf);

        Faults.None($"{project} may reference only lower floors:", references.Except(MayReference[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ACompiledAssemblyReferencesOnlyLowerFloors(string project)
    {
        using Metadata assembly = Metadata.Of(AssemblyOf(project));
        IEnumerable<string> ours = assembly.ReferencedAssemblies.Where(name => name.StartsWith("Tradewind", StringComparison.OrdinalIgnoreCase));

        Faults.None($"{project} may reference only lower floors:", ours.Except(MayReference[project].Select(AssemblyOf)));
    }

    [Fact]
    public void CoreReferencesNothingButTheBaseClassLibrary()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        using Metadata core = Metadata.Of("Tradewind.Core");

        Assert.All(core.ReferencedAssemblies, name => Assert.True(File.Exists(Path.Combine(framework, name + ".dll")), $"Core references {name}"));
    }

    [Fact]
    public void CoreUsesNoPackageButAnalysers()
    {
        IEnumerable<XElement> packages = XDocument.Load(Repository.PathOf("src/Core/Core.csproj")).Descendants("PackageReference");

        Assert.All(packages, package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        IEnumerable<string> listed = XDocument.Load(Repository.PathOf("Tradewind.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value);
        // A template is a project only once somebody made one of it.
        IEnumerable<string> present = Repository.FilesEndingIn(".csproj").Select(file => file.Path).Where(path => !path.StartsWith("templates/", StringComparison.Ordinal));

        Assert.Equal(present.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryProjectUnderSrcIsAmongTheAssembliesThatTheseTestsRead() =>
        Assert.Equal(MayReference.Keys.Select(AssemblyOf).Order(StringComparer.Ordinal), Metadata.SourceAssemblies.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static IEnumerable<string> ProjectFiles() => Repository.FilesEndingIn(".csproj").Select(file => file.Path).Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(Repository.PathOf);

    private static string NameOf(string projectFile) => Path.GetRelativePath(Repository.PathOf("src"), Path.GetDirectoryName(projectFile)!).Replace('\\', '/');

    private static string AssemblyOf(string project) => project == "App" ? "tradewind" : "Tradewind." + project.Replace('/', '.');
}
