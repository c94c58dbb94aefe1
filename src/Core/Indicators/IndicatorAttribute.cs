namespace Tradewind.Core.Indicators;

/// <summary>Puts an indicator into the library under its short name; parameters and their ranges are read from its constructor.</summary>
/// <param name="name">The name in commands and columns: <c>sma</c>.</param>
/// <param name="source">Where the formula comes from, and how it differs from TA-Lib where it does.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class IndicatorAttribute(string name, string source) : Attribute
{
    public string Name { get; } = name;

    public string Source { get; } = source;

    /// <summary>Names of the outputs in the order of their columns; empty for a single output.</summary>
    public string[] Outputs { get; init; } = [];

    /// <summary>The output that <see cref="Indicator.Value"/> gives; the first where nothing is said.</summary>
    public string? Main { get; init; }

    /// <summary>What it reads where no source is given: a price by its name; the close where nothing is said. Only for indicators of one number.</summary>
    public string Reads { get; init; } = "close";

    /// <summary>True for an indicator that counts trades and not only bars.</summary>
    public bool ReadsTrades { get; init; }
}
