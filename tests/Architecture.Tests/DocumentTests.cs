using System.Text.RegularExpressions;

namespace Tradewind.Architecture.Tests;

/// <summary>What the documents point at exists: files, folders, headings and tests.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Folders = ["src/", "tests/", "docs/", "benchmarks/", "strategies/", "dashboard/", "deploy/", ".ci/"];

    private static IEnumerable<SourceFile> Documents => Repository.FilesEndingIn(".md");

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("SECURITY.md")]
    [InlineData("LICENSE")]
    [InlineData("docs/decisions")]
    [InlineData("docs/design-decisions.md")]
    [InlineData("docs/from-the-design.md")]
    public void TheHouseHas(string path) => Assert.True(Path.Exists(Repository.PathOf(path)));

    [Fact]
    public void EveryRelativeLinkLeadsSomewhere() => Faults.None("A link leads to a file and, after #, to a heading of it:", Documents.SelectMany(document =>
        from line in document.Lines
        from Match match in Link().Matches(line)
        let target = match.Groups["target"].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !Leads(document, target)
        select $"{document.Path}: {target}"));

    /// <summary>A path in code quotes that starts with one of the project's folders is a promise that it is there.</summary>
    [Fact]
    public void EveryNamedPathExists() => Faults.None("A path in a document exists:", Documents.SelectMany(document =>
        from line in document.Lines
        from Match match in Quoted().Matches(line)
        let path = match.Groups["text"].Value.Split(' ', ':')[0]
        where Folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && !path.Contains("NAME", StringComparison.OrdinalIgnoreCase) && !Path.Exists(Repository.PathOf(path))
        select $"{document.Path}: {path}"));

    /// <summary>A test in code quotes, as <c>SomethingTests.AFact</c> or <c>SomethingTests</c> alone, stands in the tests.</summary>
    [Fact]
    public void EveryNamedTestExists()
    {
        Dictionary<string, string> classes = Repository.FilesEndingIn("Tests.cs", "Tests.Cases.cs")
            .GroupBy(file => Path.GetFileName(file.Path).Split('.')[0])
            .ToDictionary(files => files.Key, files => string.Join('\n', files.SelectMany(file => file.Lines)));

        Faults.None("A test that a document names exists:", Documents.SelectMany(document =>
            from line in document.Lines
            from Match match in NamedTest().Matches(line)
            where !classes.TryGetValue(match.Groups["class"].Value, out string? source) || !source.Contains(match.Groups["fact"].Value + (match.Groups["fact"].Length > 0 ? "(" : ""), StringComparison.Ordinal)
            select $"{document.Path}: {match.Value}"));
    }

    /// <summary>Departures from the design are numbered without a gap, and none is called built without naming what shows it.</summary>
    [Fact]
    public void EveryDepartureFromTheDesignThatIsBuiltNamesItsTest()
    {
        string[][] rows = [.. File.ReadLines(Repository.PathOf("docs/design-decisions.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 7 && int.TryParse(cells[1], out _))];

        Assert.Equal(Enumerable.Range(1, 24).Select(number => $"{number}"), rows.Select(cells => cells[1]));
        Faults.None("What is built names its test, or says that there is none yet:", rows
            .Where(cells => cells[4].StartsWith("built", StringComparison.Ordinal) && !cells[4].Contains("no test yet", StringComparison.Ordinal) && cells[5].Length == 0)
            .Select(cells => $"row {cells[1]}"));
    }

    private static bool Leads(SourceFile document, string target)
    {
        string[] parts = target.Split('#', 2);
        string path = parts[0].Length == 0 ? document.Path : Path.GetRelativePath(Repository.Root, Path.Combine(Repository.PathOf(document.Path), "..", parts[0]));
        if (!Path.Exists(Repository.PathOf(path))) return false;
        return parts.Length == 1 || HeadingsOf(path).Contains(parts[1]);
    }

    private static IEnumerable<string> HeadingsOf(string document) => File.ReadLines(Repository.PathOf(document))
        .Where(line => line.StartsWith('#'))
        .Select(line => NotInAnchor().Replace(line.TrimStart('#', ' ').ToLowerInvariant(), "").Replace(' ', '-'));

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<fact>\w+))?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
