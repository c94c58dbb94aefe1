using System.Xml.Linq;
using Tradewind.App.Terminal;
using Tradewind.Core.Model;
using Tradewind.Strategies;
using Tradewind.UserCode;

namespace Tradewind.App.Commands;

/// <summary>A strategy in a list, with what its author says of it.</summary>
/// <param name="Reference">What <c>--strategy</c> takes.</param>
/// <param name="File">Of one of the user's own; null for the library.</param>
internal sealed record ListedStrategy(StrategyDescription Description, DocumentedType Words, string Reference, string? File)
{
    public static ListedStrategy OfLibrary(StrategyDescription description) => new(description, DocumentedType.Of(description.Type), description.Name, null);

    /// <summary>All of a file.</summary>
    /// <exception cref="InputException">The file cannot be used.</exception>
    public static IReadOnlyList<ListedStrategy> OfFile(string path, Surroundings around, CancellationToken cancel)
    {
        string place = around.PathOf(path);
        if (path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)) return Of(StrategyFile.Open(place, cancel), path, []);
        StrategySource source = StrategySource.Read(place);
        StrategyFile file = StrategyFile.Compile(source, cancel);
        return Of(file, path, DocumentedType.Members(XDocument.Parse(StrategyCompiler.Document(source, cancel))));
    }

    /// <param name="name">Of the library, or <c>FILE.cs</c>, <c>FILE.cs:name</c>, <c>FILE.dll:Type</c>.</param>
    /// <exception cref="InputException">There is none of that name, or its file cannot be used.</exception>
    public static ListedStrategy Find(string name, Surroundings around)
    {
        StrategyReference reference = StrategyReference.Parse(name);
        if (reference.File is null) return OfLibrary(StrategyDrawer.FindInLibrary(name, around));
        IReadOnlyList<ListedStrategy> all = OfFile(reference.File, around, around.WatchForStop());
        if (reference.Name is null && all.Count == 1) return all[0];
        return all.FirstOrDefault(each => each.IsNamed(reference.Name))
            ?? throw new InputException($"{reference.File}: {(reference.Name is null ? $"found {all.Count} strategies" : $"there is no strategy \"{reference.Name}\" in it{NearestNames.Suggestion(reference.Name, all.Select(each => each.Description.Name))}")}; name one of {string.Join(", ", all.Select(each => each.Reference))}.");
    }

    private static IReadOnlyList<ListedStrategy> Of(StrategyFile file, string path, XElement[] words) =>
        [.. file.Strategies.Select(one => new ListedStrategy(one, new(one.Type, words), file.Strategies.Count == 1 ? path : $"{path}:{one.Name}", path))];

    private bool IsNamed(string? name) => Description.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || Description.Type.Name == name;
}
