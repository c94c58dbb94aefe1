using System.Xml.Linq;

namespace Tradewind.Architecture.Tests;

/// <summary>A public type says what it is for, where a reader who does not know it meets it.</summary>
public sealed class DocumentationTests
{
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

        Faults.None("A public type has a <summary>:", assembly.WrittenTypes().Where(type => type.IsPublic).Select(type => type.FullName).Where(name => !documented.Contains("T:" + name)));
    }
}
