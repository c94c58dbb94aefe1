namespace Tradewind.App.Configuration;

internal enum NodeKind
{
    Object,
    List,
    Text,
    Number,
    Flag,
    Null,
}

/// <summary>One value of the configuration with the place it came from.</summary>
/// <param name="path">Names from the root, with dots: <c>risk.maxPosition</c>, <c>strategies.0.name</c>.</param>
/// <param name="where">For sentences: <c>tradewind.json, line 12</c> or <c>environment variable TRADEWIND__RISK__MAXPOSITION</c>.</param>
/// <param name="text">The value as written; empty for objects and lists.</param>
internal sealed class ConfigurationNode(string path, string where, NodeKind kind, string text = "")
{
    public string Path => path;

    public string Where => where;

    public NodeKind Kind => kind;

    public string Text => text;

    /// <summary>Of an object; names do not care for case.</summary>
    public Dictionary<string, ConfigurationNode> Members { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of a list.</summary>
    public List<ConfigurationNode> Items { get; } = [];

    /// <summary>Its kind and value, for "found …".</summary>
    public string Found => kind switch
    {
        NodeKind.Object => "an object",
        NodeKind.List => "a list",
        NodeKind.Text => $"\"{text}\"",
        _ => text,
    };

    /// <summary>The node at a path of names (of numbers in lists) with dots, as far as the configuration has it: the nearest parent otherwise.</summary>
    public ConfigurationNode Nearest(string names)
    {
        ConfigurationNode node = this;
        foreach (string name in names.Split('.'))
        {
            ConfigurationNode? next = int.TryParse(name, out int index) ? node.Items.ElementAtOrDefault(index) : node.Members.GetValueOrDefault(name);
            if (next is null) return node;
            node = next;
        }
        return node;
    }

    public string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
