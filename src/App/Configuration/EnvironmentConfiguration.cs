using Tradewind.Core.Model;

namespace Tradewind.App.Configuration;

/// <summary>Variables named <c>TRADEWIND__SECTION__KEY</c>, which override the file. A number names an entry of a list.</summary>
internal static class EnvironmentConfiguration
{
    private const string Prefix = "TRADEWIND__";

    /// <exception cref="InputException">A variable goes on where the configuration has a plain value, or leaves out an entry of a list.</exception>
    public static void Lay(IReadOnlyDictionary<string, string> variables, ConfigurationNode root)
    {
        foreach ((string name, string value) in variables.Where(each => each.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)).OrderBy(each => each.Key, StringComparer.Ordinal))
        {
            Set(root, name[Prefix.Length..].Split("__"), $"environment variable {name}", value);
        }
    }

    private static void Set(ConfigurationNode node, ReadOnlySpan<string> names, string where, string value)
    {
        string name = names[0];
        if (name.Length == 0) throw new InputException($"{where}: the name ends in the middle; write it like {Prefix}RISK__MAXPOSITION.");
        if (node.Kind is not (NodeKind.Object or NodeKind.List)) throw new InputException($"{where}: {node.Path} is {node.Found} ({node.Where}) and has no parts; remove the variable, or shorten its name.");
        ConfigurationNode child = Child(node, name, where, names.Length == 1 ? value : null);
        if (names.Length > 1) Set(child, names[1..], where, value);
    }

    /// <param name="value">Null for a part on the way, which is kept where it is there already.</param>
    private static ConfigurationNode Child(ConfigurationNode node, string name, string where, string? value)
    {
        string spelling = node.Members.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name.ToLowerInvariant();
        var made = new ConfigurationNode(node.PathOf(spelling), where, value is null ? NodeKind.Object : NodeKind.Text, value ?? "");
        if (node.Kind == NodeKind.Object)
        {
            if (value is null && node.Members.TryGetValue(name, out ConfigurationNode? member)) return member;
            return node.Members[spelling] = made;
        }
        if (!int.TryParse(name, out int index) || index < 0 || index > node.Items.Count) throw new InputException($"{where}: {node.Path} is a list of {node.Items.Count}; name an entry from 0 to {node.Items.Count}.");
        if (index == node.Items.Count) node.Items.Add(made);
        else if (value is not null) node.Items[index] = made;
        return node.Items[index];
    }
}
