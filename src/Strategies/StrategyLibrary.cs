using System.Reflection;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies;

/// <summary>Every strategy by its name: the built-in ones, and those of further assemblies.</summary>
public sealed class StrategyLibrary
{
    public static readonly StrategyLibrary BuiltIn = new();

    private readonly SortedDictionary<string, StrategyDescription> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="further">Assemblies with strategies of the user's own.</param>
    /// <exception cref="ArgumentException">Two strategies have one name, or a strategy cannot be described.</exception>
    public StrategyLibrary(params ReadOnlySpan<Assembly> further)
    {
        AddFrom(typeof(StrategyLibrary).Assembly);
        foreach (Assembly assembly in further) AddFrom(assembly);
    }

    /// <summary>All of them in the order of their names.</summary>
    public IReadOnlyCollection<StrategyDescription> All => _byName.Values;

    /// <exception cref="ArgumentException">There is none of that name; the message suggests near ones.</exception>
    public StrategyDescription Find(string name) => _byName.TryGetValue(name, out StrategyDescription? found) ? found : throw new ArgumentException(
        $"There is no strategy \"{name}\"{NearestNames.Suggestion(name, _byName.Keys)}; tradewind strategies list shows all.");

    private void AddFrom(Assembly assembly)
    {
        foreach (Type type in assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Strategy))))
        {
            var description = new StrategyDescription(type, this);
            if (!_byName.TryAdd(description.Name, description)) throw new ArgumentException($"Two strategies are named \"{description.Name}\"; the second is {type.FullName}. Give one another name in its [Strategy].");
        }
    }
}
