using Tradewind.Chaos.Faults;

namespace Tradewind.Chaos.Checks;

/// <summary>One fault of the catalogue: what it is, and what shows that the program stands it.</summary>
/// <param name="Code">F1 to F45.</param>
/// <param name="Name">A few words.</param>
/// <param name="Fault">Where worlds draw it; null where they cannot.</param>
/// <param name="Measured">What the worst figure is of; null where nothing is measured.</param>
/// <param name="Tests">Named tests that show it too, or alone: "Class.Method".</param>
/// <param name="Open">What is not shown, in words; null where nothing is open.</param>
public sealed record CatalogueEntry(string Code, string Name, Fault? Fault, string? Measured, IReadOnlyList<string> Tests, string? Open = null);
