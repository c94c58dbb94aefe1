using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Tradewind.Strategies;

/// <summary>One setting of a strategy: a property of its options record.</summary>
public sealed class StrategyParameter
{
    private readonly PropertyInfo _property;
    private readonly RangeAttribute? _range;

    private StrategyParameter(PropertyInfo property, object defaults)
    {
        _property = property;
        _range = property.GetCustomAttribute<RangeAttribute>();
        Default = Read(defaults);
    }

    public string Name => _property.Name;

    /// <summary>whole number, number, yes or no, one of a list, or text.</summary>
    public string Kind => KindOf(_property.PropertyType);

    /// <summary>Smallest value allowed; null where any is.</summary>
    public object? Minimum => _range?.Minimum;

    public object? Maximum => _range?.Maximum;

    public object? Default { get; }

    /// <summary>The values allowed where they are a list; empty otherwise.</summary>
    public IReadOnlyList<string> Choices => _property.PropertyType.IsEnum ? Enum.GetNames(_property.PropertyType) : [];

    /// <exception cref="ArgumentException">A property is of a kind that no text can set.</exception>
    internal static IReadOnlyList<StrategyParameter> ReadAll(Type options)
    {
        object defaults = Activator.CreateInstance(options)!;
        return [.. options.GetProperties().Where(property => property.CanWrite).Select(property => KindOf(property.PropertyType).Length > 0
            ? new StrategyParameter(property, defaults)
            : throw new ArgumentException($"{options.DeclaringType!.Name}.Options.{property.Name} is a {property.PropertyType.Name}; a parameter is a number, a bool, an enum or a string."))];
    }

    internal object? Read(object options) => _property.GetValue(options) is { } value ? value is Enum choice ? choice.ToString() : value : null;

    /// <summary>Sets the property from text; the fault, or null when there is none.</summary>
    internal string? Set(object options, string text)
    {
        if (!TryParse(text, out object? value)) return $"{Name} must be {Expected()}, found \"{text}\"";
        if (_range is not null && !_range.IsValid(value)) return $"{Name} must be {Expected()}, found {text}";
        _property.SetValue(options, value);
        return null;
    }

    private string Expected()
    {
        if (Choices.Count > 0) return $"one of {string.Join(", ", Choices)}";
        string kind = Kind == "yes or no" ? "true or false" : $"a {Kind}";
        return _range is null ? kind : string.Create(CultureInfo.InvariantCulture, $"{kind} between {_range.Minimum} and {_range.Maximum}");
    }

    private bool TryParse(string text, out object? value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        Type type = _property.PropertyType;
        value = null;
        if (type == typeof(string)) value = text;
        else if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, culture, out int whole)) value = whole;
        else if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, culture, out double number) && double.IsFinite(number)) value = number;
        else if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, culture, out decimal amount)) value = amount;
        else if (type == typeof(bool) && bool.TryParse(text, out bool flag)) value = flag;
        else if (type.IsEnum && Choices.FirstOrDefault(choice => choice.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name) value = Enum.Parse(type, name);
        return value is not null;
    }

    private static string KindOf(Type type)
    {
        if (type == typeof(int)) return "whole number";
        if (type == typeof(double) || type == typeof(decimal)) return "number";
        if (type == typeof(bool)) return "yes or no";
        if (type.IsEnum) return "one of a list";
        return type == typeof(string) ? "text" : "";
    }
}
