namespace Tradewind.Core.Strategies;

/// <summary>Puts a strategy into the library under its name.</summary>
/// <param name="name">The name in commands: <c>moving-average-cross</c>.</param>
/// <param name="family">Momentum, Trend, Volatility, Composite, …</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StrategyAttribute(string name, string family) : Attribute
{
    public string Name { get; } = name;

    public string Family { get; } = family;

    public string Version { get; init; } = "1.0.0";

    /// <summary>Of two strategies on one series, the one with the higher priority is asked first and served first; equal ones in the order in which they joined.</summary>
    public int Priority { get; init; }

    /// <summary>A call takes long (a hundred microseconds and more): where the engine has workers, two such strategies on a series are asked side by side.</summary>
    public bool IsHeavy { get; init; }
}
