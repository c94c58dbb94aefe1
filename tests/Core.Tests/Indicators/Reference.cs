using System.Globalization;
using System.Reflection;
using Tradewind.Core.Indicators;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Marks a plain implementation of an indicator, written from its definition over whole columns and without any code of the library.</summary>
/// <remarks>
/// Parameters: <c>double[] x</c> for an indicator of numbers, <c>double[] x, double[] y</c> for one of pairs, <see cref="BarTable"/> for one of bars;
/// then its numbers. Result: one column, or one for each output; NaN where it is not ready.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Largest difference to the indicator, relative to the larger of 1 and the value.</summary>
    public double Tolerance { get; init; } = 1e-9;
}

/// <summary>The reference implementation of one indicator.</summary>
internal sealed class Reference
{
    private static readonly Dictionary<string, Reference> All = typeof(Reference).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(method => (method, attribute: method.GetCustomAttribute<ReferenceAttribute>()))
        .Where(each => each.attribute is not null)
        .ToDictionary(each => each.attribute!.Name, each => new Reference(each.method, each.attribute!.Tolerance));

    private readonly MethodInfo _method;

    private Reference(MethodInfo method, double tolerance) => (_method, Tolerance) = (method, tolerance);

    public static IEnumerable<string> Names => All.Keys;

    public double Tolerance { get; }

    public static Reference? Of(string name) => All.GetValueOrDefault(name);

    public double[][] Compute(IndicatorDescription description, BarTable bars, double[] second, double[] arguments)
    {
        Queue<double> numbers = new(arguments);
        Queue<double[]> columns = new([bars.Column(Reader(description.Reads)), second]);
        object[] values = [.. _method.GetParameters().Select(parameter => parameter.ParameterType == typeof(BarTable) ? bars
            : parameter.ParameterType == typeof(double[]) ? columns.Dequeue()
            : Convert.ChangeType(numbers.Dequeue(), parameter.ParameterType, CultureInfo.InvariantCulture))];
        object result = _method.Invoke(null, values)!;
        return result as double[][] ?? [(double[])result];
    }

    private static Func<Core.Model.Bar, double> Reader(string price) => price switch
    {
        "close" => bar => bar.Close,
        "median" => bar => (bar.High + bar.Low) / 2,
        "typical" => bar => (bar.High + bar.Low + bar.Close) / 3,
        _ => throw new ArgumentException($"No reader for {price} yet."),
    };
}
