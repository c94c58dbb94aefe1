using System.Xml.Linq;

namespace Tradewind.Architecture.Tests;

/// <summary>A public type says what it is for, where a reader who does not know it meets it.</summary>
public sealed class DocumentationTests
{
    // What an indicator remembers is explained by the indicator, options by their properties, a class of extension methods by its methods.
    private static readonly string[] ExplainedElsewhere = [".State", ".Options", "Extensions"];

    [Theory]
    [InlineData("Tradewind.Core")]
    [InlineData("Tradewind.Strategies")]
    [InlineData("Tradewind.Simulation")]
    [InlineData("Tradewind.Live")]
    [InlineData("Tradewind.Storage")]
    public void EveryPublicTypeHasASummary(string assemblyName)
    {
        HashSet<string> documented =
        [
            .. XDocument.Load(Path.Combine(AppContext.BaseDirectory, assemblyName + ".xml")).Descendants("member")
                .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.ToString()))
                .Select(member => member.Attribute("name")!.Value),
        ];
        using Metadata assembly = Metadata.Of(assemblyName);

        IEnumerable<string> publicTypes = assembly.WrittenTypes().Where(type => type.IsPublic).Select(type => type.FullName);

        Faults.None("A public type has a <summary>:", publicTypes.Where(name => !documented.Contains("T:" + name) && !ExplainedElsewhere.Any(name.EndsWith)));
    }
}
