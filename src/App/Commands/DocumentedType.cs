using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Tradewind.App.Commands;

/// <summary>What the docstrings of a type say, read from its compiler's XML; nothing where there is none.</summary>
internal sealed partial class DocumentedType
{
    private static readonly Dictionary<string, XElement[]> Files = [];

    private readonly string _name;
    private readonly XElement[] _members;

    public DocumentedType(Type type, XElement[] members)
    {
        _name = type.FullName!.Replace('+', '.');
        _members = members;
    }

    /// <summary>In the words of the file beside its assembly.</summary>
    public static DocumentedType Of(Type type)
    {
        string file = Path.ChangeExtension(type.Assembly.Location, ".xml");
        if (!Files.TryGetValue(file, out XElement[]? members)) Files[file] = members = File.Exists(file) ? Members(XDocument.Load(file)) : [];
        return new(type, members);
    }

    public static XElement[] Members(XDocument words) => [.. words.Descendants("member")];

    public string? Summary => Read($"T:{_name}", "summary");

    /// <summary>A line for each paragraph.</summary>
    public string? Remarks => Read($"T:{_name}", "remarks");

    public string? SummaryOfOption(string property) => Read($"P:{_name}.Options.{property}", "summary");

    private string? Read(string member, string part)
    {
        XElement? element = Array.Find(_members, each => (string?)each.Attribute("name") == member)?.Element(part);
        if (element is null) return null;
        return element.Element("para") is null ? Flat(element) : string.Join('\n', element.Elements("para").Select(Flat));
    }

    private static string Flat(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Text)), " ").Trim();

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => ((string?)see.Attribute("cref") ?? "").Split('.', ':')[^1],
        XElement element => element.Value,
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
