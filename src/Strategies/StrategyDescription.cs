using System.Reflection;
using Tradewind.Core.Model;
using Tradewind.Core.Strategies;

namespace Tradewind.Strategies;

/// <summary>What the library knows of a strategy, read from its attribute and its nested <c>Options</c> record. Without an attribute the class gives the name.</summary>
public sealed class StrategyDescription
{
    private readonly ConstructorInfo _constructor;
    private readonly OptionsRecord _options;
    private readonly bool _needsSite;
    private readonly StrategyLibrary? _library;

    /// <param name="library">Where it finds other strategies by name; null for the built-in ones.</param>
    /// <exception cref="ArgumentException">No constructor takes its options.</exception>
    public StrategyDescription(Type type, StrategyLibrary? library = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        var attribute = type.GetCustomAttribute<StrategyAttribute>();
        Type = type;
        _library = library;
        Name = attribute?.Name ?? NameOf(type);
        Family = attribute?.Family ?? "Own";
        Version = attribute?.Version ?? "1.0.0";
        Priority = attribute?.Priority ?? 0;
        _options = new OptionsRecord(type);
        Type[] settings = _options.ConstructorTypes;
        ConstructorInfo? sited = type.GetConstructor([.. settings, typeof(StrategySite)]);
        _needsSite = sited is not null;
        _constructor = sited ?? type.GetConstructor(settings)
            ?? throw new ArgumentException($"{type.Name} needs a public constructor that takes {(settings.Length == 0 ? "nothing, or a public nested record Options" : "its Options")}, and a StrategySite where it wants one.");
    }

    public Type Type { get; }

    /// <summary>The name in commands: <c>moving-average-cross</c>.</summary>
    public string Name { get; }

    public string Family { get; }

    public string Version { get; }

    /// <summary>Strategies of a higher one are asked first; see <see cref="StrategyAttribute.Priority"/>.</summary>
    public int Priority { get; }

    /// <summary>In the order of the options record.</summary>
    public IReadOnlyList<StrategyParameter> Parameters => _options.Parameters;

    /// <summary>The settings that a strategy can be made of: the given texts by name, the defaults for the rest.</summary>
    /// <exception cref="ArgumentException">Lists everything that is wrong: unknown names, values that are not of their kind or out of range, values that contradict each other.</exception>
    public StrategySettings Configure(IEnumerable<KeyValuePair<string, string>> texts) => new(this, _options.Read(Name, texts, new LibraryAccess(Library)));

    internal Strategy Create(object? options, Instrument instrument)
    {
        object[] settings = options is null ? [] : [options];
        using CallMeter.Call call = CallMeter.Begin(CallMeter.DefaultRounds);
        try
        {
            return (Strategy)_constructor.Invoke(_needsSite ? [.. settings, new StrategySite(instrument, Library)] : settings);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is ArgumentException inner)
        {
            throw new ArgumentException($"{Name}: {inner.Message}", inner);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is { } inner)
        {
            throw new ArgumentException($"{Name} cannot be made: {StrategyFailure.Describe(inner)}.", inner);
        }
    }

    /// <summary>The class in small letters with dashes: MyCrossStrategy is <c>my-cross</c>.</summary>
    private static string NameOf(Type type)
    {
        string name = type.Name.EndsWith("Strategy", StringComparison.Ordinal) && type.Name.Length > "Strategy".Length ? type.Name[..^"Strategy".Length] : type.Name;
        return string.Concat(name.Select((letter, index) => char.IsUpper(letter) && index > 0 && !char.IsUpper(name[index - 1]) ? $"-{letter}" : $"{letter}")).ToLowerInvariant();
    }

    private StrategyLibrary Library => _library ?? StrategyLibrary.BuiltIn;
}

/// <summary>A strategy with its parameters decided; each <see cref="Create"/> makes a new one.</summary>
public sealed class StrategySettings
{
    private readonly object? _options;

    internal StrategySettings(StrategyDescription description, object? options)
    {
        Description = description;
        _options = options;
    }

    public StrategyDescription Description { get; }

    /// <summary>Every parameter with its value, defaults included: whole number, number, decimal, true or false, or text.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Values => Description.Parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Read(_options!)));

    /// <param name="instrument">What it will trade.</param>
    /// <exception cref="ArgumentException">The strategy refuses its options.</exception>
    public Strategy Create(Instrument instrument)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        return Description.Create(_options, instrument);
    }
}

/// <summary>Hands the library to options that name other strategies, while they are validated.</summary>
internal sealed class LibraryAccess(StrategyLibrary library) : IServiceProvider
{
    public object? GetService(Type serviceType) => serviceType == typeof(StrategyLibrary) ? library : null;
}
