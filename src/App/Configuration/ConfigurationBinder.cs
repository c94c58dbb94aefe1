using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Tradewind.Core.Model;

namespace Tradewind.App.Configuration;

/// <summary>Fills options records from nodes by the names of their properties and collects what is wrong.</summary>
internal sealed class ConfigurationBinder(List<string> faults)
{
    /// <summary>The record with what the configuration says, its defaults for the rest. Members that are none of its properties are left to <see cref="RefuseUnknown"/>.</summary>
    public object Bind(Type type, ConfigurationNode node)
    {
        object record = Activator.CreateInstance(type)!;
        foreach (PropertyInfo property in Settable(type))
        {
            if (!node.Members.TryGetValue(property.Name, out ConfigurationNode? member) || member.Kind == NodeKind.Null) continue;
            object? value = Read(property.PropertyType, member, node.PathOf(JsonName(property.Name)), property.GetCustomAttribute<RangeAttribute>());
            if (value is not null) property.SetValue(record, value);
        }
        return record;
    }

    /// <summary>A fault for each member that no property of the types has.</summary>
    public void RefuseUnknown(ConfigurationNode node, params ReadOnlySpan<Type> types)
    {
        List<string> known = [];
        foreach (Type type in types) known.AddRange(Settable(type).Select(property => JsonName(property.Name)));
        foreach ((string name, ConfigurationNode member) in node.Members)
        {
            if (known.Contains(name, StringComparer.OrdinalIgnoreCase)) continue;
            faults.Add($"{member.Where}: there is no setting {member.Path}{NearestNames.Suggestion(name, known)}; {(node.Path.Length == 0 ? "known" : $"{node.Path} has")}: {string.Join(", ", known)}.");
        }
    }

    /// <param name="path">As the setting is spelled here, whatever the case in which it was given.</param>
    private object? Read(Type type, ConfigurationNode node, string path, RangeAttribute? range)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ElementOf(plain, typeof(IReadOnlyList<>)) is { } element) return ReadList(element, node);
        if (plain == typeof(IReadOnlyDictionary<string, string>)) return ReadPairs(node);
        if (plain.IsClass && plain != typeof(string) && plain != typeof(Uri)) return ReadRecord(plain, node);
        object? value = node.Kind is NodeKind.Object or NodeKind.List or NodeKind.Null ? null : Parse(plain, node.Text);
        if (value is not null && (range is null || range.IsValid(value))) return value;
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"{node.Where}: {path}: found {node.Found}, expected {Expected(plain)}{(range is null ? "" : $" from {range.Minimum} to {range.Maximum}")}."));
        return null;
    }

    private object? ReadRecord(Type type, ConfigurationNode node)
    {
        if (node.Kind != NodeKind.Object) return Refuse(node, "an object of settings");
        RefuseUnknown(node, type);
        return Bind(type, node);
    }

    /// <summary>A list, or from the environment its entries between commas.</summary>
    private Array? ReadList(Type element, ConfigurationNode node)
    {
        IEnumerable<ConfigurationNode> items = node.Items;
        if (node.Kind == NodeKind.Text) items = node.Text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((text, i) => new ConfigurationNode($"{node.Path}.{i}", node.Where, NodeKind.Text, text));
        else if (node.Kind != NodeKind.List) return (Array?)Refuse(node, "a list");
        object[] values = [.. items.Select(item => Read(element, item, item.Path, null)).OfType<object>()];
        var list = Array.CreateInstance(element, values.Length);
        values.CopyTo(list, 0);
        return list;
    }

    private Dictionary<string, string>? ReadPairs(ConfigurationNode node)
    {
        if (node.Kind != NodeKind.Object) return (Dictionary<string, string>?)Refuse(node, "an object of names and values");
        foreach (ConfigurationNode member in node.Members.Values.Where(each => each.Kind is NodeKind.Object or NodeKind.List or NodeKind.Null)) Refuse(member, "a number, text, true or false");
        return node.Members.ToDictionary(each => each.Key, each => each.Value.Text);
    }

    private object? Refuse(ConfigurationNode node, string expected)
    {
        faults.Add($"{node.Where}: {node.Path}: found {node.Found}, expected {expected}.");
        return null;
    }

    private static object? Parse(Type type, string text)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (type == typeof(string)) return text;
        if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int whole)) return whole;
        if (type == typeof(ulong) && ulong.TryParse(text, NumberStyles.None, culture, out ulong natural)) return natural;
        if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, culture, out double number) && double.IsFinite(number)) return number;
        if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, culture, out decimal amount)) return amount;
        if (type == typeof(bool) && bool.TryParse(text, out bool flag)) return flag;
        if (type == typeof(Uri) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)) return address;
        return null;
    }

    private static string Expected(Type type)
    {
        if (type == typeof(int) || type == typeof(ulong)) return "a whole number";
        if (type == typeof(bool)) return "true or false";
        if (type == typeof(Uri)) return "an address like http://127.0.0.1:5055";
        return type == typeof(string) ? "text" : "a number";
    }

    private static IEnumerable<PropertyInfo> Settable(Type type) => type.GetProperties().Where(property => property.CanWrite);

    private static Type? ElementOf(Type type, Type list) => type.IsGenericType && type.GetGenericTypeDefinition() == list ? type.GetGenericArguments()[0] : null;

    private static string JsonName(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
