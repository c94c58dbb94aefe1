namespace Tradewind.Simulation.Statistics;

/// <summary>Figures of a series of daily returns and of two equities. A figure that does not exist is null, never 0, NaN or infinite.</summary>
public static class Ratios
{
    /// <summary>Trading days a year by which daily figures are annualised, also for markets that never close.</summary>
    public const double DaysPerYear = 252;

    private const double CalendarDaysPerYear = 365.25;

    /// <summary>Return of each day: its equity over the one before, less 1; the first day's over the starting equity. Null once an equity before a day was 0 or below.</summary>
    public static double[]? DailyReturns(double startingEquity, IReadOnlyList<DailyEquity> days)
    {
        ArgumentNullException.ThrowIfNull(days);
        double[] returns = new double[days.Count];
        double before = startingEquity;
        for (int i = 0; i < returns.Length; i++)
        {
            if (!(before > 0)) return null;
            returns[i] = days[i].Equity / before - 1;
            before = days[i].Equity;
        }
        return returns;
    }

    /// <summary>Mean over standard deviation (n − 1) of the daily returns, annualised; the risk-free rate is 0. Null below two days or where all are equal.</summary>
    public static double? Sharpe(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2) return null;
        double mean = Mean(returns);
        double squares = 0;
        foreach (double value in returns) squares += (value - mean) * (value - mean);
        return Finite(mean / Math.Sqrt(squares / (returns.Length - 1)) * Math.Sqrt(DaysPerYear));
    }

    /// <summary>Mean over the root mean square of the losing days, counted over all days, annualised; the target is 0. Null without a losing day.</summary>
    public static double? Sortino(ReadOnlySpan<double> returns)
    {
        if (returns.Length < 2) return null;
        double squares = 0;
        foreach (double value in returns) squares += value < 0 ? value * value : 0;
        return squares == 0 ? null : Finite(Mean(returns) / Math.Sqrt(squares / returns.Length) * Math.Sqrt(DaysPerYear));
    }

    /// <summary>Growth per year of 365.25 calendar days, compounded: 0.1 is 10 %. Null for no time, or where the money was lost. From a few days it says nothing about a year.</summary>
    public static double? Cagr(double startingEquity, double finalEquity, TimeSpan time)
    {
        double years = time.TotalDays / CalendarDaysPerYear;
        return years > 0 && startingEquity > 0 && finalEquity > 0 ? Finite(Math.Pow(finalEquity / startingEquity, 1 / years) - 1) : null;
    }

    /// <summary>The quotient, or null where it does not exist.</summary>
    public static double? Quotient(double? numerator, double denominator) => numerator is { } value && denominator != 0 ? Finite(value / denominator) : null;

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values) sum += value;
        return sum / values.Length;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
