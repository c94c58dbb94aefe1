using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Tradewind.Core.Market;

namespace Tradewind.Core.Indicators;

/// <summary>What an indicator reads.</summary>
public enum IndicatorInput
{
    /// <summary>One number a bar, from a <see cref="Source"/>.</summary>
    Number,

    /// <summary>Two numbers a bar, from two sources.</summary>
    Pair,

    /// <summary>Whole bars, the market's or those of a <see cref="BarSource"/>.</summary>
    Bar,
}

/// <summary>What the library knows of a kind of indicator, read from its attribute and its constructor.</summary>
public sealed class IndicatorDescription
{
    // Weak keys: the indicators of a strategy file that was unloaded must not be kept alive by their description.
    private static readonly ConditionalWeakTable<Type, IndicatorDescription> Known = [];

    private readonly Type _type;
    private readonly ConstructorInfo _constructor;

    private IndicatorDescription(Type type)
    {
        IndicatorAttribute attribute = type.GetCustomAttribute<IndicatorAttribute>()
            ?? throw new ArgumentException($"{type.Name} lacks [Indicator(name, source)]: the library cannot list it.");
        _type = type;
        _constructor = type.GetConstructors().Single();
        Name = attribute.Name;
        Source = attribute.Source;
        Outputs = attribute.Outputs;
        MainOutput = attribute.Main is null ? 0 : OutputOf(attribute.Main);
        Parameters = [.. _constructor.GetParameters().Where(parameter => IsNumber(parameter.ParameterType)).Select(IndicatorParameter.Of)];
        Input = InputOf(type);
        ReadsTrades = attribute.ReadsTrades;
        TakesCalendar = _constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(SessionCalendar));
        Reads = attribute.Reads;
        DefaultSource = Reads == Indicators.Source.Close.Name ? null : Indicators.Source.Named(Reads) ?? throw new ArgumentException($"{type.Name} reads \"{Reads}\", which is no price of a bar.");
    }

    public string Name { get; }

    /// <summary>Where the formula comes from.</summary>
    public string Source { get; }

    /// <summary>Names of the outputs in the order of their columns; empty for a single output.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>Place of the output that <see cref="Indicator.Value"/> gives.</summary>
    public int MainOutput { get; }

    public IReadOnlyList<IndicatorParameter> Parameters { get; }

    public IndicatorInput Input { get; }

    /// <summary>The price that an indicator of one number reads where no source is given.</summary>
    public string Reads { get; }

    /// <summary>True for an indicator that counts trades and not only bars.</summary>
    public bool ReadsTrades { get; }

    /// <summary>True for an indicator that is anchored to sessions.</summary>
    public bool TakesCalendar { get; }

    /// <summary>The source of that name; null for the close, which is read without one.</summary>
    internal Source? DefaultSource { get; }

    /// <summary>How it is written: <c>macd(fast,slow,signal)</c>.</summary>
    public string Signature => Parameters.Count == 0 ? Name : $"{Name}({string.Join(',', Parameters.Select(parameter => parameter.Name))})";

    public static IndicatorDescription Of(Type type) => Known.GetValue(type, static key => new(key));

    /// <summary>Place of a named output.</summary>
    /// <exception cref="ArgumentException">There is no output of that name.</exception>
    public int OutputOf(string name)
    {
        for (int i = 0; i < Outputs.Count; i++)
        {
            if (Outputs[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }
        throw new ArgumentException(Outputs.Count == 0 ? $"{Name} has a single output and none named \"{name}\"." : $"{Name} has no output \"{name}\": it has {string.Join(", ", Outputs)}.");
    }

    /// <summary>A new indicator with these arguments; those left out at the end take their defaults.</summary>
    /// <param name="source">What an indicator of numbers reads; null reads the close.</param>
    /// <param name="other">The second number of an indicator of two; null reads the volume.</param>
    /// <param name="bars">What an indicator of whole bars reads; null reads the market's.</param>
    /// <param name="calendar">The sessions of an indicator that is anchored to them; null means days of UTC.</param>
    /// <exception cref="ArgumentException">Too many or too few arguments, one outside its range, arguments that contradict each other, or a source that does not fit.</exception>
    public Indicator Create(IReadOnlyList<double> arguments, Source? source = null, Source? other = null, BarSource? bars = null, SessionCalendar? calendar = null)
    {
        if (arguments.Count > Parameters.Count) throw new ArgumentException($"{Name} takes {CountOfParameters()}, found {arguments.Count}.");
        double[] all = [.. Parameters.Select((parameter, i) => i < arguments.Count ? arguments[i]
            : parameter.Default ?? throw new ArgumentException($"{Name} needs its parameter {parameter.Name}: write {Signature}."))];
        Check(all);
        Queue<Source?> sources = new([source, other]);
        Queue<double> numbers = new(all);
        object?[] values = [.. _constructor.GetParameters().Select(parameter => parameter.ParameterType == typeof(BarSource) ? bars
            : parameter.ParameterType == typeof(SessionCalendar) ? calendar
            : parameter.ParameterType == typeof(Source) ? sources.Dequeue()
            : Convert.ChangeType(numbers.Dequeue(), parameter.ParameterType, CultureInfo.InvariantCulture))];
        try
        {
            return (Indicator)_constructor.Invoke(values);
        }
        catch (TargetInvocationException failure) when (failure.InnerException is ArgumentException inner)
        {
            throw inner;
        }
    }

    /// <summary>For constructors: refuses two arguments whose order makes no sense.</summary>
    /// <exception cref="ArgumentException"><paramref name="low"/> is not below <paramref name="high"/>.</exception>
    public void DemandBelow(string lowName, double low, string highName, double high)
    {
        if (low >= high) throw new ArgumentException($"{Name}: {lowName} must be below {highName}, found {IndicatorParameter.Text(low)} and {IndicatorParameter.Text(high)}.");
    }

    /// <summary>For constructors: refuses a first argument above the second.</summary>
    /// <exception cref="ArgumentException"><paramref name="low"/> is above <paramref name="high"/>.</exception>
    public void DemandAtMost(string lowName, double low, string highName, double high)
    {
        if (low > high) throw new ArgumentException($"{Name}: {lowName} must not be above {highName}, found {IndicatorParameter.Text(low)} and {IndicatorParameter.Text(high)}.");
    }

    internal void Check(ReadOnlySpan<double> arguments)
    {
        if (arguments.Length != Parameters.Count) throw new ArgumentException($"{_type.Name} passes {arguments.Length} arguments to its base where its constructor has {Parameters.Count} numbers.");
        List<string> faults = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (Parameters[i].FaultIn(arguments[i]) is string fault) faults.Add(fault);
        }
        if (faults.Count > 0) throw new ArgumentException($"{Name}: {string.Join("; ", faults)}.");
    }

    internal string NameWith(ReadOnlySpan<double> arguments, Source? source, Source? other, BarSource? bars, SessionCalendar? calendar)
    {
        string[] texts = new string[arguments.Length];
        for (int i = 0; i < texts.Length; i++) texts[i] = IndicatorParameter.Text(arguments[i]);
        string name = texts.Length == 0 ? Name : $"{Name}({string.Join(',', texts)})";
        if (calendar is not null) name += $" on {calendar.Name}";
        if (bars is not null) return $"{name} of {bars.Name}";
        string first = source?.Name ?? Reads, second = other?.Name ?? Indicators.Source.Volume.Name;
        if (Input == IndicatorInput.Pair && second != Indicators.Source.Volume.Name) return $"{name} of {first} and {second}";
        return first == Reads ? name : $"{name} of {first}";
    }

    private string CountOfParameters() => Parameters.Count switch
    {
        0 => "no parameters",
        1 => $"1 parameter ({Signature})",
        int count => $"{count} parameters ({Signature})",
    };

    private static bool IsNumber(Type type) => type == typeof(int) || type == typeof(double);

    private static IndicatorInput InputOf(Type type)
    {
        for (Type? each = type; each is not null; each = each.BaseType)
        {
            if (!each.IsGenericType || each.GetGenericTypeDefinition() != typeof(Indicator<,>)) continue;
            Type input = each.GetGenericArguments()[0];
            if (input == typeof(double)) return IndicatorInput.Number;
            if (input == typeof(Pair)) return IndicatorInput.Pair;
            if (input == typeof(Model.Bar)) return IndicatorInput.Bar;
        }
        throw new ArgumentException($"{type.Name} does not take double, Pair or Bar as its input.");
    }
}
