using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Tradewind.Core.Indicators;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>docs/indicators.md is written from the library and from the contract; run with TRADEWIND_WRITE_DOCS=1 to write it anew.</summary>
public sealed partial class DocumentTests
{
    private static readonly Dictionary<string, string> Summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "Tradewind.Core.xml")).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => member.Attribute("name")!.Value, member => Words(member.Element("summary")!) + (member.Element("remarks") is XElement remarks ? " " + Words(remarks) : ""));

    [Fact]
    public void TheDocumentOfIndicatorsIsUpToDate()
    {
        string root = TestBars.Root;
        Assert.SkipWhen(root.Length == 0, "The tests do not run inside a checkout: docs/indicators.md cannot be compared.");
        string path = Path.Combine(root, "docs", "indicators.md"), expected = Write(root);
        if (Environment.GetEnvironmentVariable("TRADEWIND_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == expected, "docs/indicators.md does not show the library as it is: run this test with TRADEWIND_WRITE_DOCS=1 and commit the file.");
    }

    private static string Write(string root)
    {
        string template = File.ReadAllText(Path.Combine(root, "tests", "Core.Tests", "Indicators", "indicators.template.md"));
        IndicatorDescription[] all = [.. IndicatorLibrary.BuiltIn.All];
        return template.Replace("{count}", all.Length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{families}", Families(root, all), StringComparison.Ordinal)
            .Replace("{contract}", Contract(all), StringComparison.Ordinal);
    }

    private static string Families(string root, IndicatorDescription[] all)
    {
        Dictionary<string, string> folders = Directory.EnumerateFiles(Path.Combine(root, "src", "Core", "Indicators"), "*.cs", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => Path.GetFileName(Path.GetDirectoryName(file))!);
        StringBuilder text = new();
        foreach (IGrouping<string, IndicatorDescription> family in all.GroupBy(each => folders[TypeOf(each).Name]).OrderBy(group => Array.IndexOf(Order, group.Key)))
        {
            text.Append(CultureInfo.InvariantCulture, $"## {family.Key}\n\n| indicator | parameters | outputs | reads | first value | what it is | source of the formula |\n|---|---|---|---|---|---|---|\n");
            foreach (IndicatorDescription each in family) text.Append(Row(each));
            text.Append('\n');
        }
        return text.ToString().TrimEnd('\n');
    }

    private static string[] Order => ["Averages", "Momentum", "Trend", "Volatility", "Volume", "Statistics", "Patterns"];

    private static string Row(IndicatorDescription each)
    {
        Indicator usual = each.Create(IndicatorCases.UsualOf(each));
        string parameters = each.Parameters.Count == 0 ? "none" : string.Join("<br>", each.Parameters.Select(parameter =>
            $"`{parameter.Name}` {Number(parameter.Minimum)} to {Number(parameter.Maximum)}{(parameter.Default is double value ? $", default {Number(value)}" : "")}"));
        string outputs = each.Outputs.Count == 0 ? "one" : string.Join(" ", each.Outputs.Select((name, i) => i == each.MainOutput ? $"**.{name}**" : "." + name));
        string reads = each.ReadsTrades ? "trades, bars" : each.Input switch
        {
            IndicatorInput.Bar => each.TakesCalendar ? "bars, sessions" : "bars",
            IndicatorInput.Pair => "two numbers (close, volume)",
            _ => $"number ({each.Reads})",
        };
        string first = usual.WarmUpSessions > 0 ? "2nd session" : usual.WarmUp.ToString(CultureInfo.InvariantCulture);
        return $"| `{usual.Name}` | {parameters} | {outputs} | {reads} | {first} | {Summaries["T:" + TypeOf(each).FullName]} | {each.Source} |\n";
    }

    private static string Contract(IndicatorDescription[] all)
    {
        StringBuilder text = new();
        foreach (IndicatorDescription each in all)
        {
            Laws laws = Laws.Of[each.Name];
            string taLib = TaLibTests.Covers(each.Name) ? "✓" : "";
            text.Append(CultureInfo.InvariantCulture, $"| `{each.Name}` | ✓ | {taLib} | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | ✓ | `{laws.Shift}` | `{laws.Scale}` | `{laws.Volume}` |\n");
        }
        return text.ToString().TrimEnd('\n');
    }

    private static Type TypeOf(IndicatorDescription each) => each.Create(IndicatorCases.UsualOf(each)).GetType();

    private static string Number(double value) => Math.Abs(value) >= 1e6 ? value.ToString("0E0", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal) : value.ToString("#,0.######", CultureInfo.InvariantCulture);

    private static string Words(XElement element)
    {
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            if (node is XText words) text.Append(words.Value);
            else if (node is XElement { Name.LocalName: "c" } code) text.Append('`').Append(code.Value).Append('`');
            else if (node is XElement { Name.LocalName: "see" } see) text.Append('`').Append(see.Attribute("cref")!.Value.Split('.')[^1]).Append('`');
        }
        return Blanks().Replace(text.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
