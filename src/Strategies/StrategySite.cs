using Tradewind.Core.Model;

namespace Tradewind.Strategies;

/// <summary>Where a strategy is put. One that needs more than its options takes this as the second argument of its constructor.</summary>
/// <param name="Instrument">What it will trade: its calendar, its tick size.</param>
/// <param name="Library">Where it finds other strategies by name.</param>
public sealed record StrategySite(Instrument Instrument, StrategyLibrary Library);
