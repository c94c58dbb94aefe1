using System.Text.RegularExpressions;
using Tradewind.Chaos.Checks;
using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.Tests;

/// <summary>What the table of evidence names must exist.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void EveryFaultFromF1ToF45IsListedOnce() =>
        Assert.Equal(Enumerable.Range(1, 45).Select(number => $"F{number}"), Catalogue.All.Select(entry => entry.Code).Take(45));

    [Fact]
    public void EveryFaultThatWorldsDrawIsListed() =>
        Assert.Equal(Enum.GetValues<Fault>(), Catalogue.All.Where(entry => entry.Fault is not null).Select(entry => entry.Fault!.Value).Order());

    [Fact]
    public void EveryFaultIsDrawnByWorldsOrShownByATestOrSaidToBeOpen() =>
        Assert.DoesNotContain(Catalogue.All, entry => entry.Fault is null && entry.Tests.Count == 0 && entry.Open is null);

    [Fact]
    public void EveryNamedTestExists()
    {
        HashSet<string> existing = [.. Directory.EnumerateFiles(Tests(), "*.cs", SearchOption.AllDirectories).SelectMany(NamesIn)];
        string[] missing = [.. Catalogue.All.SelectMany(entry => entry.Tests.Select(test => $"{entry.Code}: {test}")).Where(named => !existing.Contains(named[(named.IndexOf(' ', StringComparison.Ordinal) + 1)..]))];
        Assert.Empty(missing);
    }

    private static IEnumerable<string> NamesIn(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return Regex.Matches(File.ReadAllText(file), @"public (?:async )?(?:Task|void) (\w+)\(").Select(match => $"{name}.{match.Groups[1].Value}");
    }

    private static string Tests()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Tradewind.slnx"))) folder = Path.GetDirectoryName(folder);
        return Path.Combine(folder ?? throw new InvalidOperationException("The repository's root was not found above the test."), "tests");
    }
}
