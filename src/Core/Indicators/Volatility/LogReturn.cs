namespace Tradewind.Core.Indicators;

/// <summary>The logarithm of a quotient of prices.</summary>
internal static class LogReturn
{
    /// <summary>ln(to / from); 0 where one of them is not above 0 and no such return exists.</summary>
    public static double Of(double from, double to) => from > 0 && to > 0 ? Math.Log(to / from) : 0;
}
