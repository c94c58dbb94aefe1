using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Tradewind.Core.Indicators;

/// <summary>One numeric parameter of an indicator.</summary>
/// <param name="Name">As in the constructor: <c>period</c>.</param>
/// <param name="Minimum">Smallest value allowed.</param>
/// <param name="Maximum">Largest value allowed.</param>
/// <param name="Default">Value used when it is left out; null when it must be given.</param>
public sealed record IndicatorParameter(string Name, bool IsWhole, double Minimum, double Maximum, double? Default)
{
    /// <summary>What is wrong with a value for it; null when nothing is.</summary>
    public string? FaultIn(double value)
    {
        if (!(value >= Minimum && value <= Maximum)) return $"{Name} must be between {Text(Minimum)} and {Text(Maximum)}, found {Text(value)}";
        return IsWhole && value != Math.Truncate(value) ? $"{Name} must be a whole number, found {Text(value)}" : null;
    }

    internal static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    internal static IndicatorParameter Of(ParameterInfo parameter)
    {
        RangeAttribute range = parameter.GetCustomAttribute<RangeAttribute>()
            ?? throw new ArgumentException($"Parameter {parameter.Name} of {parameter.Member.DeclaringType?.Name} lacks [Range(minimum, maximum)].");
        return new(parameter.Name!, parameter.ParameterType == typeof(int),
            Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture), Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture),
            parameter.HasDefaultValue ? Convert.ToDouble(parameter.DefaultValue, CultureInfo.InvariantCulture) : null);
    }
}
