using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Tradewind.Core.Indicators;

/// <summary>One numeric parameter of an indicator.</summary>
/// <param name="Name">As in the constructor: <c>period</c>.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="Default">Value used when it is left out; null when it must be given.</param>
public sealed record IndicatorParameter(string Name, bool IsWhole, double Minimum, double Maximum, double? Default);

/// <summary>What the library knows of a kind of indicator, read from its attribute and its constructor.</summary>
public sealed class IndicatorDescription
{
    private static readonly ConcurrentDictionary<Type, IndicatorDescription> Known = new();

    private readonly Type _type;
    private readonly ConstructorInfo _constructor;

    private IndicatorDescription(Type type)
    {
        IndicatorAttribute attribute = type.GetCustomAttribute<IndicatorAttribute>()
            ?? throw new ArgumentException($"{type.Name} lacks [Indicator(name, source)]: the library cannot list it.");
        _type = type;
        _constructor = type.GetConstructors().Single();
        ParameterInfo[] parameters = _constructor.GetParameters();
        Name = attribute.Name;
        Source = attribute.Source;
        Outputs = attribute.Outputs;
        Parameters = [.. parameters.Where(parameter => parameter.ParameterType != typeof(Source)).Select(Describe)];
        TakesSource = parameters.Any(parameter => parameter.ParameterType == typeof(Source));
    }

    public string Name { get; }

    /// <summary>Where the formula comes from.</summary>
    public string Source { get; }

    /// <summary>Names of the outputs, the first being the main one; empty for a single output.</summary>
    public string[] Outputs { get; }

    public IReadOnlyList<IndicatorParameter> Parameters { get; }

    /// <summary>False for an indicator of whole bars.</summary>
    public bool TakesSource { get; }

    /// <summary>How it is written: <c>macd(fast,slow,signal)</c>.</summary>
    public string Signature => $"{Name}({string.Join(',', Parameters.Select(parameter => parameter.Name))})";

    public static IndicatorDescription Of(Type type) => Known.GetOrAdd(type, static key => new(key));

    /// <summary>A new indicator with these arguments; those left out at the end take their defaults.</summary>
    /// <exception cref="ArgumentException">Too many or too few arguments, or one outside its range.</exception>
    public Indicator Create(IReadOnlyList<double> arguments, Source? source = null)
    {
        if (arguments.Count > Parameters.Count) throw new ArgumentException($"{Name} takes {Parameters.Count} parameters ({Signature}), found {arguments.Count}.");
        double[] all = [.. Parameters.Select((parameter, i) => i < arguments.Count ? arguments[i]
            : parameter.Default ?? throw new ArgumentException($"{Name} needs its parameter {parameter.Name}: write {Signature}."))];
        Check(all);
        int next = 0;
        object?[] values = [.. _constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(Source)
            ? source
            : Convert.ChangeType(all[next++], parameter.ParameterType, CultureInfo.InvariantCulture))];
        try
        {
            return (Indicator)_constructor.Invoke(values);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is ArgumentException inner)
        {
            throw inner;
        }
    }

    internal void Check(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != Parameters.Count) throw new ArgumentException($"{_type.Name} passes {arguments.Length} arguments to its base where its constructor has {Parameters.Count} numbers.");
        for (int i = 0; i < arguments.Length; i++) Check(Parameters[i], arguments[i]);
    }

    internal string NameWith(ReadOnlySpan<double> arguments, Source? source)
    {
        string[] texts = new string[arguments.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = Text(arguments[i]);
        string name = texts.Length == 0 ? Name : $"{Name}({string.Join(',', texts)})";
        return source is null || ReferenceEquals(source, Indicators.Source.Close) ? name : $"{name} of {source.Name}";
    }

    private void Check(IndicatorParameter parameter, double value)
    {
        if (!(value >= parameter.Minimum && value <= parameter.Maximum)) throw new ArgumentOutOfRangeException(parameter.Name, $"{Name}: {parameter.Name} must be between {Text(parameter.Minimum)} and {Text(parameter.Maximum)}, found {Text(value)}.");
        if (parameter.IsWhole && value != Math.Truncate(value)) throw new ArgumentOutOfRangeException(parameter.Name, $"{Name}: {parameter.Name} must be a whole number, found {Text(value)}.");
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static IndicatorParameter Describe(ParameterInfo parameter)
    {
        RangeAttribute range = parameter.GetCustomAttribute<RangeAttribute>()
            ?? throw new ArgumentException($"Parameter {parameter.Name} of {parameter.Member.DeclaringType?.Name} lacks [Range(minimum, maximum)].");
        return new(parameter.Name!, parameter.ParameterType == typeof(int),
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
            parameter.HasDefaultValue ? Convert.ToDouble(parameter.DefaultValue, CultureInfo.InvariantCulture) : null);
    }
}
