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
}
