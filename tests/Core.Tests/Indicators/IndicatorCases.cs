using Tradewind.Core.Indicators;

namespace Tradewind.Core.Tests.Indicators;

/// <summary>Argument lists to try each indicator with.</summary>
internal static class IndicatorCases
{
    /// <summary>Arguments that the made-up series need to show something.</summary>
    private static readonly Dictionary<string, double[][]> Further = new()
    {
        ["crossLevel"] = [[4000], [4100], [100.5]],
        ["zigZag"] = [[0.5], [20]],
        ["psar"] = [[0.1, 0.1], [0.05, 1]],
    };

    public static TheoryData<string> Names => [.. IndicatorLibrary.BuiltIn.All.Select(each => each.Name)];

    /// <summary>Its defaults (14 where it has none), its smallest arguments, and larger odd ones; those that contradict each other are left out.</summary>
    public static IEnumerable<double[]> ArgumentsOf(IndicatorDescription description)
    {
        double[] usual = [.. description.Parameters.Select(Usual)];
        double[] least = [.. description.Parameters.Select(each => each.IsWhole ? each.Minimum : Usual(each))];
        double[] larger = [.. description.Parameters.Select(each => Math.Min(each.Maximum, each.IsWhole ? Math.Floor(Usual(each) * 1.6) + 3 : Usual(each) * 1.25))];
        // Where fast must stay below slow, the least of both contradict each other: one more for each place.
        double[] rising = [.. least.Select((value, i) => description.Parameters[i].IsWhole ? value + i : value)];
        IEnumerable<double[]> further = Further.GetValueOrDefault(description.Name, []);
        return new[] { usual, least, rising, larger }.Concat(further).Where(each => IsValid(description, each)).DistinctBy(each => string.Join(',', each));
    }

    public static double[] UsualOf(IndicatorDescription description) => ArgumentsOf(description).First();

    private static double Usual(IndicatorParameter parameter) => parameter.Default ?? Math.Max(14, parameter.Minimum);

    private static bool IsValid(IndicatorDescription description, double[] arguments)
    {
        try
        {
            description.Create(arguments);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
