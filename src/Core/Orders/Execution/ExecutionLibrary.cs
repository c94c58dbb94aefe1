using System.Reflection;
using Tradewind.Core.Engine;

namespace Tradewind.Core.Orders.Execution;

/// <summary>All algorithms, found by themselves, and how one is written to and read from a snapshot.</summary>
internal static class ExecutionLibrary
{
    private static readonly Type[] Types = [.. typeof(ExecutionLibrary).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(ExecutionAlgorithm))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    private static readonly Dictionary<string, Type> ByName = Types.ToDictionary(type => Create(type, default).Name);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <exception cref="SnapshotException">There is none of that name.</exception>
    public static ExecutionAlgorithm Create(string name, ExecutionTerms terms) =>
        ByName.TryGetValue(name, out Type? type) ? Create(type, terms) : throw new SnapshotException($"The snapshot names the execution \"{name}\", which is not here.");

    public static ExecutionAlgorithm? Sync(Snapshot stream, ExecutionAlgorithm? algorithm)
    {
        string? name = algorithm?.Name;
        stream.Sync(ref name);
        if (name is null) return null;
        ExecutionTerms terms = algorithm?.Terms ?? default;
        stream.Sync(ref terms);
        return stream.IsReading ? Create(name, terms) : algorithm;
    }

    private static ExecutionAlgorithm Create(Type type, ExecutionTerms terms) =>
        (ExecutionAlgorithm)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.NonPublic, null, [terms], null)!;
}
