using System.ComponentModel.DataAnnotations;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies;

/// <summary>What can be set of a part: its public nested record <c>Options</c>, or nothing.</summary>
public sealed class OptionsRecord(Type owner)
{
    private readonly Type? _type = owner.GetNestedType("Options");
    private IReadOnlyList<StrategyParameter>? _parameters;

    /// <summary>What a constructor of the part takes of it: the record, or nothing.</summary>
    public Type[] ConstructorTypes => _type is null ? [] : [_type];

    /// <summary>In the order of the record.</summary>
    /// <exception cref="ArgumentException">A property is of a kind that no text can set.</exception>
    public IReadOnlyList<StrategyParameter> Parameters => _parameters ??= _type is null ? [] : StrategyParameter.ReadAll(_type);

    /// <summary>The record with the given texts by name, and its defaults for the rest; null where there is none.</summary>
    /// <param name="name">The part's, for messages.</param>
    /// <param name="services">Handed to the record's own validation.</param>
    /// <exception cref="ArgumentException">Lists everything that is wrong: unknown names, values that are not of their kind or out of range, values that contradict each other.</exception>
    public object? Read(string name, IEnumerable<KeyValuePair<string, string>> texts, IServiceProvider? services = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using CallMeter.Call call = CallMeter.Begin(CallMeter.DefaultRounds);
        List<string> faults = [];
        object? options = _type is null ? null : Activator.CreateInstance(_type);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string parameter, string text) in texts)
        {
            string? fault = seen.Add(parameter) ? Set(options, parameter, text) : $"parameter {parameter} is given twice; give it once";
            if (fault is not null) faults.Add(fault);
        }
        if (faults.Count == 0 && options is IValidatableObject validatable) faults.AddRange(validatable.Validate(new ValidationContext(options, services, null)).Select(result => result.ErrorMessage!.TrimEnd('.')));
        return faults.Count == 0 ? options : throw new ArgumentException($"{name}: {string.Join("; ", faults)}.");
    }

    private string? Set(object? options, string name, string text)
    {
        StrategyParameter? parameter = Parameters.FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (parameter is null) return Parameters.Count == 0 ? $"there is no parameter {name}: it has none" : $"there is no parameter {name}{NearestNames.Suggestion(name, Parameters.Select(known => known.Name))}; it has {string.Join(", ", Parameters.Select(known => known.Name))}";
        return parameter.Set(options!, text);
    }
}
