namespace Tradewind.Core.Model;

/// <summary>Open, high, low, close and volume over [<see cref="Start"/>, <see cref="End"/>). Strategies see it at <see cref="End"/>, never earlier.</summary>
/// <param name="Start">The first instant that the bar covers.</param>
/// <param name="End">The first instant that it no longer covers.</param>
/// <param name="Open">Price of the first trade, in the instrument's quotation.</param>
/// <param name="High">Highest traded price.</param>
/// <param name="Low">Lowest traded price.</param>
/// <param name="Close">Price of the last trade.</param>
/// <param name="Volume">Units traded (contracts, shares, coins); 0 where the source has none.</param>
public readonly record struct Bar(Timestamp Start, Timestamp End, double Open, double High, double Low, double Close, double Volume);
