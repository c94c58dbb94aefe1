using Tradewind.Core.Indicators;

namespace Tradewind.Core.Signals;

/// <summary>In what a distance is counted; the numbers are stored and never change.</summary>
public enum DistanceUnit : byte
{
    None = 0,
    Ticks = 1,

    /// <summary>Units of price.</summary>
    Points = 2,

    /// <summary>Percent of the price from which it is measured.</summary>
    Percent = 3,

    /// <summary>Times the value of an indicator that the strategy uses, such as the average true range.</summary>
    Indicator = 4,
}

/// <summary>A distance between two prices.</summary>
public readonly record struct Distance
{
    private Distance(DistanceUnit unit, double amount, Indicator? indicator = null)
    {
        Unit = unit;
        Amount = amount;
        Indicator = indicator;
    }

    public DistanceUnit Unit { get; }

    public double Amount { get; }

    /// <summary>Of <see cref="DistanceUnit.Indicator"/>; its first output counts.</summary>
    public Indicator? Indicator { get; }

    public static Distance Ticks(int ticks) => new(DistanceUnit.Ticks, ticks);

    public static Distance Points(double points) => new(DistanceUnit.Points, points);

    public static Distance Percent(double percent) => new(DistanceUnit.Percent, percent);

    /// <summary>Times the value that the indicator has when the distance is needed: it moves with it.</summary>
    /// <param name="indicator">One that the strategy got from <c>Use</c>, for example <c>Use(new Atr(14))</c>.</param>
    public static Distance Of(Indicator indicator, double times) => new(DistanceUnit.Indicator, times, indicator);
}
