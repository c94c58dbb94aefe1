using System.Text.RegularExpressions;

namespace Tradewind.Brokers.Tests.Gateway;

/// <summary>The simulator's document says of each section of the protocol where it is built and what shows it; both exist.</summary>
public sealed partial class ProtocolTableTests
{
    private static readonly string Root = RootOf(AppContext.BaseDirectory);

    private static string Table => Row().Matches(File.ReadAllText(Path.Combine(Root, "docs", "gateway-simulator.md"))).Aggregate("", (all, row) => all + row.Value);

    [Fact]
    public void EachTestThatIsNamedExists()
    {
        HashSet<string> tests = [.. typeof(ProtocolTableTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))];
        string[] named = [.. Named().Matches(Table).Select(match => match.Groups[1].Value)];
        Assert.True(named.Length > 50, $"{named.Length} tests are named");
        Assert.Empty(named.Except(tests));
    }

    [Fact]
    public void EachPlaceThatIsNamedExists()
    {
        string[] places = [.. Place().Matches(Table).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(places);
        Assert.All(places, place => Assert.True(place.EndsWith("/*", StringComparison.Ordinal) ? Directory.Exists(Source(place[..^2])) : File.Exists(Source(place + ".cs")), place));
    }

    [Theory]
    [InlineData("1 ")]
    [InlineData("3.1 ")]
    [InlineData("3.2 ")]
    [InlineData("3.3 ")]
    [InlineData("3.4.1 ")]
    [InlineData("3.4.2 ")]
    [InlineData("3.4.3 ")]
    [InlineData("3.4.4 ")]
    [InlineData("3.4.5 ")]
    [InlineData("3.4.6 ")]
    [InlineData("3.5 ")]
    [InlineData("3.6 ")]
    [InlineData("4.1 ")]
    [InlineData("4.2 ")]
    [InlineData("4.3 ")]
    [InlineData("4.4 ")]
    [InlineData("4.5 ")]
    [InlineData("4.6 ")]
    [InlineData("4.7 ")]
    [InlineData("7.7 ")]
    public void NoSectionIsLeftOut(string section) => Assert.Contains("| " + section, Table, StringComparison.Ordinal);

    private static string Source(string place) => Path.Combine([Root, "src", "Gateway", .. place.Split('/')]);

    private static string RootOf(string folder) => File.Exists(Path.Combine(folder, "Tradewind.slnx")) ? folder : RootOf(Path.GetDirectoryName(folder)!);

    /// <summary>A row that begins with a section's number.</summary>
    [GeneratedRegex(@"^\| [0-9][0-9., ]* \|.*\n", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex("`([A-Z][A-Za-z]*Tests\\.[A-Za-z0-9]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex("`([A-Z][a-z]+/(?:[A-Z][A-Za-z]+|\\*))`", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}
